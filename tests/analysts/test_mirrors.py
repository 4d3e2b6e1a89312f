"""Two addresses of the association that disagree: an old number is not news, however freshly it is served."""

from __future__ import annotations

from zmpwatch.model import Authority, ChangeKind, CountState

from .chronicle import ASSOCIATION, KEY, Chronicle, counted

COUNTER = Authority.COUNTER


def stale_mirror(chronicle: Chronicle, day: str, value: int) -> list[str]:
    """The counter of a second address, read as often as it takes to believe it."""
    told = []
    for minute in (0, 15, 30):
        told += chronicle.visit(f"{day} 12:{minute:02}", ASSOCIATION, counted(value), path="en", authority=COUNTER)
    return [str(change.kind) for change in told]


def believed(chronicle: Chronicle) -> tuple[int | None, CountState]:
    belief = chronicle.store.count_belief(KEY)
    assert belief is not None
    return belief.members, belief.state


def test_an_old_copy_that_is_served_again_and_again_is_no_change_back(chronicle: Chronicle) -> None:
    chronicle.confirmed("2025-02-20", 373)
    chronicle.confirmed("2025-03-06", 381)
    chronicle.visit("2025-03-07 11:00", ASSOCIATION, counted(381))  # the true page is as it was
    assert stale_mirror(chronicle, "2025-03-07", 373) == ["count_unconfirmed"]
    assert believed(chronicle) == (381, CountState.FLAPPING)
    chronicle.visit("2025-03-08 11:00", ASSOCIATION, counted(381))
    assert stale_mirror(chronicle, "2025-03-08", 373) == []
    assert believed(chronicle)[0] == 381


def test_a_number_that_truly_comes_back_is_told(chronicle: Chronicle) -> None:
    chronicle.confirmed("2025-02-20", 373)
    chronicle.confirmed("2025-03-06", 381)
    chronicle.visit("2025-03-07 11:00", ASSOCIATION, counted(381), path="en", authority=COUNTER)
    told = chronicle.confirmed("2025-03-20", 373)
    assert [change.kind for change in told] == [ChangeKind.COUNT_CHANGED]
    assert believed(chronicle)[0] == 373


def test_a_new_number_beside_an_old_copy_is_told(chronicle: Chronicle) -> None:
    chronicle.confirmed("2025-02-20", 373)
    chronicle.visit("2025-03-06 07:00", ASSOCIATION, counted(373), path="en", authority=COUNTER)
    assert [change.kind for change in chronicle.confirmed("2025-03-06", 381)] == [ChangeKind.COUNT_CHANGED]

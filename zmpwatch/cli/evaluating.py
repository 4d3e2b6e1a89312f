"""The figures of `eval` for people, and its misses for those who write rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import typer

from zmpwatch.cli.escaping import visible
from zmpwatch.cli.explaining import votes_in_words
from zmpwatch.model import Votes

if TYPE_CHECKING:
    from zmpwatch.service.corpus import CountFact, EventFact
    from zmpwatch.service.evaluating import Assessment, Figures, Share, Tally

__all__ = ["echo_figures", "echo_misses", "misses_as_json"]


def echo_figures(assessments: Sequence[Assessment], *, part: str | None = None) -> None:
    """Print the figures; of a whole corpus also those of the third held out beside the rest."""
    from zmpwatch.service.corpus import held_out
    from zmpwatch.service.evaluating import figures_of

    figures = figures_of(assessments)
    noun = "document" if figures.documents == 1 else "documents"
    typer.echo(f"{figures.documents} {noun}{f', {part}' if part else ''}; {figures.perfect} without any error")
    typer.echo(f"\n{'':26}{'precision':>9}{'recall':>8}{'F1':>8}{'right':>8}{'missed':>8}{'invented':>10}")
    for name, tally in (("relevant", figures.relevant), ("counts", figures.counts)):
        _echo_tally(name, tally)
    for name, tally in figures.by_qualifier.items():
        _echo_tally(f"  {name}", tally)
    _echo_tally("events", figures.events)
    for name, tally in figures.by_step.items():
        _echo_tally(f"  {name}", tally)
    typer.echo()
    for name, share in figures.details.items():
        ratio = f"{share.ratio:.3f}" if share.of else "–"
        typer.echo(f"{name:26}{ratio:>9}   {share.right} of {share.of}")
    aside = [one for one in assessments if held_out(one.document.name)]
    if part is None and aside and len(aside) < len(assessments):
        rest = [one for one in assessments if not held_out(one.document.name)]
        typer.echo()
        typer.echo(_summary("the third held out", figures_of(aside)))
        typer.echo(_summary("the other two thirds", figures_of(rest)))


def _echo_tally(name: str, tally: Tally) -> None:
    typer.echo(
        f"{name:26}{tally.precision:>9.3f}{tally.recall:>8.3f}{tally.f1:>8.3f}"
        f"{tally.right:>8}{tally.missed:>8}{tally.spurious:>10}"
    )


def _summary(name: str, figures: Figures) -> str:
    dates: Share = figures.details["date"]
    return (
        f"{name:22} relevance F1 {figures.relevant.f1:.3f}, counts F1 {figures.counts.f1:.3f}, "
        f"events F1 {figures.events.f1:.3f}, dates {dates.ratio:.3f}, "
        f"{figures.perfect} of {figures.documents} documents without any error"
    )


def echo_misses(assessments: Sequence[Assessment]) -> None:
    """Print, document by document, what was missed, what was invented, and which details were read wrong."""
    for one in assessments:
        if not one.misses and not one.wrong_details:
            continue
        typer.echo(visible(f"{one.document.path}:"))
        for miss in one.misses:
            typer.echo(f"    {'invented' if miss.spurious else 'missed':9} {_fact(miss.fact)}")
            if miss.fact.evidence:
                typer.echo(f"              “{visible(' '.join(miss.fact.evidence.split()))}”")
            for statement in miss.statements:
                typer.echo(
                    f"              rule {statement.rule} · confidence {statement.confidence:.2f} · "
                    f"characters {statement.start}–{statement.end}"
                )
        for detail in one.wrong_details:
            found = " or ".join(_value(value) for value in dict.fromkeys(detail.found))
            expected = _value(getattr(detail.fact, detail.name))
            typer.echo(f"    {'wrong':9} {_fact(detail.fact)}: {detail.name} {found}, not {expected}")
        typer.echo()


def misses_as_json(assessments: Sequence[Assessment]) -> list[dict[str, Any]]:
    """The same as JSON objects, with the keys of `extract --json` for facts."""
    told: list[dict[str, Any]] = []
    for one in assessments:
        for miss in one.misses:
            rules = sorted({statement.rule for statement in miss.statements})
            told.append(
                {
                    "document": one.document.path,
                    "error": "spurious" if miss.spurious else "missed",
                    **_fact_as_json(miss.fact),
                    **({"rules": rules} if miss.spurious else {}),
                }
            )
        told.extend(
            {
                "document": one.document.path,
                "error": f"wrong {detail.name}",
                **_fact_as_json(detail.fact),
                "found": [value.as_json() if isinstance(value, Votes) else value for value in detail.found],
            }
            for detail in one.wrong_details
        )
    return told


def _fact(fact: CountFact | EventFact) -> str:
    from zmpwatch.service.corpus import CountFact

    if isinstance(fact, CountFact):
        return f"count {fact.value} {fact.qualifier}"
    return f"{visible(fact.municipality)} {fact.kind} {fact.stage}"


def _fact_as_json(fact: CountFact | EventFact) -> dict[str, Any]:
    from zmpwatch.service.corpus import CountFact

    if isinstance(fact, CountFact):
        return {
            "fact": "count",
            "value": fact.value,
            "qualifier": fact.qualifier.value,
            "as_of": fact.as_of,
            "evidence": fact.evidence,
        }
    return {
        "fact": "event",
        "municipality": fact.municipality,
        "kind": fact.kind.value,
        "stage": fact.stage.value,
        "date": fact.date,
        "resolution": fact.resolution,
        "votes": fact.votes.as_json() if fact.votes else None,
        "evidence": fact.evidence,
    }


def _value(value: Any) -> str:
    if value is None:
        return "unknown"
    return votes_in_words(value).removeprefix("votes ") if isinstance(value, Votes) else visible(str(value))

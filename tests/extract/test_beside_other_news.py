"""News of another town above or below a short text changes nothing of what that states, but in few cases.

Some texts of the banks say "gmina" or "nasze miasto" of a town that they do not name: below other news these speak of
the town named there. So a share of the texts may differ; it only falls.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.extract.test_sentences import one_in
from zmpwatch.extract import extract
from zmpwatch.model import MembershipStatement, Text
from zmpwatch.service.extracting import context_of, default_association

LEFT = "Konin wystąpił ze Związku Miast Polskich w 2011 roku."
JOINED = "Zarząd Związku Miast Polskich przyjął 12 marca 2019 r. Konin w poczet członków."
BELONGS = "Związek Miast Polskich zrzesza 352 miasta. Konin należy do niego od 1993 roku."


def facts(content: str, item: dict[str, Any]) -> set[tuple[object, ...]]:
    """What a text states, without where and by which rule."""
    context = context_of(default_association(), url=item.get("url"), published=item.get("published"))
    return {
        (s.municipality, s.kind, s.stage, s.date) if isinstance(s, MembershipStatement) else (s.value, s.qualifier)
        for s in extract(Text(content), context)
    }


@pytest.mark.parametrize(
    ("form", "most"),
    [
        pytest.param(f"{LEFT}\n\n{{}}", 0.06, id="below a leaving"),
        pytest.param(f"{JOINED}\n\n{{}}", 0.085, id="below an admission"),
        pytest.param(f"{BELONGS}\n\n{{}}", 0.06, id="below a membership"),
        pytest.param(f"{{}}\n\n{LEFT}", 0.025, id="above a leaving"),
    ],
)
def test_other_news_on_the_page_change_nothing(form: str, most: float) -> None:
    sample = [p.values[0] for p in one_in(20, 1) if "Konin" not in p.values[0]["text"]]
    others = facts(form.format(""), {})
    disturbed = [
        item["text"] for item in sample if facts(form.format(item["text"]), item) != facts(item["text"], item) | others
    ]
    assert len(disturbed) <= most * len(sample), "\n\n".join(disturbed)

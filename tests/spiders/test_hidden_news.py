"""News that no word in a link speaks of: found, read and told right within the budget of a first visit."""

from __future__ import annotations

import pytest
from crawl.web import Keeper, Web, plan, settings, visit
from portals import answering
from portals.hidden import HIDDEN

from zmpwatch.crawl import PageOutcome
from zmpwatch.model import MembershipStatement, Page, Stage
from zmpwatch.register import load_association, load_register
from zmpwatch.service.pagereading import PageReading, read_page_again

BUDGET = 60
TERYT = "2001011"  # Augustów


@pytest.mark.parametrize("name", sorted(HIDDEN))
def test_it_is_found_and_read(name: str) -> None:
    family, build = HIDDEN[name]
    association, town = load_association("zmp"), load_register().get(TERYT)
    stated: dict[str, list[Stage]] = {}
    with Web({}) as web:
        portal = build(f"http://{web.netloc}")
        web.fallback = answering(portal)
        one = plan(web.url(), name=name, family=family)

        def read(page: Page) -> PageOutcome:
            reading = read_page_again(one.site, page, association, town, None)
            if not isinstance(reading, PageReading):
                return PageOutcome()
            steps = [s for s in reading.statements if isinstance(s, MembershipStatement) and s.teryt == TERYT]
            if steps:
                stated[page.requested.partition(web.netloc)[2]] = [step.stage for step in steps]
            return PageOutcome(relevant=bool(steps), statements=len(steps), links=reading.found)

        sink = visit(one, Keeper(outcome=read), settings(web.netloc, requests_per_visit=BUDGET))
    assert len(portal) >= 40
    assert [trap for trap in sink.report.traps if portal.wanted[0].startswith(trap.url)] == []
    expected = Stage.MEMBER if name == "bodies_of_town" else Stage.RESOLVED
    assert stated == {portal.wanted[0]: [expected]}
    assert sink.report.failures == []

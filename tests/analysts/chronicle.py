"""A history made of a few words: sites are visited when the test says so, and what they say is judged as in a crawl."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import yaml

from zmpwatch.config import Config, load_config
from zmpwatch.model import (
    Authority,
    Change,
    CountStatement,
    EventKind,
    MembershipStatement,
    Page,
    Purpose,
    Qualifier,
    Stage,
    Statement,
    Text,
    Verdict,
    Visit,
    Votes,
)
from zmpwatch.register import load_register
from zmpwatch.service.judging import judge_cases_in, judge_visit_in
from zmpwatch.service.wiring import judge_of
from zmpwatch.store import Store

ASSOCIATION, TOWN, OTHER = "miasta.pl", "hajnowka.pl", "gazeta.pl"
KEY = "zmp"


def counted(value: int, *, as_of: str | None = None, qualifier: str = "exact") -> CountStatement:
    quote = f"Związek liczy {value} miast"
    return CountStatement(
        value=value, qualifier=Qualifier(qualifier), as_of=as_of, quote=quote, start=0, end=len(quote), rule="test"
    )


def step(
    stage: str, date: str | None = None, *, teryt: str = "2005011", kind: str = "accession"
) -> MembershipStatement:
    town = load_register().by_teryt(teryt)
    quote = f"{town.name}: {kind} {stage} {date or 'bez daty'}"
    return MembershipStatement(
        municipality=town.name,
        teryt=teryt,
        kind=EventKind(kind),
        stage=Stage(stage),
        date=date,
        resolution="XI/59/25" if stage == "resolved" else None,
        votes=Votes(14, 0, 1) if stage == "resolved" else None,
        quote=quote,
        start=0,
        end=len(quote),
        rule="test",
    )


@dataclass
class Chronicle:
    """A store, the configuration it belongs to, and what was told so far."""

    config: Config
    store: Store
    told: list[Change] = field(default_factory=list)

    def visit(
        self,
        at: str,
        site: str,
        *statements: Statement,
        path: str = "",
        published: str | None = None,
        authority: Authority | None = None,
        purpose: Purpose = Purpose.ROUTINE,
    ) -> list[Change]:
        """A healthy visit that finds one page with these statements; returns what is news."""
        moment = datetime.fromisoformat(at).replace(tzinfo=UTC)
        judge = judge_of(self.config, load_register())
        where = next(one for one in self.config.sites if one.name == site)
        if authority is None:
            authority = Authority.COUNTER if site == ASSOCIATION and not path else Authority.OTHER
            authority = Authority.NEWS if site == ASSOCIATION and path else authority
        body = "\n".join(statement.quote for statement in statements).encode()
        url = where.url + path
        with self.store.write() as tx:
            visit = Visit(
                site=site,
                purpose=purpose,
                started=moment,
                finished=moment + timedelta(seconds=5),
                verdict=Verdict.OK,
                requests=1,
                bytes=len(body),
                pages=1,
                not_modified=0,
                statements=len(statements),
                problems=(),
                cycle=at,
            )
            number = tx.add_visit(visit)
            known = tx.site_state(site)
            baseline = known is None or known.first_healthy is None
            page = Page(url, url, 200, {"content-type": "text/plain"}, body, moment)
            digest = hashlib.sha256(repr(statements).encode()).hexdigest()
            snapshot = tx.add_snapshot(
                number, site, page, Text("", published=published), self.store.archive.put(body), digest, baseline
            )
            tx.add_statements(snapshot, statements, authority, "test 1")
            tx.add_sighting(snapshot, number, moment, True)
            touched = {one.teryt for one in statements if isinstance(one, MembershipStatement) and one.teryt}
            register = load_register()
            tx.put_municipalities([register.by_teryt(teryt) for teryt in sorted(touched)])
            tx.mark_site(where, visit.finished)
            news = judge_visit_in(tx, judge, where, replace(visit, id=number), touched, moment)
            news += judge_cases_in(tx, judge, moment)
        self.told += news
        return news

    def confirmed(self, day: str, members: int, *, hour: int = 8) -> list[Change]:
        """The counter says a number as often as it takes to believe it."""
        news = []
        for minute, purpose in ((0, Purpose.ROUTINE), (15, Purpose.CONFIRMATION), (30, Purpose.CONFIRMATION)):
            news += self.visit(f"{day} {hour:02}:{minute:02}", ASSOCIATION, counted(members), purpose=purpose)
        return news


def config_at(folder: Path, database: str) -> Config:
    path = folder / "config.yaml"
    sites = [
        {"name": ASSOCIATION, "family": "association", "url": "https://www.miasta.pl/"},
        {"name": TOWN, "family": "municipal", "url": "https://hajnowka.pl/", "municipality": "2005011"},
        {"name": OTHER, "family": "bip", "url": "https://gazeta.pl/"},
    ]
    values = {"database": database, "archive": "archive", "knowledge": False, "sites": sites}
    path.write_text(yaml.safe_dump(values, allow_unicode=True), encoding="utf-8")
    return load_config(path, {})

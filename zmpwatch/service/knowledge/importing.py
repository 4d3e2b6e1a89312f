"""Import of the initial knowledge: statements of a site of its own, which nobody is alerted to."""

from __future__ import annotations

import hashlib
from datetime import datetime
from urllib.parse import urlsplit

from zmpwatch.config import Config
from zmpwatch.judge import KNOWLEDGE_RULE
from zmpwatch.model import (
    Association,
    Authority,
    Case,
    MembershipStatement,
    MembershipStatus,
    Page,
    Purpose,
    Text,
    Verdict,
    Visit,
)
from zmpwatch.register import Register
from zmpwatch.service.judging import judge_cases_in
from zmpwatch.service.knowledge.rows import KnownSource, known_sources
from zmpwatch.service.outbox import Outbox
from zmpwatch.service.pagereading import facts_digest
from zmpwatch.service.wiring import judge_of
from zmpwatch.store import Store, Writer

__all__ = ["KNOWLEDGE_SITE", "learn"]

KNOWLEDGE_SITE = "knowledge"
"""Name of the site the statements belong to; config.yaml can give it to no other."""

_ABOUT = "zmp"
"""Key of the association the knowledge is about."""

_NOT_FETCHED = 0
"""The status of a page that we did not fetch ourselves."""


def learn(config: Config, store: Store, register: Register, now: datetime) -> int:
    """Import what is not yet in the history, in one transaction; returns how many statements are new.

    All of it is baseline: no change comes of it. The official count stays what the association's own site says; these
    numbers only answer for the past. What is dated after `now`, and pages that were taken down, are left out. A row
    that a newer version of the program has corrected replaces the old one.

    Raises:
        StoreError: the database or the archive refused.
    """
    if not config.knowledge or config.association.key != _ABOUT:
        return 0
    forgotten = store.forgotten_urls()
    sources = [source for source in known_sources(now.date()) if source.url not in forgotten]
    cycle = f"{KNOWLEDGE_SITE} {_digest(sources)}"
    last = store.visits(KNOWLEDGE_SITE, limit=1)
    if last and last[0].cycle == cycle:
        return 0
    bodies = {source.url: store.archive.put(source.content.encode()) for source in sources}
    with store.write() as tx:
        new = _store(tx, sources, bodies, config.association, forgotten, register, cycle, now)
        changes = judge_cases_in(tx, judge_of(config, register), now)
        Outbox.of(config, register).enqueue(tx, changes, now)
    return new


def _store(
    tx: Writer,
    sources: list[KnownSource],
    bodies: dict[str, str],
    association: Association,
    forgotten: frozenset[str],
    register: Register,
    cycle: str,
    now: datetime,
) -> int:
    statements = sum(len(source.statements) for source in sources)
    visit = tx.add_visit(
        Visit(
            site=KNOWLEDGE_SITE,
            purpose=Purpose.ROUTINE,
            started=now,
            finished=now,
            verdict=Verdict.OK,
            requests=0,
            bytes=0,
            pages=len(sources),
            not_modified=0,
            statements=statements,
            cycle=cycle,
        )
    )
    wanted = {source.url: facts_digest(source.statements) for source in sources}
    new = 0
    replaced = False
    touched: set[str] = set()
    for old in tx.snapshots(site=KNOWLEDGE_SITE):
        # of a page that was taken down the words are gone and the facts stay
        if wanted.get(old.url) != old.text_sha256 and old.url not in forgotten:
            touched |= _named(tx, old.id)
            tx.add_statements(old.id, [], [], f"{KNOWLEDGE_RULE} replaced")
            replaced = True
    for source in sources:
        if tx.snapshot_id(KNOWLEDGE_SITE, source.url, wanted[source.url]) is not None:
            continue
        page = Page(
            url=source.url,
            requested=source.url,
            status=_NOT_FETCHED,
            headers={"content-type": "text/plain; charset=utf-8"},
            body=b"",
            fetched_at=now,
        )
        text = Text(content="", title="initial knowledge")
        snapshot = tx.add_snapshot(
            visit, KNOWLEDGE_SITE, page, text, bodies[source.url], wanted[source.url], baseline=True
        )
        tx.add_statements(snapshot, source.statements, _authority(source.url, association), f"{KNOWLEDGE_RULE} 1")
        tx.add_sighting(snapshot, visit, now, fresh=False)
        new += len(source.statements)
        touched |= {s.teryt for s in source.statements if isinstance(s, MembershipStatement) and s.teryt}
    tx.put_municipalities([municipality for teryt in sorted(touched) if (municipality := register.get(teryt))])
    tx.await_judgement(touched)
    left = {
        s.statement.teryt for s in tx.membership_statements(touched) if isinstance(s.statement, MembershipStatement)
    }
    for teryt in sorted(touched - left):
        # nothing is known of it any more: judging would leave its case as it was
        tx.put_case(Case(teryt, MembershipStatus.UNKNOWN, None), known_from=now)
    if replaced:
        tx.renew_count_points(now)
    return new


def _named(tx: Writer, snapshot: int) -> set[str]:
    """Codes of the municipalities a snapshot speaks of."""
    statements = (stored.statement for stored in tx.statements_of(snapshot))
    return {s.teryt for s in statements if isinstance(s, MembershipStatement) and s.teryt}


def _authority(url: str, association: Association) -> Authority:
    """Whose page it is that was read: the association's, or anybody's."""
    return Authority.NEWS if association.owns(urlsplit(url).hostname or "") else Authority.OTHER


def _digest(sources: list[KnownSource]) -> str:
    told = "\n".join(f"{source.url}\n{source.content}" for source in sources)
    return hashlib.sha256(told.encode()).hexdigest()[:16]

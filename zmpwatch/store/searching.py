"""The index of page texts: filled with the snapshots, asked by `search`, emptied by takedowns and by pruning.

The words are made elsewhere (`zmpwatch.service.searching`); here they are kept and found. Two columns are indexed: the
words of a text in their order, folded, and the base forms they may have. SQLite keeps them in a contentless FTS5 table,
PostgreSQL in two text vectors.

In FTS5 a row's number is its place: the day of the page above, the snapshot below. So the newest pages come first
without any sorting, and a search for words that stand on every page ends after the first few.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Generator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, text

from zmpwatch.store.compression import compress, decompress
from zmpwatch.store.integrity import forgotten
from zmpwatch.store.schema import PageTextRow, PrunedRow, SnapshotRow, table

__all__ = ["Page", "PageText", "Term", "add", "find", "place_of", "purge", "remove", "texts_of", "unindexed"]

KNOWLEDGE_SITE = "knowledge"
"""Pages of this site were never fetched: they are what was known from the start."""

_SNAPSHOT_BITS = 36
_SNAPSHOTS = (1 << _SNAPSHOT_BITS) - 1
_ROWS = 500
_DIGITS = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


@dataclass(frozen=True, slots=True)
class PageText:
    """A text ready for the index: `words` in their order and the `lemmas` of all of them, both parted by blanks.

    `analyser` names the rules that made them; `day` is the ISO date of the page, cut to what is known of it.
    """

    analyser: str
    day: str
    text: bytes
    """Compressed UTF-8."""
    terms: bytes
    """`words` and `lemmas` in two lines, compressed."""

    @classmethod
    def of(cls, analyser: str, day: str, content: str, words: str, lemmas: str) -> PageText:
        """Compress what a page holds."""
        return cls(
            analyser,
            day,
            compress(content.encode("utf-8", "replace")),
            compress(f"{words}\n{lemmas}".encode("utf-8", "replace")),
        )

    @property
    def columns(self) -> tuple[str, str]:
        """`words` and `lemmas`."""
        return _columns(self.terms)


@dataclass(frozen=True, slots=True)
class Term:
    """One thing looked for: a word by its letters or any of its base forms, a phrase, or the beginning of a word.

    All are folded and hold letters and digits alone; a phrase holds blanks between its words.
    """

    words: str
    lemmas: tuple[str, ...] = ()
    prefix: bool = False
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A snapshot that was found."""

    snapshot: int
    day: str


@dataclass(frozen=True, slots=True)
class _Sql:
    """A condition and its values."""

    condition: str
    values: dict[str, Any] = field(default_factory=dict)


def place_of(day: str, snapshot: int) -> int:
    """Return the row number of a snapshot in FTS5: by day, then by snapshot."""
    found = _DIGITS.match(day)
    year, month, day_of = (int(part or 0) for part in found.groups()) if found else (0, 0, 0)
    return ((year * 100 + month) * 100 + day_of) << _SNAPSHOT_BITS | snapshot


def add(connection: Connection, pages: dict[int, PageText]) -> None:
    """Put texts into the index, by their snapshots; what was there of them is replaced."""
    remove(connection, list(pages))
    if not pages:
        return
    rows = [
        {
            "snapshot_id": snapshot,
            "analyser": page.analyser,
            "day": page.day,
            "text": page.text,
            "terms": page.terms,
        }
        for snapshot, page in pages.items()
    ]
    connection.execute(insert(table(PageTextRow)), rows)
    values = []
    for snapshot, page in pages.items():
        words, lemmas = page.columns
        number = place_of(page.day, snapshot) if _is_sqlite(connection) else snapshot
        values.append({"number": number, "words": words, "lemmas": lemmas})
    if _is_sqlite(connection):
        connection.execute(
            text("INSERT INTO page_words (rowid, words, lemmas) VALUES (:number, :words, :lemmas)"), values
        )
    else:
        connection.execute(
            text(
                "INSERT INTO page_words (snapshot_id, words, lemmas) "
                "VALUES (:number, to_tsvector('simple', :words), to_tsvector('simple', :lemmas))"
            ),
            values,
        )


def remove(connection: Connection, snapshots: Collection[int]) -> int:
    """Take the texts of these snapshots out of the index; return how many there were."""
    removed = 0
    ids = sorted(snapshots)
    there = table(PageTextRow)
    for begin in range(0, len(ids), _ROWS):
        some = ids[begin : begin + _ROWS]
        rows = connection.execute(
            select(there.c.snapshot_id, there.c.day, there.c.terms).where(there.c.snapshot_id.in_(some))
        ).all()
        if _is_sqlite(connection) and rows:
            # a contentless index forgets a row only when it is told what the row holds
            forget = text(
                "INSERT INTO page_words (page_words, rowid, words, lemmas) VALUES ('delete', :number, :words, :lemmas)"
            )
            values = []
            for row in rows:
                words, lemmas = _columns(row.terms)
                values.append({"number": place_of(row.day, row.snapshot_id), "words": words, "lemmas": lemmas})
            connection.execute(forget, values)
        elif rows:
            connection.execute(
                text("DELETE FROM page_words WHERE snapshot_id = ANY(:ids)"), {"ids": [row.snapshot_id for row in rows]}
            )
        connection.execute(delete(there).where(there.c.snapshot_id.in_(some)))
        removed += len(rows)
    return removed


def purge(connection: Connection) -> None:
    """Rewrite the index, so that no word of a removed text is left legible in the file: after a takedown."""
    if _is_sqlite(connection):
        connection.exec_driver_sql("PRAGMA secure_delete=ON")
        connection.exec_driver_sql("INSERT INTO page_words (page_words) VALUES ('optimize')")


def find(
    connection: Connection, terms: Sequence[Term], *, since: str | None = None, among: Collection[int] | None = None
) -> Generator[Page]:
    """Yield the snapshots whose text has all terms and none of the excluded ones, the newest day first.

    Args:
        connection: to the history.
        terms: at least one of them not excluded.
        since: an ISO day; pages of an earlier day are left out.
        among: only these snapshots.
    """
    sql = _on_sqlite(terms, since) if _is_sqlite(connection) else _on_server(terms, since)
    with connection.execution_options(stream_results=True, max_row_buffer=_ROWS).execute(
        text(sql.condition), sql.values
    ) as rows:
        for number, day in rows:
            snapshot = int(number) & _SNAPSHOTS
            if among is None or snapshot in among:
                yield Page(snapshot, str(day) if day is not None else "")


def texts_of(connection: Connection, snapshots: Collection[int]) -> dict[int, tuple[str, str]]:
    """Return day and text of snapshots in the index."""
    there = table(PageTextRow)
    query = select(there.c.snapshot_id, there.c.day, there.c.text).where(there.c.snapshot_id.in_(list(snapshots)))
    return {row.snapshot_id: (row.day, decompress(row.text).decode()) for row in connection.execute(query)}


def all_indexed(connection: Connection, analyser: str) -> bool:
    """Whether the index has as many pages by these rules as were fetched and not taken down."""
    there, pages = table(PageTextRow), table(SnapshotRow)
    indexed = connection.execute(
        select(func.count()).select_from(there).where(there.c.analyser == analyser)
    ).scalar_one()
    stored = connection.execute(select(func.count()).select_from(pages)).scalar_one()
    known = connection.execute(
        select(func.count()).select_from(pages).where(pages.c.site == KNOWLEDGE_SITE)
    ).scalar_one()
    return bool(indexed == stored - known - len(forgotten(connection).snapshots))


def unindexed(connection: Connection, analyser: str) -> list[int]:
    """Return the snapshots that are not in the index, or are there by other rules than `analyser`'s.

    Left out are those that can't be read: taken down, pruned, or never fetched.
    """
    there, pages = table(PageTextRow), table(SnapshotRow)
    indexed = set(connection.execute(select(there.c.snapshot_id).where(there.c.analyser == analyser)).scalars())
    missing = set(connection.execute(select(pages.c.id)).scalars()) - indexed - forgotten(connection).snapshots
    if not missing:
        return []
    pruned = select(PrunedRow.sha256)
    found: list[int] = []
    ids = sorted(missing)
    for begin in range(0, len(ids), _ROWS):
        some = pages.c.id.in_(ids[begin : begin + _ROWS])
        fetched = select(pages.c.id).where(some, pages.c.status != 0, pages.c.sha256.not_in(pruned))
        found += connection.execute(fetched).scalars()
    return sorted(found)


def _is_sqlite(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"


def _columns(terms: bytes) -> tuple[str, str]:
    words, _, lemmas = decompress(terms).decode().partition("\n")
    return words, lemmas


def _on_sqlite(terms: Sequence[Term], since: str | None) -> _Sql:
    wanted = " AND ".join(_fts5(term) for term in terms if not term.excluded)
    without = "".join(f" NOT {_fts5(term)}" for term in terms if term.excluded)
    values: dict[str, Any] = {"wanted": f"({wanted}){without}"}
    condition = "SELECT rowid, NULL FROM page_words WHERE page_words MATCH :wanted"
    if since is not None:
        condition += " AND rowid >= :first"
        values["first"] = place_of(since, 0)
    return _Sql(f"{condition} ORDER BY rowid DESC", values)


def _fts5(term: Term) -> str:
    """A term in the query language of FTS5; strings in it are quoted, so nothing in them is an operator."""
    here = f'words : "{term.words}"' + (" *" if term.prefix else "")
    if not term.lemmas:
        return f"({here})"
    lemmas = " OR ".join(f'"{lemma}"' for lemma in term.lemmas)
    return f"({here} OR lemmas : ({lemmas}))"


def _on_server(terms: Sequence[Term], since: str | None) -> _Sql:
    values: dict[str, Any] = {}
    conditions = []
    for number, term in enumerate(terms):
        values[f"w{number}"] = f"{term.words}:*" if term.prefix else term.words
        ask = "to_tsquery" if term.prefix else "phraseto_tsquery"
        condition = f"words @@ {ask}('simple', :w{number})"
        for place, lemma in enumerate(term.lemmas):
            values[f"l{number}_{place}"] = lemma
            condition += f" OR lemmas @@ plainto_tsquery('simple', :l{number}_{place})"
        conditions.append(f"NOT ({condition})" if term.excluded else f"({condition})")
    if since is not None:
        values["since"] = since
        conditions.append("day >= :since")
    return _Sql(
        "SELECT page_words.snapshot_id, day FROM page_words "  # noqa: S608 - all values are bound
        "JOIN page_texts ON page_texts.snapshot_id = page_words.snapshot_id "
        f"WHERE {' AND '.join(conditions)} ORDER BY day DESC, page_words.snapshot_id DESC",
        values,
    )

"""The use case `export`."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import zmpwatch
from zmpwatch.errors import ConfigError, StoreError
from zmpwatch.service.exporting.tables import ExportedTable, exported_tables
from zmpwatch.service.files import made_folder, placed, write_file
from zmpwatch.store import Store

__all__ = ["FORMATS", "export"]

FORMATS = ("csv", "jsonl", "sqlite", "parquet")
SQLITE_FILE = "zmpwatch-export.sqlite"
DICTIONARY = "dictionary.json"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What makes a spreadsheet take a text for a formula, some after having thrown away white space before it."""


def export(store: Store, form: str, folder: Path, association: str, now: datetime) -> dict[Path, int]:
    """Write the five views into `folder` in one of `FORMATS`, with a data dictionary beside them.

    All files tell of one moment. Each takes its place whole; the dictionary comes last, so that files it describes are
    there.

    Returns:
        The files with the number of their rows.

    Raises:
        ConfigError: the format is unknown, or its library is not installed.
        StoreError: the folder can't be written.
    """
    if form not in FORMATS:
        raise ConfigError(f"--format: {form!r} is none; there are: {', '.join(FORMATS)}, warc")
    with store.still("export") as still:
        tables, head = exported_tables(still), still.head()
    about = {
        "about": f"Members of the {association}, as zmpwatch knows them",
        "program": f"zmpwatch {zmpwatch.__version__}",
        "exported": now.isoformat(timespec="seconds"),
        "history": str(head),
    }
    if form == "sqlite":
        path = made_folder(folder) / SQLITE_FILE
        with placed(path) as draft:
            _write_sqlite(draft, tables, about)
        written = {path: sum(len(table.rows) for table in tables)}
    else:
        content = _parquet() if form == "parquet" else {"csv": _csv, "jsonl": _jsonl}[form]
        made_folder(folder)
        written = {}
        for table in tables:
            path = folder / f"{table.name}.{form}"
            write_file(path, content(table))
            written[path] = len(table.rows)
    dictionary = {**about, "tables": {table.name: _described(table) for table in tables}}
    write_file(folder / DICTIONARY, (json.dumps(dictionary, ensure_ascii=False, indent=2) + "\n").encode())
    return written


def _described(table: ExportedTable) -> dict[str, Any]:
    return {
        "about": table.about,
        "rows": len(table.rows),
        "columns": [{"name": column.name, "type": column.type, "meaning": column.meaning} for column in table.columns],
    }


def _csv(table: ExportedTable) -> bytes:
    """RFC 4180 in UTF-8. A text that a spreadsheet would run as a formula gets an apostrophe before it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(column.name for column in table.columns)
    writer.writerows([_harmless(value) for value in row] for row in table.rows)
    return out.getvalue().encode()


def _harmless(value: Any) -> Any:
    if isinstance(value, str) and (value.startswith(_FORMULA) or value.lstrip().startswith(_FORMULA)):
        return f"'{value}"
    return value


def _jsonl(table: ExportedTable) -> bytes:
    names = [column.name for column in table.columns]
    documents = {column.name for column in table.columns if column.type == "json"}
    lines = []
    for row in table.rows:
        values = dict(zip(names, row, strict=True))
        lines.append(values | {name: json.loads(values[name]) for name in documents if values[name] is not None})
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()


def _parquet() -> Callable[[ExportedTable], bytes]:
    """What writes Parquet; its library is asked for only when it is wanted."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise ConfigError("Parquet needs the library pyarrow: pip install 'zmpwatch[parquet]'") from error

    def content(table: ExportedTable) -> bytes:
        types = {"integer": pyarrow.int64()}
        schema = pyarrow.schema(
            [
                pyarrow.field(
                    column.name, types.get(column.type, pyarrow.string()), metadata={"meaning": column.meaning}
                )
                for column in table.columns
            ]
        )
        columns = zip(*table.rows, strict=True) if table.rows else ([] for _ in table.columns)
        arrays = [pyarrow.array(values, field.type) for values, field in zip(columns, schema, strict=True)]
        out = io.BytesIO()
        pyarrow.parquet.write_table(pyarrow.table(arrays, schema=schema), out, compression="zstd")
        return out.getvalue()

    return content


def _write_sqlite(path: Path, tables: list[ExportedTable], about: dict[str, str]) -> None:
    """A database of its own: the views as tables, `dictionary` and `about` beside them."""
    try:
        connection = sqlite3.connect(path, isolation_level=None)
        try:
            connection.execute("PRAGMA journal_mode=OFF")
            connection.execute("PRAGMA encoding='UTF-8'")
            connection.execute("BEGIN")
            _fill(connection, tables, about)
            connection.execute("COMMIT")
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise StoreError(f"{path.parent / SQLITE_FILE}: can't be written: {error}") from error


def _fill(connection: sqlite3.Connection, tables: list[ExportedTable], about: dict[str, str]) -> None:
    connection.execute('CREATE TABLE about ("key" TEXT PRIMARY KEY, "value" TEXT NOT NULL) STRICT')
    connection.executemany("INSERT INTO about VALUES (?, ?)", about.items())
    connection.execute(
        "CREATE TABLE dictionary (table_name TEXT NOT NULL, column_name TEXT, type TEXT, meaning TEXT NOT NULL) STRICT"
    )
    for table in tables:
        described: list[tuple[str | None, ...]] = [(table.name, None, None, table.about)]
        described += [(table.name, column.name, column.type, column.meaning) for column in table.columns]
        connection.executemany("INSERT INTO dictionary VALUES (?, ?, ?, ?)", described)
        columns = ", ".join(
            f'"{column.name}" {"INTEGER" if column.type == "integer" else "TEXT"}' for column in table.columns
        )
        connection.execute(f'CREATE TABLE "{table.name}" ({columns}) STRICT')
        places = ", ".join("?" * len(table.columns))
        connection.executemany(
            f'INSERT INTO "{table.name}" VALUES ({places})',  # noqa: S608 - names of our own views
            [tuple(row) for row in table.rows],
        )

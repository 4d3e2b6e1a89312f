"""Holds the directions of docs/architecture.md: which room may import which, and that heavy libraries wait.

Imports are read from the syntax tree, those under TYPE_CHECKING and inside functions too.
"""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HEAVY = {"scrapy", "twisted", "sqlalchemy", "alembic", "apprise", "lxml", "bs4", "resiliparse", "morfeusz2", "pydantic"}
NETWORK = {"socket", "ssl", "http", "urllib.request", "requests", "aiohttp", "smtplib", "asyncio", "twisted"}

# Rooms that each room may import; errors, plural and model are open to all but model. "*": every room but the cli.
MAY = {
    "model": set(),
    "errors": set(),
    "interrupts": set(),
    "plural": set(),
    "register": set(),
    "read": set(),
    "extract": {"register"},
    "judge": {"register"},
    "store": set(),
    "config": {"register"},
    "crawl": {"read", "interrupts"},
    "alert": {"store", "register"},
    "service": {"*"},
    "web": {"store", "judge", "service"},
    "schedule": {"service", "config", "interrupts"},
    "cli": {"service", "config", "schedule", "web", "interrupts"},
    "spiders": {"crawl", "read"},
}
NEVER = {
    "model": HEAVY | NETWORK,
    "register": {"scrapy", "twisted", "sqlalchemy"} | NETWORK,
    "read": {"scrapy", "twisted", "sqlalchemy", "requests", "aiohttp"},
    "extract": {"scrapy", "twisted", "sqlalchemy", "bs4", "lxml"} | NETWORK,
    "judge": {"scrapy", "twisted", "sqlalchemy"} | NETWORK,
    "store": {"scrapy", "twisted", "requests", "aiohttp"},
    "config": HEAVY | NETWORK,
    "crawl": {"sqlalchemy", "alembic", "apprise"},
    "alert": {"scrapy", "twisted"},
    "web": {"scrapy", "twisted"},
    "spiders": {"sqlalchemy", "alembic", "apprise"},
}


def modules() -> list[Path]:
    return sorted(p for top in ("zmpwatch", "spiders") for p in (ROOT / top).rglob("*.py"))


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_of(module: str) -> str | None:
    parts = module.split(".")
    if parts[0] == "spiders":
        return "spiders"
    return parts[1] if parts[0] == "zmpwatch" and len(parts) > 1 else None


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Every imported name with its line, relative ones made absolute; of `from a import b` both a and a.b."""
    module = name_of(path)
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*above, base] if base else above)
            yield node.lineno, base
            yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)


def top_level_imports(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, node.module or ""


def within(name: str, banned: set[str]) -> bool:
    return any(name == one or name.startswith(f"{one}.") for one in banned)


def test_every_room_is_in_the_table():
    rooms = {room_of(name_of(path)) for path in modules()} - {None}
    assert rooms <= set(MAY) | {"__main__"}, "say in MAY and in docs/architecture.md what the new room may import"


def test_imports_go_one_way():
    wrong = []
    for path in modules():
        room = room_of(name_of(path))
        if room not in MAY:
            continue
        allowed = MAY[room] | {room} | ({"errors", "plural", "model"} if room != "model" else set())
        for line, name in imports(path):
            other = room_of(name)
            known = other in MAY
            free = "*" in allowed and other != "cli"
            if known and other not in allowed and not free:
                wrong.append(f"{path.relative_to(ROOT)}:{line}: {room} imports {name}")
    assert not wrong, "\n".join(sorted(set(wrong)))


def test_rooms_keep_away_from_what_they_never_import():
    wrong = [
        f"{path.relative_to(ROOT)}:{line}: {name}"
        for path in modules()
        for line, name in imports(path)
        if within(name, NEVER.get(room_of(name_of(path)) or "", set()))
    ]
    assert not wrong, "\n".join(sorted(set(wrong)))


@pytest.mark.parametrize("room", ["extract", "judge"])
def test_pure_rooms_read_no_clock(room):
    clocks = {"now", "utcnow", "today", "time", "monotonic", "perf_counter"}
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {ast.unparse(node)}"
        for path in (ROOT / "zmpwatch" / room).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in clocks
        and ast.unparse(node.func.value) in {"datetime", "date", "time", "datetime.datetime", "datetime.date"}
    ]
    assert not wrong, "\n".join(wrong)


def test_the_command_line_imports_nothing_heavy_at_its_top():
    banned = HEAVY | {
        "zmpwatch.service",
        "zmpwatch.store",
        "zmpwatch.crawl",
        "zmpwatch.read",
        "zmpwatch.alert",
        "spiders",
    }
    wrong = [
        f"{path.relative_to(ROOT)}:{line}: {name}"
        for path in (ROOT / "zmpwatch" / "cli").rglob("*.py")
        for line, name in top_level_imports(path)
        if within(name, banned)
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["crawl", "--help"]], ids=" ".join)
def test_help_loads_nothing_heavy(arguments):
    program = (
        "import sys\n"
        "from zmpwatch.cli import main\n"
        "try:\n"
        "    status = main()\n"
        "except SystemExit as stop:\n"
        "    status = stop.code\n"
        # typer itself takes pydantic to read the arguments of a command
        f"print('loaded:', *sorted({HEAVY - {'pydantic'}!r} & set(sys.modules)))\n"
        "sys.exit(status)\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout.splitlines()[-1] == "loaded:"


@pytest.mark.parametrize("module", ["answers", "countanswers", "history", "notifying", "statusanswers", "watched"])
def test_answers_come_without_the_crawler(module):
    program = (
        f"import sys, zmpwatch.service.{module}\n"
        "print('loaded:', *sorted({'scrapy', 'twisted', 'OpenSSL', 'alembic', 'lxml'} & set(sys.modules)))\n"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, cwd=ROOT)
    assert result.returncode == 0, result.stderr
    assert result.stdout == "loaded:\n"

"""What `extract` shows to people: the text with its statements marked, and why each was made."""

from __future__ import annotations

import io
import os
import pty
import re
import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from zmpwatch.cli.escaping import visible
from zmpwatch.cli.explaining import particulars, sentence, votes_in_words
from zmpwatch.cli.marking import PieceKind, marks_of, pieces, plain_lines, styled_lines
from zmpwatch.model import CountStatement, EventKind, MembershipStatement, Qualifier, Stage, Votes
from zmpwatch.service.extracting import bearers

from .conftest import Program

GUIDE = Path(__file__).parents[2] / "docs" / "operating.md"
ANSI = re.compile(r"\x1b\[[0-9;]*m")
NEWS = (
    "Sulechów ma powód do dumy\n\n"
    "Zarząd Związku Miast Polskich przyjął 7 czerwca 2024 r. w poczet członków Sulechów. "
    "Organizacja zrzesza dziś 358 miast.\n"
)


def count(start: int, end: int, value: int = 381, qualifier: Qualifier = Qualifier.EXACT) -> CountStatement:
    return CountStatement(value=value, qualifier=qualifier, quote="", start=start, end=end, rule="a.rule")


def step(start: int = 0, end: int = 1, **fields: object) -> MembershipStatement:
    given = {
        "municipality": "Hajnówka",
        "teryt": "2005011",
        "kind": EventKind.ACCESSION,
        "stage": Stage.ADMITTED,
        "quote": "",
        "rule": "a.rule",
        **fields,
    }
    return MembershipStatement(start=start, end=end, **given)  # type: ignore[arg-type]


def marked(content: str, *spans: tuple[int, int], full: bool = True) -> str:
    marks = marks_of([count(*span) for span in spans])
    return "\n".join(line.removeprefix("│ ") for line in plain_lines(pieces(content, marks, full=full)))


class TestMarks:
    def test_one_mark(self) -> None:
        assert marked("abcdef", (2, 4)) == "ab⟦1: cd⟧ef"

    def test_statements_of_the_same_words_share_a_mark(self) -> None:
        assert marked("abcdef", (2, 4), (0, 1), (2, 4)) == "⟦1: a⟧b⟦2,3: cd⟧ef"

    def test_a_mark_inside_another(self) -> None:
        assert marked("abcdef", (0, 6), (2, 4)) == "⟦1: ab⟦2: cd⟧²ef⟧"

    def test_marks_that_cross_say_which_is_closed(self) -> None:
        assert marked("abcdef", (0, 4), (2, 6)) == "⟦1: ab⟦2: cd⟧¹ef⟧"

    def test_marks_that_touch(self) -> None:
        assert marked("abcdef", (0, 3), (3, 6)) == "⟦1: abc⟧⟦2: def⟧"

    def test_an_empty_mark(self) -> None:
        assert marked("abcdef", (3, 3)) == "abc⟦1: ⟧def"

    def test_brackets_of_the_text_are_no_marks(self) -> None:
        assert marked("a⟧b⟦9: c", (0, 3)) == "⟦1: a\\u27e7b⟧\\u27e69: c"

    @given(st.data())
    def test_the_text_stays_whole_and_each_mark_holds_its_words(self, data: st.DataObject) -> None:
        content = data.draw(st.text("ab \n", max_size=60))
        place = st.integers(0, len(content))
        spans = data.draw(st.lists(st.tuples(place, place).map(lambda s: (min(s), max(s))), max_size=8))
        marks = marks_of([count(*span) for span in spans])
        assert [number for mark in marks for number in mark.numbers] == list(range(1, len(spans) + 1))
        shown = ""
        opened: dict[str, int] = {}
        for piece in pieces(content, marks, full=True):
            if piece.kind is PieceKind.TEXT:
                assert all(mark.start <= len(shown) < mark.end for mark in piece.inside)
                shown += piece.text
            elif piece.kind is PieceKind.OPEN and piece.mark:
                assert piece.mark.label not in opened
                opened[piece.mark.label] = len(shown)
            elif piece.kind is PieceKind.CLOSE and piece.mark:
                assert shown[opened.pop(piece.mark.label) :] == content[piece.mark.start : piece.mark.end]
        assert not opened
        assert shown == content

    @given(st.data())
    def test_an_excerpt_keeps_every_mark(self, data: st.DataObject) -> None:
        lines = data.draw(
            st.lists(st.sampled_from(["", "jedno", "dwa słowa", "x" * 50 + " ", "y " * 700]), min_size=60)
        )
        content = "\n".join(lines)
        place = st.integers(0, len(content))
        spans = data.draw(st.lists(st.tuples(place, st.integers(0, 90)), max_size=5))
        marks = marks_of([count(start, min(start + length, len(content))) for start, length in spans])
        kept = list(pieces(content, marks))
        assert [p.mark for p in kept if p.kind is PieceKind.OPEN] == marks
        for mark in marks:
            inside = "".join(p.text for p in kept if p.kind is PieceKind.TEXT and mark in p.inside)
            assert inside == content[mark.start : mark.end]


class TestExcerpts:
    CONTENT = "".join(f"wiersz {n}\n" for n in range(100))

    def test_only_lines_around_marks(self) -> None:
        start = self.CONTENT.index("wiersz 50")
        assert marked(self.CONTENT, (start, start + 9), full=False).splitlines() == [
            "⋯ 49 lines",
            "wiersz 49",
            "⟦1: wiersz 50⟧",
            "wiersz 51",
            "",
            "⋯ 48 lines",
        ]

    def test_full_shows_all(self) -> None:
        assert "wiersz 7\n" in marked(self.CONTENT, (0, 3))

    def test_a_short_text_is_whole(self) -> None:
        assert marked("a\nb\nc\nd\ne\nf", (0, 1), full=False) == "⟦1: a⟧\nb\nc\nd\ne\nf"

    def test_a_text_without_line_ends_is_cut_at_spaces(self) -> None:
        content = "słowo " * 2_000
        shown = marked(content, (6_000, 6_005), full=False)
        assert "⟦1: słowo⟧" in shown
        assert len(shown) < 2_000
        assert re.match(r"⋯ [\d,]+ characters\n", shown)

    def test_blank_lines_are_gathered(self) -> None:
        assert marked("a\n\n \n\t\n\nb", (0, 1)) == "⟦1: a⟧\n\nb"


class TestStrangersText:
    HOSTILE = "\x1b[2Jab\x07 \u202egnol\u202c so\xadft [red]bold[/red] :smile: \x9b31m \r\nżółć"

    def test_plain(self) -> None:
        assert marked(self.HOSTILE, (4, 6)) == (
            r"\x1b[2J⟦1: ab⟧\x07 \u202egnol\u202c so\xadft [red]bold[/red] :smile: \x9b31m \x0d" + "\nżółć"
        )

    def test_nothing_steers_the_terminal(self) -> None:
        console = Console(file=io.StringIO(), force_terminal=True, width=200, color_system="truecolor")
        for line in styled_lines(pieces(self.HOSTILE, marks_of([count(4, 6)])), console):
            console.print(line)
        told = console.file.getvalue()  # type: ignore[attr-defined]
        assert "[red]bold[/red] :smile:" in ANSI.sub("", told)
        assert not {c for c in ANSI.sub("", told) if c != "\n" and not c.isprintable()}

    @given(st.text())
    def test_visible_text_is_printable(self, text: str) -> None:
        shown = visible(text)
        assert not [c for c in shown if not c.isprintable() and not c.isspace() and c.isascii()]
        assert not {"\x1b", "\r", "\u202e", "\u2066", "\x9b", "\u2028", "\n"} & set(shown)

    def test_file_names_too(self, program: Program, tmp_path: Path) -> None:
        (tmp_path / "a\x1b[31m.txt").write_text("nic", encoding="utf-8")
        said = program("extract", "a\x1b[31m.txt", "gone\x1b.txt")
        assert said.out.startswith("a\\x1b[31m.txt\n")
        assert said.err == "gone\\x1b.txt: No such file or directory\n"


class TestWords:
    @pytest.mark.parametrize(("kind", "stage"), [*product(EventKind, Stage)])
    def test_every_step_has_a_sentence(self, kind: EventKind, stage: Stage) -> None:
        assert sentence(step(kind=kind, stage=stage)).startswith("Hajnówka ")

    def test_steps_differ(self) -> None:
        told = {sentence(step(kind=kind, stage=stage)) for kind, stage in product(EventKind, Stage)}
        assert len(told) == len(EventKind) * len(Stage)

    @pytest.mark.parametrize("qualifier", Qualifier)
    def test_every_qualifier_has_a_sentence(self, qualifier: Qualifier) -> None:
        assert "381" in sentence(count(0, 1, qualifier=qualifier))

    def test_a_decision(self) -> None:
        said = step(stage=Stage.RESOLVED, date="2025-02-26", resolution="XI/59/25", votes=Votes(11, 5, None))
        assert particulars(said, bearers(said)) == (
            "accession · resolved · 2025-02-26 · resolution XI/59/25 · votes 11 for, 5 against · "
            "TERYT 2005011 (miejska, powiat hajnowski, podlaskie)"
        )

    def test_what_a_decision_lacks_is_told(self) -> None:
        told = particulars(step(stage=Stage.REJECTED))
        assert told == "accession · rejected · date unknown · no resolution number · votes not told · TERYT 2005011"

    def test_an_ambiguous_name_lists_who_bears_it(self) -> None:
        said = step(municipality="Brzeziny", teryt=None)
        told = particulars(said, bearers(said))
        assert "ambiguous: TERYT " in told
        assert "powiat brzeziński, łódzkie" in told
        assert "powiat kaliski, wielkopolskie" in told
        assert particulars(step(teryt=None)).endswith(" · ambiguous")

    def test_no_against(self) -> None:
        assert votes_in_words(Votes(15, 0, None)) == "votes 15 for, 0 against"


class TestCommand:
    def test_brackets_where_there_is_no_terminal(self, program: Program, tmp_path: Path) -> None:
        (tmp_path / "news.txt").write_text(NEWS, encoding="utf-8")
        lines = program("extract", "news.txt", "--published", "2024-06-10").out.splitlines()
        assert lines[0] == "news.txt"
        assert lines[1].endswith("published 2024-06-10")
        assert "│ Sulechów ma powód do dumy" in lines
        assert any(line.endswith("⟦2: Organizacja zrzesza dziś 358 miast.⟧") for line in lines)
        assert "⟦1⟧ Sulechów has joined." in lines
        assert "⟦2⟧ The association has 358 members." in lines
        assert any("accession · admitted · 2024-06-07 · TERYT 0809063" in line for line in lines)
        assert any(re.search(r"rule \S+ · confidence [01]\.\d\d · characters 111–146", line) for line in lines)

    def test_whose_site_it_is(self, program: Program, tmp_path: Path) -> None:
        (tmp_path / "news.txt").write_text(NEWS, encoding="utf-8")
        assert "on a site of Puławy (0614011)" in program("extract", "news.txt", "--url", "https://pulawy.eu/1").out
        assert "on a site of ZMP itself" in program("extract", "news.txt", "--url", "https://www.miasta.pl/").out

    def test_documents_of_a_json_lines_file(self, program: Program, tmp_path: Path) -> None:
        (tmp_path / "two.jsonl").write_text(
            '{"id": "a-1", "text": "nic"}\n{"text": "ZMP zrzesza 381 miast.", "published": "2025-02"}\n',
            encoding="utf-8",
        )
        lines = program("extract", "two.jsonl").out.splitlines()
        assert lines[0] == "two.jsonl:1 (a-1)"
        assert lines[4:6] == ["two.jsonl:2", "  text/plain · 22 characters · published 2025-02"]

    def test_a_document_from_standard_input(self, program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
        page = "<html><body><p>Związek Miast Polskich zrzesza 381 miast.</p></body></html>"
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(page.encode())))
        (found,) = program("extract", "--json", "-").lines
        assert found["path"] == "-"
        assert [count["value"] for count in found["member_counts"]] == [381]

    def test_nothing_stated(self, program: Program, tmp_path: Path) -> None:
        (tmp_path / "news.txt").write_text("Remont ulicy Lipowej\n", encoding="utf-8")
        assert program("extract", "news.txt").out.splitlines()[2:] == ["states nothing about membership", ""]
        assert "│ Remont ulicy Lipowej" in program("extract", "news.txt", "--full").out

    def test_a_long_text_is_shown_in_part(self, program: Program, tmp_path: Path) -> None:
        (tmp_path / "long.txt").write_text("Remont ulicy.\n\n" * 100 + NEWS, encoding="utf-8")
        short, full = program("extract", "long.txt").out, program("extract", "long.txt", "--full").out
        assert "⟦1: Zarząd" in short
        assert short.count("Remont") <= 1
        assert full.count("Remont") == 100

    @pytest.mark.parametrize(("terminal", "coloured"), [("xterm-256color", True), ("dumb", False)])
    def test_on_a_terminal(self, tmp_path: Path, terminal: str, coloured: bool) -> None:
        (tmp_path / "news.txt").write_text(NEWS, encoding="utf-8")
        ours, theirs = pty.openpty()
        names = {"FORCE_COLOR", "NO_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE", "COLORTERM", "ZMPWATCH_CONFIG"}
        env = {name: value for name, value in os.environ.items() if name not in names}
        command = [sys.executable, "-m", "zmpwatch", "extract", "news.txt"]
        with subprocess.Popen(
            command, stdout=theirs, cwd=tmp_path, env={**env, "TERM": terminal, "COLUMNS": "60"}
        ) as running:
            os.close(theirs)
            told = b""
            while chunk := _read(ours):
                told += chunk
        os.close(ours)
        assert running.returncode == 0
        text = told.decode().replace("\r\n", "\n")
        assert bool(ANSI.search(text)) is coloured
        assert ("⟦1: Zarząd" in text) is not coloured
        if coloured:
            bare = ANSI.sub("", text)
            assert max(map(len, bare.splitlines())) <= 60
            assert "│  1  Zarząd Związku" in bare
            assert " 2  The association has 358 members." in bare

    def test_the_example_of_the_guide(self, program: Program, tmp_path: Path) -> None:
        """The rules may change; what the guide shows of text, sentences and fields must be what the program says."""
        example = re.search(
            r"\$ zmpwatch extract sulechow\.txt (.*)\n((?:.*\n)*?)```", GUIDE.read_text(encoding="utf-8")
        )
        assert example
        told = example[2].splitlines()
        lines = [line.removeprefix("│ ") for line in told if line.startswith("│ ")]
        content = re.sub(r"⟦\d: |⟧", "", "\n".join(lines)) + "\n"
        (tmp_path / "sulechow.txt").write_text(content, encoding="utf-8")
        said = program("extract", "sulechow.txt", *example[1].split()).out.rstrip().splitlines()
        assert [x for x in said if "    rule" not in x] == [x for x in told if "    rule" not in x]


def _read(descriptor: int) -> bytes:
    """What the terminal got; nothing once the program has closed it (Linux then reports EIO)."""
    try:
        return os.read(descriptor, 65_536)
    except OSError:
        return b""

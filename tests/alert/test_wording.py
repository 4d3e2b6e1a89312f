from __future__ import annotations

import re
from datetime import UTC, datetime
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zmpwatch.alert import polish
from zmpwatch.alert.clean import NAME_LIMIT, QUOTE_LIMIT, SUBJECT_LIMIT, clean, cut, safe_url
from zmpwatch.alert.document import Document, bold, line, link
from zmpwatch.alert.message import compose
from zmpwatch.alert.news import alphabetical, gather
from zmpwatch.alert.polish import plural
from zmpwatch.alert.subscriptions import Language
from zmpwatch.model import Association, Change, ChangeKind, Evidence, Reconciliation

from .towns import TOWNS, Town, TownNames

NOW = datetime(2025, 3, 3, 9, 0, tzinfo=UTC)
KEY = "0123456789abcdef0123456789abcdef"


MIASTA = {
    "miasto": (1,),
    "miasta": (2, 3, 4, 22, 24, 102, 373, 382, -2),
    "miast": (0, 5, 11, 12, 13, 14, 21, 25, 101, 111, 112, 381, 412, 1001),
}


@pytest.mark.parametrize(("n", "form"), [(n, form) for form, numbers in MIASTA.items() for n in numbers])
def test_numeral_and_noun(n: int, form: str) -> None:
    assert plural(n, "miasto", "miasta", "miast") == form


@given(st.integers(0, 10_000))
def test_numeral_rule_looks_only_at_the_last_two_digits(n: int) -> None:
    forms = ("miasto", "miasta", "miast")
    assert plural(n + 100, *forms) == plural(n + 200, *forms)
    assert (plural(n, *forms) == "miasto") is (n == 1)
    assert (plural(n, *forms) == "miasta") is bool(re.search(r"(^|[^1])[234]$", str(n)))


@pytest.mark.parametrize(
    ("teryt", "status"),
    [
        ("2005011", "Hajnówka przyjęta"),
        ("2001011", "Augustów przyjęty"),
        ("1202023", "Brzesko przyjęte"),
        ("2661011", "Kielce przyjęte"),
    ],
)
def test_admission_agrees_with_the_name(teryt: str, status: str) -> None:
    change = Change(ChangeKind.ADMITTED, NOW, "a", teryt=teryt, after={"kind": "accession", "stage": "admitted"})
    message = told([change])
    assert message.subject == f"ZMP: {status}"
    assert f") – {status.rpartition(' ')[2]}; daty jeszcze nie znamy" in message.text


def test_plural_names_have_plural_verbs() -> None:
    change = Change(ChangeKind.LEFT, NOW, "a", teryt="2661011", after={"kind": "withdrawal", "date": "2025-01"})
    assert "Kielce (świętokrzyskie) – od stycznia 2025 r. nie należą już do ZMP" in told([change]).text


@pytest.mark.parametrize(
    ("kind", "direction", "subject"),
    [
        (ChangeKind.PROPOSED, "accession", "ZMP: projekt uchwały o przystąpieniu Janowa Lubelskiego"),
        (ChangeKind.PROPOSED, "withdrawal", "ZMP: projekt uchwały o wystąpieniu Janowa Lubelskiego"),
        (ChangeKind.RESOLVED, "accession", "ZMP: rada uchwaliła przystąpienie Janowa Lubelskiego"),
        (ChangeKind.RESOLVED, "withdrawal", "ZMP: rada uchwaliła wystąpienie Janowa Lubelskiego"),
        (ChangeKind.REJECTED, "accession", "ZMP: rada odrzuciła przystąpienie Janowa Lubelskiego"),
        (ChangeKind.REJECTED, "withdrawal", "ZMP: rada odrzuciła wystąpienie Janowa Lubelskiego"),
        (ChangeKind.ADMITTED, "accession", "ZMP: Janów Lubelski przyjęty"),
        (ChangeKind.LEFT, "withdrawal", "ZMP: Janów Lubelski – koniec członkostwa"),
    ],
)
def test_subject_of_a_single_piece_of_news(kind: ChangeKind, direction: str, subject: str) -> None:
    assert told([Change(kind, NOW, "a", teryt="0605053", after={"kind": direction})]).subject == subject


@pytest.mark.parametrize(
    ("known", "total", "words"),
    [
        (1, 1, "Nowego członka znamy z nazwy."),
        (0, 1, "Nowego członka nie znamy jeszcze z nazwy."),
        (2, 2, "Obu nowych członków znamy z nazwy."),
        (0, 2, "Nie znamy jeszcze z nazwy żadnego z 2 nowych członków."),
        (3, 8, "Z nazwy znamy 3 z 8 nowych członków."),
        (8, 8, "Wszystkich 8 nowych członków znamy z nazwy."),
    ],
)
def test_balance(known: int, total: int, words: str) -> None:
    assert words in told([counted(373, 373 + total, tuple(TOWNS)[:known])]).text


@given(st.integers(300, 420), st.integers(300, 420), st.integers(0, 12), st.integers(0, 12))
def test_balance_always_adds_up(before: int, after: int, joined: int, left: int) -> None:
    codes = [f"90{n:05}" for n in range(24)]
    count = gather([counted(before, after, codes[:joined], codes[12 : 12 + left])], TownNames()).count
    assert count is not None
    assert count.gross_joined >= len(count.joined)
    assert count.gross_left >= len(count.left)
    if not count.surplus:
        assert before + count.gross_joined - count.gross_left == after


@pytest.mark.parametrize(
    ("n", "words"),
    [(4, "i 2 inne miasta"), (7, "i 5 innych miast"), (23, "i 21 innych miast"), (24, "i 22 inne miasta")],
)
def test_names_left_out_of_a_subject(n: int, words: str) -> None:
    subject = told([counted(373, 373 + n, [f"90{i:05}" for i in range(n)])]).subject
    assert subject.endswith(words)


def test_association_that_is_not_one_of_towns() -> None:
    villages = Association("zgw", "Związek Gmin Wiejskich RP", "ZGW RP")
    message = compose(
        [counted(690, 692, ())], recipient="x", language="pl", names=TownNames(), key=KEY, association=villages
    )
    assert "Związek Gmin Wiejskich RP liczy 692 członków." in message.text
    assert message.subject == "ZGW RP: 690 → 692 (+2), nazw jeszcze nie znamy"


@pytest.mark.parametrize(
    ("iso", "genitive", "when"),
    [
        ("2025-02-28", "28 lutego 2025 r.", "28 lutego 2025 r."),
        ("2025-02", "lutego 2025 r.", "w lutym 2025 r."),
        ("2025", "2025 r.", "w 2025 r."),
    ],
)
def test_dates_as_precise_as_they_are_known(iso: str, genitive: str, when: str) -> None:
    assert polish.month_day(iso) == genitive
    assert polish.on(iso) == when


def test_names_in_the_order_of_the_polish_alphabet() -> None:
    names = ["Łódź", "Lubin", "Żary", "Zabrze", "Ćmielów", "Cieszyn", "Luboń"]
    assert sorted(names, key=alphabetical) == ["Cieszyn", "Ćmielów", "Lubin", "Luboń", "Łódź", "Zabrze", "Żary"]


def test_nothing_to_tell_is_an_error() -> None:
    with pytest.raises(ValueError, match="no news"):
        told([])


def told(changes: list[Change], language: Language = "pl", names: TownNames | None = None):  # type: ignore[no-untyped-def]
    return compose(changes, recipient="redakcja", language=language, names=names or TownNames(), key=KEY)


def counted(before: int, after: int, joined: object, left: object = ()) -> Change:
    return Change(
        ChangeKind.COUNT_CHANGED,
        NOW,
        f"{before}:{after}",
        before={"members": before, "as_of": None},
        after={"members": after, "as_of": None},
        reconciliation=Reconciliation(before, after, tuple(joined), tuple(left)),  # type: ignore[call-overload]
    )


WILD = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=400),
    st.text("<>\"'&@everyonehre`*_[]()#~|!\\\r\n\u202e\u200b{}%./: 1-", max_size=400),
)


@given(WILD, WILD, WILD)
def test_no_fetched_text_breaks_out(name: str, quote: str, url: str) -> None:
    evil = {"2005011": Town("2005011", name or "x", name or "x", "f", name or "x")}
    evidence = (Evidence(f"https://example.org/{url}", quote, "ab", name, NOW),)
    change = Change(
        ChangeKind.ADMITTED, NOW, "a", teryt="2005011", after={"resolution": quote or None}, evidence=evidence
    )
    for language in ("pl", "en"):
        message = told([change], language, TownNames(evil))
        assert len(message.subject) <= SUBJECT_LIMIT
        assert len(message.subject.splitlines()) <= 1
        assert not re.search(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]", message.subject)
        assert not re.search(
            r"@(everyone|here|channel)\b", message.text + message.markdown + message.subject, re.IGNORECASE
        )
        tags = set(re.findall(r"<[^>]*>", message.html))
        assert {re.sub(r'"[^"<>]*"', '""', tag) for tag in tags} <= {
            "<p>",
            "</p>",
            "<br>",
            "<strong>",
            "</strong>",
            "</a>",
            '<a href="">',
            '<p style="">',
        }


@given(WILD)
def test_markdown_shows_what_was_written(text: str) -> None:
    shown = clean(text, QUOTE_LIMIT)
    written = Document.of([[line("„", shown, "”")]]).markdown()
    assert not re.search(r"(?<!\\)(?:\\\\)*[`*_\[\]<>#~|]", re.sub(r"\\[`*_\[\]<>#~|]", "", written))
    assert re.sub(r"\\([\\`*_\[\]<>#~|])", r"\1", written) == f"„{shown}”\n"


@pytest.mark.parametrize("text", ["- x", "+ x", "1. x", "12) x", "= x", "# x", "> x"])
def test_line_is_never_a_list_or_a_heading(text: str) -> None:
    assert re.match(r"(\d*)\\", Document.of([[line(text)]]).markdown())


def test_the_three_formats_say_the_same() -> None:
    document = Document.of([[line("a < ", bold("b & c")), line(link("https://x.pl/?a=1&b=2"))], []])
    assert document.text() == "a < b & c\nhttps://x.pl/?a=1&b=2\n"
    assert document.markdown() == "a \\< **b & c**  \n<https://x.pl/?a=1&b=2>\n"
    assert document.html() == (
        '<p>a &lt; <strong>b &amp; c</strong><br><a href="https://x.pl/?a=1&amp;b=2">https://x.pl/?a=1&amp;b=2</a></p>\n'
    )


@given(WILD, st.integers(2, 300))
def test_clean_is_bounded_and_one_line(text: str, limit: int) -> None:
    shown = clean(text, limit)
    assert len(shown.replace("\N{ZERO WIDTH SPACE}", "")) <= limit
    assert shown == " ".join(shown.split())


def test_cut_between_words() -> None:
    assert cut("Zażółć gęślą jaźń", 30) == "Zażółć gęślą jaźń"
    assert cut("Zażółć gęślą jaźń", 14) == "Zażółć gęślą…"
    assert cut("Zażółćgęśląjaźń", 10) == "Zażółćgęś…"
    assert len(clean("x" * 5_000_000, NAME_LIMIT)) == NAME_LIMIT


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://x.pl/",
        "//x.pl",
        "https:///x",
        "https://a@x.pl/",
        "https://[x/",
        "https://x.pl/\ud800",
        "",
        f"https://x.pl/{'a' * 2000}",
    ],
)
def test_addresses_that_are_not_shown(url: str) -> None:
    assert safe_url(url) is None


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://miasta.pl/a_b?x=1&y=%C4%85#z", "https://miasta.pl/a_b?x=1&y=%C4%85#z"),
        ("https://łódź.pl/ąę", "https://xn--d-uga0v4h.pl/%C4%85%C4%99"),
        ('https://x.pl/(a)[b]<c>"d"@here', "https://x.pl/%28a%29%5Bb%5D%3Cc%3E%22d%22%40here"),
        ("http://x.pl:8080/", "http://x.pl:8080/"),
    ],
)
def test_addresses_as_shown(url: str, shown: str) -> None:
    assert safe_url(url) == shown


def test_every_kind_can_be_told_in_both_languages() -> None:
    for kind, language in product(ChangeKind, ("pl", "en")):
        after = {"members": 381} if kind is ChangeKind.COUNT_CHANGED else {}
        message = told([Change(kind, NOW, "x", teryt="2005011", site="miasta.pl", after=after)], language)  # type: ignore[arg-type]
        assert message.subject
        assert message.text.endswith("0123456789ab\n")

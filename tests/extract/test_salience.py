"""The last reader: what it adds where no other reader understood a sentence, and what it must leave alone."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zmpwatch.extract import extract
from zmpwatch.extract.cues import CueFinder, load_weights, tokens_of
from zmpwatch.extract.extractor import guesses_of
from zmpwatch.extract.salience import SALIENCE_CONFIDENCE
from zmpwatch.judge import CaseRules
from zmpwatch.model import Context, MembershipStatement, Text
from zmpwatch.register import load_association

BANKS = Path(__file__).parent / "salience"
_KINDS = {"a": "accession", "w": "withdrawal"}
_STAGES = {"p": "proposed", "r": "resolved", "j": "rejected", "a": "admitted", "m": "member"}
_LINE = re.compile(r"(?P<steps>.*?)::\s+(?:\[(?P<url>http[^\]]+)\]\s+)?(?P<text>.+)")


@dataclass(frozen=True)
class Item:
    """A short text of a bank, and the steps it tells: municipality, kind, stage."""

    bank: str
    text: str
    url: str | None
    steps: frozenset[tuple[str, str, str]]

    @property
    def held(self) -> bool:
        """Whether it belongs to the half that no weight and no word was chosen by."""
        return int(hashlib.sha256(self.text.encode()).hexdigest(), 16) % 2 == 0


def items() -> list[Item]:
    """All items of all banks."""
    return list(_items())


def _items() -> Iterator[Item]:
    for bank in sorted(BANKS.glob("*.txt")):
        for line in bank.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                match = _LINE.fullmatch(line)
                assert match is not None, line
                steps = [step.strip().rpartition("/") for step in match["steps"].split(",") if step.strip()]
                told = frozenset((name, _KINDS[code[0]], _STAGES[code[1]]) for name, _, code in steps)
                yield Item(bank.stem, match["text"], match["url"], told)


ASSOCIATION = load_association("zmp")


def read(text: str, url: str | None = None) -> list[MembershipStatement]:
    """The steps that a text is read to tell."""
    found = extract(Text(text), Context(ASSOCIATION, url=url))
    return [s for s in found if isinstance(s, MembershipStatement)]


def guessed(text: str, url: str | None = None) -> list[MembershipStatement]:
    """Those of them that are guesses."""
    return [s for s in read(text, url) if s.rule.startswith("salience.")]


def steps(found: list[MembershipStatement]) -> set[tuple[str, str, str]]:
    return {(s.municipality, s.kind.value, s.stage.value) for s in found}


@pytest.mark.parametrize("held", [False, True], ids=["tuned on", "held"])
def test_what_is_guessed_is_mostly_right_and_adds_much(held: bool) -> None:
    right = wrong = 0
    for item in items():
        if item.held is held:
            told = steps(guessed(item.text, item.url))
            right += len(told & item.steps)
            wrong += len(told - item.steps)
    assert right >= (18 if held else 40)
    assert right / (right + wrong) >= (0.7 if held else 0.9)


def test_hardly_any_near_miss_is_taken_for_a_step() -> None:
    near = [item for item in items() if not item.steps]
    assert len(near) > 220
    taken = [item.text for item in near if guessed(item.text, item.url)]
    assert len(taken) <= 4, taken


def test_a_guess_is_never_judged() -> None:
    found = [s for item in items() for s in guessed(item.text, item.url)]
    assert found
    assert max(s.confidence for s in found) <= SALIENCE_CONFIDENCE < CaseRules().min_confidence


def test_a_guess_quotes_its_sentence() -> None:
    for item in items():
        for told in guessed(item.text, item.url):
            assert told.quote == item.text[told.start : told.end]
            assert told.municipality


def test_guesses_change_nothing_that_others_have_read(monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = items()[::3]
    strict = [[s for s in read(i.text, i.url) if not s.rule.startswith("salience.")] for i in chosen]
    monkeypatch.setattr("zmpwatch.extract.salience.SalienceReader.events", lambda _: [])
    assert [read(i.text, i.url) for i in chosen] == strict


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Uniejów wsiadł na pokład Związku Miast Polskich.", ("topic.into", "concept.figurative_entering")),
        ("Uniejów – nowa twarz w Związku Miast Polskich.", ("topic.inside", "concept.lately", "who.subject")),
        ("Poddębice wzięły rozwód ze Związkiem Miast Polskich.", ("topic.with", "concept.figurative_leaving")),
        ("Drogi Warty i Związku Miast Polskich rozeszły się.", ("concept.figurative_leaving", "who.object")),
        ("Zduńska Wola oddała legitymację Związkowi Miast Polskich.", ("topic.dative",)),
        ("Rada Miejska w Łasku pobłogosławiła wejście pod skrzydła ZMP.", ("concept.agreeing", "who.council")),
        ("W Szadku rada postawiła na Związek Miast Polskich.", ("topic.towards", "who.council_place")),
        ("Związek Miast Polskich wziął pod skrzydła Złoczew.", ("topic.subject",)),
        ("Burmistrz Błaszek marzy o drużynie Związku Miast Polskich.", ("concept.planning", "who.office")),
        ("Burmistrz Błaszek zasiada w zarządzie Związku Miast Polskich od lat.", ("against.official_in_organ",)),
        ("W konkursie Związku Miast Polskich Sieradz znalazł się w gronie laureatów.", ("against.activity",)),
        ("Czy Sieradz powinien być na pokładzie Związku Miast Polskich?", ("against.question", "against.unreal")),
        ("Sieradz nie marzy o tym, by grać w drużynie Związku Miast Polskich.", ("against.not",)),
        ("W 1938 roku Sieradz był w rodzinie Związku Miast Polskich.", ("against.history",)),
        ("Sieradz i Stowarzyszenie Gmin Łódzkich na pokładzie Związku Miast Polskich.", ("against.other_body",)),
        ("Sieradz na pokładzie, a z nim 300 miast Związku Miast Polskich.", ("against.count",)),
        ("Sieradz wita na pokładzie ekspertów Związku Miast Polskich.", ("against.person",)),
    ],
)  # fmt: skip
def test_each_piece_of_evidence_is_seen(text: str, names: tuple[str, ...]) -> None:
    seen = frozenset().union(*(guess.evidence for guess in guesses_of(Text(text), Context(ASSOCIATION))))
    assert seen.issuperset(names), sorted(seen)


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("Uniejów wsiadł na pokład Związku Miast Polskich.", ("Uniejów", "accession", "admitted")),
        ("Uniejów od lat jest pod skrzydłami Związku Miast Polskich.", ("Uniejów", "accession", "member")),
        ("Uniejów puka do bram Związku Miast Polskich.", ("Uniejów", "accession", "proposed")),
        ("Rada Miejska w Uniejowie pobłogosławiła wejście pod skrzydła Związku Miast Polskich.",
         ("Uniejów", "accession", "resolved")),
        ("Uniejów oddał legitymację Związku Miast Polskich.", ("Uniejów", "withdrawal", "admitted")),
        ("Uniejów zapowiada rozwód ze Związkiem Miast Polskich.", ("Uniejów", "withdrawal", "proposed")),
    ],
)  # fmt: skip
def test_the_stage_goes_by_actor_mood_and_tense(text: str, step: tuple[str, str, str]) -> None:
    assert steps(guessed(text)) == {step}


def test_our_town_is_that_of_the_site() -> None:
    text = "Jesteśmy na pokładzie Związku Miast Polskich! Nasza gmina dostała legitymację."
    assert steps(guessed(text, "https://www.uniejow.pl/aktualnosci")) == {("Uniejów", "accession", "admitted")}
    assert guessed(text) == []


def test_a_sentence_that_another_reader_understood_is_left_alone() -> None:
    text = "Uniejów, który wsiadł na pokład, przystąpił 3 marca 2021 r. do Związku Miast Polskich."
    assert guesses_of(Text(text), Context(ASSOCIATION)) == []


def test_a_denial_takes_a_guess_back() -> None:
    assert guessed("Nieprawdą jest, że Uniejów wsiadł na pokład Związku Miast Polskich.") == []
    assert guessed("Uniejów wsiadł na pokład Związku Miast Polskich. To żart.") == []


TOWNS = ("Olkusz", "Tczew", "Sandomierz", "Bełchatów", "Prudnik", "Krasnystaw")


@settings(deadline=None, max_examples=40)
@given(
    st.sampled_from(TOWNS),
    st.sampled_from(
        (
            "{} wsiadł na pokład Związku Miast Polskich.",
            "{} puka do bram Związku Miast Polskich.",
            "{} oddał legitymację Związku Miast Polskich.",
            "{} gra w konkursie, który ogłosił Związek Miast Polskich, i wszedł do finału.",
        )
    ),
)
def test_another_town_changes_only_the_town(town: str, template: str) -> None:
    one, other = guessed(template.format(town)), guessed(template.format("Wejherowo").replace("ął", "ęło"))
    assert [(s.kind, s.stage, s.rule) for s in one] == [(s.kind, s.stage, s.rule) for s in other]
    assert {s.municipality for s in one} <= {town}


def test_the_data_files_fit_the_code() -> None:
    threshold, weights = load_weights()
    assert 0.5 < threshold < 1
    assert "any" in weights
    seen = {name for item in items() for g in guesses_of(Text(item.text), Context(ASSOCIATION, url=item.url))
            for name in g.evidence}  # fmt: skip
    groups = {
        "stage",
        "topic",
        "referred",
        "concept",
        "who",
        "against",
        "near",
        "far",
        "step",
        "together",
        "loose",
        "told",
    }
    assert {name.partition(".")[0] for name in (*weights, *seen)} - {"any"} <= groups


def test_phrases_are_found_by_stem_and_across_a_gap() -> None:
    finder = CueFinder({"goodbye": "do . widzenia | żegna*", "card": "oddał* . . legitymacj*"})
    tokens = tokens_of("miasto zegnalo sie i rzeklo do milego szybkiego widzenia oddalo swoja legitymacje")
    assert [(c.kind, c.first, c.last) for c in finder.find(tokens)] == [
        ("goodbye", 1, 1),
        ("goodbye", 5, 8),
        ("card", 9, 11),
    ]
    assert finder.find(tokens_of("do bardzo dlugiego i milego widzenia")) == []


def test_words_of_the_data_file_in_any_number_take_linear_time() -> None:
    words = "pod skrzydła rada przeszła akces do Związku Miast Polskich Olkusz nie drzwi zgoda członek rozwód "
    short, long = words * 40, words * 320

    def seconds(content: str) -> float:
        begun = time.process_time()
        extract(Text(content), Context(ASSOCIATION))
        return time.process_time() - begun

    seconds(short)
    assert min(seconds(long) for _ in range(2)) < 40 * max(0.01, min(seconds(short) for _ in range(3)))

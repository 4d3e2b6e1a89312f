"""What is not asked would have found nothing: signs of sentences, words before names, places where patterns begin."""

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zmpwatch.extract.dates import windows as datewindows
from zmpwatch.extract.discourse.topic import Discourse
from zmpwatch.extract.structure import sentences
from zmpwatch.extract.towns import leads as townleads
from zmpwatch.extract.uniform.folding import fold_letters
from zmpwatch.extract.words import tokens
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.lexicon import load_lexicon
from zmpwatch.extract.words.signs import SignedText, signs_not_given, signs_of
from zmpwatch.model import Context
from zmpwatch.register import load_association

from . import folders
from .test_lazy import CUED

CONTEXT = Context(load_association("zmp"), published="2024-05-06")

SETTINGS = settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck), database=None)


EVERY_TOKEN, EVERY_WORD = tokens.kind_of_tokens(bool), tokens.kind_of_words(bool)


def signed(folded):
    forms = load_lexicon().forms()
    bits = signs_not_given()
    for word, _ in tokens.marked(folded, EVERY_WORD):
        bits |= forms[word][1]
    return SignedText(folded, bits)


EACH = 8
"""One of so many patterns is tried: that each match of each holds a cue is proven in `test_lazy`."""


@pytest.mark.parametrize("name", sorted(CUED)[::EACH])
@SETTINGS
@given(data=st.data())
def test_a_signed_text_hides_no_match(name, data):
    pattern = CUED[name]
    plain = re.compile(pattern.pattern, pattern.flags)
    for text in (data.draw(st.from_regex(plain)), data.draw(st.text("abcdez nie-\n.1", max_size=20))):
        here = plain.search(text)
        found = pattern.search(signed(text))
        assert (found and found.span()) == (here and here.span())
        assert (pattern.search(text) is None) == (here is None)


def test_signs_are_those_of_classes_and_cues():
    pattern = lazy(r"(?<!\w)(?:grono|nie)(?!\w)", "gron", "=nie")
    text = signed("zarzad powiekszyl grono; zebranie")
    assert text.signs & signs_of("board")
    assert text.signs & signs_of(pattern)
    assert not signed("zebranie trwalo").signs & signs_of("fee", pattern)
    assert signed("nie-czlonek").signs & signs_of(pattern)


def test_a_pattern_given_later_is_not_hidden_from_a_text_signed_before():
    text = signed("ala ma kota")
    assert lazy(r"kot\w", "kotaxyz", "kota").search(text)[0] == "kota"


def test_only_patterns_with_cues_are_signs():
    with pytest.raises(ValueError, match="without cues"):
        signs_of(lazy("abc"))


LEADS = {
    "STREET": townleads.NO_NAME_BEFORE,
    "ABROAD": townleads.NO_NAME_BEFORE,
    "POWIAT": townleads.POWIAT_BEFORE,
    "TITLE": townleads.TITLE_BEFORE,
    "COUNCIL": townleads.COUNCIL_BEFORE,
    "OFFICIAL": townleads.OFFICIAL_BEFORE,
    "PLACE": townleads.PLACE_BEFORE,
}


@pytest.mark.parametrize("name", LEADS)
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(data=st.data())
def test_the_last_word_before_a_name_hides_no_lead(name, data):
    lead = data.draw(st.from_regex(getattr(townleads, name).pattern))
    assert townleads.kinds_before(lead) & LEADS[name]


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="abcz019-_ .,\n•§²ßжł٣"))
def test_tokens_and_words_are_those_of_the_patterns(text):
    folded = fold_letters(text)
    assert tokens.marked(folded, EVERY_TOKEN) == [(m[0], m.start()) for m in re.finditer(r"\d+|[a-z]+", folded)]
    words = re.finditer(r"[^\W\d_]+(?:-[^\W\d_]+)*", folded)
    assert tokens.marked(folded, EVERY_WORD) == [(m[0], m.start()) for m in words]


def test_a_word_is_asked_anew_when_a_kind_is_new():
    assert tokens.marked("ala ma 2 koty", EVERY_TOKEN)[-1] == ("koty", 9)
    cats = tokens.kind_of_words(lambda word: word.startswith("kot"))
    assert tokens.marked("ala ma 2 koty", cats) == [("koty", 9)]


PIECES = [
    "w",
    "we",
    "z",
    "od",
    "ostatni",
    "ubiegły",
    "zeszłym",
    "poprzednim",
    "najbliższy",
    "piątek",
    "środę",
    "wtorku",
    "czwartek",
    "czwartkowej",
    "sesji",
    "marca",
    "maja",
    "3",
    "13",
    "31",
    "2019",
    "1999",
    "2019-05-03",
    "3.04.2020",
    "3.4.",
    "(4.05)",
    "12.03.19",
    "r.",
    "roku",
    "br.",
    "ub.",
    "b.",
    "bm.",
    "iv",
    "v",
    "i",
    "oraz",
    "-",
    "do",
    "koncem",
    "konca",
    "na",
    "koniec",
    "tym",
    "lat",
    "temu",
    "dni",
    "dwa",
    "rok",
    "przed",
    "laty",
    "tydzień",
    "później",
    "wczoraj",
    "dziś",
    "tygodniem",
    "miesiącu",
    "minionym",
    "wiosną",
    "pierwsza",
    "january",
    "may",
    "on",
    "monday",
    "last",
    "week",
    "5-8",
    "czerwca",
    "dnia",
    "godzinę",
    "nazajutrz",
    ",",
    ".",
    ";",
    "(",
    ")",
]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(PIECES), st.sampled_from([" ", " ", " ", "  ", "\n", "", " " * 70])), max_size=25
    )
)
def test_dates_are_those_of_patterns_tried_everywhere(pieces):
    folded = fold_letters("".join(piece + gap for piece, gap in pieces))
    assert [(k, m.span()) for k, m in datewindows.match_dates(folded)] == list(everywhere(folded))


def everywhere(folded):
    """Dates found by trying every pattern at every letter of each window."""
    for window in datewindows._windows(folded):
        taken = set()
        for kind, pattern, _, _ in datewindows._COMPILED:
            for match in re.compile(pattern.pattern).finditer(folded, window.low, window.high):
                here = set(range(*match.span()))
                if not here & taken:
                    taken |= here
                    yield kind, match.span()


def ask_everywhere(monkeypatch):
    """Every sentence seems to hold everything, and to have to do with the association."""
    monkeypatch.setattr(sentences, "signs_not_given", lambda: -1)
    monkeypatch.setattr(Discourse, "away", lambda *_: False)


BANKS = Path(__file__).parent / "sentences"


@pytest.mark.parametrize("bank", sorted(path.stem for path in BANKS.glob("*.yaml")))
def test_readers_asked_everywhere_find_no_more(bank, monkeypatch):
    items = yaml.safe_load((BANKS / f"{bank}.yaml").read_text(encoding="utf-8"))
    stated = [folders.facts(item["text"], CONTEXT) for item in items]
    ask_everywhere(monkeypatch)
    assert [folders.facts(item["text"], CONTEXT) for item in items] == stated


@pytest.mark.parametrize("name", folders.names())
def test_readers_asked_everywhere_find_no_more_in_documents(name, monkeypatch):
    case = folders.load(name)
    stated = folders.facts(case.content, case.context)
    ask_everywhere(monkeypatch)
    assert folders.facts(case.content, case.context) == stated

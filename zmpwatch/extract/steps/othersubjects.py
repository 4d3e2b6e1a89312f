"""Whether a verb has a subject behind it that is no town: "Do Związku dołączyły nowe głosy"."""

from __future__ import annotations

from zmpwatch.extract.structure.clause import Clause
from zmpwatch.extract.structure.sentences import Sentence, Word
from zmpwatch.extract.towns.finding import Role
from zmpwatch.extract.words.lazy import lazy

__all__ = ["has_another_subject", "people_behind", "people_do"]

_BESIDE = lazy(
    r"\s*(?:(?:się|też|także|również|już|wkrótce|niedawno|ponownie|znów|znowu|oficjalnie|formalnie|ostatecznie|dziś|dzisiaj|wczoraj|wtedy|potem|wówczas|teraz|tam|więc|jednak"
    r"|do\s+(?:niego|niej|grona\s+\w+|związku(?:\s+miast\s+polskich)?|zmp))(?!\w)\s*)*"
)
_WHICH = lazy(r"\W*ktor(?:y|a|e|zy)\s")
_INTO_WHICH = lazy(r"\W*(?:do|ze?)\s+ktor(?:ego|ej|ych)\s")
_SO_MANY = lazy(
    r"\s*(?:\d+|kilka\w*|dwa|dwie|trzy|cztery|pięć|sześć|siedem|osiem|dziewięć|dziesięć|kolejn\w+|nowe|inne)\s(?:\w+\s){0,2}?(?:miast|gmin|samorząd)\w*(?!\s?[:–-])"
)
"""As in "zgromadzenia, do którego przystąpiło 18 nowych miast": towns that are not named."""
_HUNDREDS = lazy(
    r"\s+(?:(?:sie|do\s+niego|do\s+niej|juz|dotad|dotychczas|lacznie|ponad|blisko|prawie|okolo|az)\s+){0,4}[1-9]\d\d\s+(?:\w+\s+)?(?:miast|gmin|samorzadow)(?!\w)"
)
_A_FEW = lazy(
    r"\s+(?:(?:sie|do\s+niego|do\s+niej|juz|lacznie)\s+){0,3}(?:\d+|kilka\w*)\s+(?:\w+\s+)?(?:miasta?|gminy?|samorzad(?:y|ow))\s*(?:,\s+(?:a|i|ale|zas)\s+(?!wsrod|w\s+tym|miedzy)|[.;!]|$)"
)
"""As in "Przystąpiły 44 miasta, a nagrody odebrały A i B"."""
_ARE_NAMED = lazy(
    r"^\s*(?:[:(]|-\s)|(?<!\w)(?:w\s+tym|m\.\s?in\.|miedzy\s+innymi|wsrod\s+nich|np\.|jak|z\s+czego|ostatnio|na\s+koncu|ostatni\w*)\s"
)
_NEXT = lazy(r"(?P<first>[^\W\d_]{3,})(?:\s+(?P<second>[^\W\d_]{3,}))?")
_NO_SUBJECT = lazy(
    r"(?:szereg|gron|miast|gmin|samorząd|miejscowoś|ośrod|stolic|gród|kurort|uzdrowisk|sąsi|oba|obie|dwa|dwie|trzy|cztery|pię|sześ|siedem|osiem|dziewię|dziesię|kilka|kolejn|nast|wiel|wszystk|pozostał|inn|nasz|t[aeo](?!\w)"
    r"|metropoli|członk|beneficj|partner|jedn|sam[aeoiy]?(?!\w)|nikt|żadn|tylko|jedynie|międz|rok|lat[aoe]?(?!\w)|niespodziewan"
    r"|stycz|lut|mar[cz]|kwie|maj|czerw|lip|sierp|wrze|paźdz|listop|grud|rada|radni|mimo|wbrew|dzięki|wraz|razem|jako|przed|podczas|gdy|kiedy|oraz|lub|ale|lecz|dla|pod|nad|bez|przez|zgodnie|decyzj|uchwał|ówczesn|poprzedn|dawn|burmistrz|prezydent|wójt|włodarz|władz)"
)
"""Beginnings of words that tell a town, who acts for it, more of them, a time or a circumstance."""
_ENDINGS = {"ła": "a", "ło": "oe", "ły": "eyia", "li": "yieo"}
_ADVERBS = ("nie", "wie", "nio", "sto", "mie", "wno")


def has_another_subject(sentence: Sentence, word: Word, clause: Clause) -> bool:
    """Whether right behind a verb in the past, in a clause without a town, stands a subject that agrees with it."""
    if _so_many_of_them(sentence, word):
        return True
    if any(
        t.role in (Role.PLAIN, Role.COUNCIL) and clause.start <= t.start < clause.end for t in sentence.towns
    ) or sentence.has("town_noun", "home", start=clause.start, end=clause.end):
        return False
    surface = sentence.text[word.end - sentence.start : clause.end - sentence.start].casefold()
    beside = _BESIDE.match(surface)
    lead = sentence.slice(clause.start, word.start)
    if _INTO_WHICH.match(lead) and _SO_MANY.match(surface, beside.end() if beside is not None else 0):
        return True
    following = _NEXT.match(surface, beside.end() if beside is not None else 0)
    if following is None:
        return False
    if _WHICH.match(lead):
        return False  # "X, który opuścił szeregi": the pronoun is the subject
    at = word.end + following.start("first")
    if any(body.start <= at < body.end for body in sentence.bodies):
        return False
    verb = sentence.text[word.start - sentence.start : word.end - sentence.start].casefold()
    for candidate in filter(None, (following["first"], following["second"])):
        if _NO_SUBJECT.match(candidate):
            return False
    return _agrees(verb, following["first"])


def _so_many_of_them(sentence: Sentence, word: Word) -> bool:
    """As in "Skoro zapisało się 327 miast, to i X stać": a great number of towns, none of which is named behind it."""
    if _A_FEW.match(sentence.slice(word.end, sentence.end)):
        return True
    if not word.folded.endswith("lo"):
        return False
    counted = _HUNDREDS.match(sentence.slice(word.end, sentence.end))
    return counted is not None and not any(
        t.start > word.end and _ARE_NAMED.search(sentence.slice(word.end + counted.end(), t.start)) is not None
        for t in sentence.towns
    )


_PEOPLE = lazy(
    r"\s+(?:(?:do|ze?)\s+(?:niego|niej|nich)\s+)?(?:(?:tez|takze|rowniez|m\.\s?in\.)\s+)?(?:\d+\s+(?:\w+\s+)?)?(?:przedstawiciel|delega[ct]|ekspert|specjali|nauczyciel|reprezentan|naukow|pracowni|urzednic|mieszkan|studen|uczni|wolontari|harcerz|kolez|koleg|osob|robotni|zolnierz|junak|mlodziez|zalog)\w*"
)


_KIN = lazy(
    r"(?<!\w)(?:dziadek|babcia|ojciec|matka|wujek|brat|siostra|kol\.|kolega|kolezanka|uczen|uczennica)\s+(?:\w+\.?\s+){0,2}$"
)


def people_behind(sentence: Sentence, word: Word) -> bool:
    """Whether people stand right behind a verb, or kin before it: "wejdą do niego przedstawiciele Związku i …"."""
    before = sentence.slice(sentence.start, word.start)
    return _PEOPLE.match(sentence.slice(word.end, sentence.end)) is not None or _KIN.search(before) is not None


_PEOPLE_FROM = lazy(
    r"(?<!\w)(?!rad(?:ni|cy)|burmistrz|prezyden|samorzadow|wlodarz|wojt|przedstawiciel|gospodarz)[a-z]{3,}(?:cy|rze|iele|owie|sci|zy|ni|si)\s+z[e]?\s+$"
)


def people_do(sentence: Sentence, word: Word, clause: Clause) -> bool:
    """Whether people of a town are the subject of a verb: "Nauczyciele z Chojnic wystąpili ze związku"."""
    if not word.folded.endswith("li"):
        return False
    return any(
        clause.start <= t.start < word.start and _PEOPLE_FROM.search(sentence.slice(clause.start, t.start)) is not None
        for t in sentence.towns
    )


def _agrees(verb: str, noun: str) -> bool:
    """Whether a word can be in the nominative, of the gender and number of a verb in the past."""
    if noun.endswith(_ADVERBS):
        return False
    if verb.endswith("ł"):
        return noun.endswith(("y", "i")) or noun[-1] not in "aeiouyąęó"
    return verb[-2:] in _ENDINGS and noun[-1] in _ENDINGS[verb[-2:]]

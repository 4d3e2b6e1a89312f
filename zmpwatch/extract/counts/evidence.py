"""Counts that no known construction states, but whose surroundings leave nothing else for the number to be.

The frames of `countframes` know how members are counted in so many words; a new author finds others. Here a number is
taken by what speaks for it: its size is one that the association has had (`Association.sizes`), members or towns are
what is counted, a predicate of number stands beside it, the body spoken of is ours, and nothing says that it counts
guests, answers, a part, or the towns of a country. Such a count has less confidence than one that was stated outright.
"""

from __future__ import annotations

from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.counts.bare import ENDS, THEN_PEOPLE
from zmpwatch.extract.counts.frames import AFTER_INSTITUTION, COUNTED, counts_others
from zmpwatch.extract.counts.whose import about_ours, likened, of_another_group
from zmpwatch.extract.discourse.voice import speaks_for_it
from zmpwatch.extract.membership.memberwords import of_another
from zmpwatch.extract.structure.reading import Reading
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.numerals import Number

__all__ = ["CONFIDENCE", "evident"]

CONFIDENCE = 0.6

_SPOKEN_OF = 2
"""How many sentences back the members may be named that "ich" goes back to."""

_NEAR_BEFORE, _NEAR_AFTER = 70, 40
"""How far from the number, in characters, a predicate or the thing counted may stand."""

# what can be said of a number of members, in any tense: to be, to amount to, to have, to make up, to grow to
_PREDICATE = lazy(
    r"(?<!\w)(?:jest|sa|byl[aoy]?|bedzie|wynosi\w*|wyniosl\w*|licz\w+|ma|mial[aoy]?|maja|mamy|mielismy|jestesmy|(?:wspol)?tworz\w+"
    r"|skupia\w*|zrzesz\w+|nalez\w+|plac[ai]|placily|sklada\s+sie|oplaca|oplacaja|to|obejm\w+|lacz\w+|siegn(?:al|el[ao])|siega|dosz\w+|stan[aei]\w*|zrobil\w*|zrobi|wzr\w+|uroslo|rosnie"
    r"|znala\w+|zmiesci\w*|weszl\w*|wchodz\w+|lacznie|razem|w\s+sumie|ogolem|bilans\w*|stan|suma|stanelo|mowa|juz"
    r"|are|is|were|was|has|have|had|now|total\w*|stands?|make|makes|reached)(?!\w)"
)
_JOINED_IT = lazy(
    r"(?<!\w)(?:do|w)\s+\"?(?:zwiazku(?:\s+miast\s+polskich)?|zmp|niego|niej|organizacji|stowarzyszenia|naszego\s+grona)\"?\s+(?:\w+\s+){0,2}?(?:zapisal|zapisan|wstapil|przystapil|dolaczyl)\w*",
    *("zapisal", "zapisan", "wstapil", "przystapil", "dolaczyl"),
)
"""As in "do Związku wstąpiło dotąd 319 samorządów"."""
_MEMBERS = lazy(
    r"(?<!\w)(?:czlonk\w*|czlonek|miast\w*|samorzad(?!ow[ci])\w{0,4}|gmin\w{0,3}|osrodk\w{1,3}|zrzeszon\w+|nas|ich|members?|cities|towns)(?!\w)"
)
# "dla 255 samorządów", "art. 320", "nr 345", "o 320": no number of members stands behind these
_NO_SUBJECT = lazy(
    r"(?<!\w)(?:o|na|po|dla|przez|u|nr|art|poz|s|str|tel|ust|pkt|pok|lok|ul|pierwszych|kolejnych|nowych|zl|kwot\w+|plus)\.?\s+$"
)
_OTHER_NOUN_BEFORE = lazy(
    r"(?<!\w)(?:powiatow(?:\s+ziemskich|\s+grodzkich)?|wojewodztw|solectw|osiedli|dzielnic|wsi|mieszkancow|osob|radnych|gmin\s+(?:miejsko-)?(?:wiejskich|miejskich))\s+(?:(?:jest|bylo|mamy|nadal|wciaz|ciagle|teraz|juz|obecnie)\s+){0,3}$"
)
"""As in "Miast jest 964, powiatów nadal 314": the noun stands before its number."""
# "255 miast średniej wielkości", "300 miast powiatowych": a class of towns, not a body
_CLASS_OF_TOWNS = lazy(
    r"\s+(?:srednie\w*|sredniej|duzych|malych|najwiekszych|najmniejszych|powiatowych|polskich\s+(?:srednich|malych|duzych)|liczac\w+|bez|miejsk\w+|wiejsk\w+|tracacych|zagrozonych)(?!\w)"
)

# "ewidencja wykazuje 358 członków", "liczba członków podskoczyła do 366": whatever the verb
_CALLED_MEMBERS = lazy(r"\s*(?:\w+\s+)?(?:czlonk\w+|member)")
_NUMBER_OF = lazy(
    r"(?<!\w)(?:liczb\w+|stan\w*|sklad\w*)\s+(?:jego\s+|naszych\s+)?(?:czlonk\w+|miast|samorzadow|zrzeszonych)(?!\w)"
)
# "spośród członków aż 270 miast ma …": a part of them
_AMONG = lazy(
    r"(?<!\w)(?:sposrod|posrod|wsrod|polow\w+|wiekszosc\w*|czesc\w*|of)\s+(?:\w+\s+){0,2}(?:czlonk\w+|zrzeszonych|miast|members)(?!\w)"
)
_OF_THESE = lazy(r"\s*(?:z\s+nich|of\s+them)\s*(?:[.,;]|$)")
"""As in "z 1 020 miast Związek zbadał 302 z nich": a part."""
# "może będzie nas 310", "gdyby było ich 400"
_ONLY_PERHAPS = lazy(
    r"(?<!\w)(?:moze|chcial\w*|oby|gdyby|jesli|jezeli|kiedys|marz\w+|cel\w*|zamierz\w+|chc\w+|would|could|may|might)(?!\w)"
)
_ANOTHER_VERB = lazy(
    r"(?<!\w)(?!wyn|licz|zrzesz|skup|nalez|grup|jednocz|gromadz|tworz|wspoltworz|laczy|obejm|reprezent|figur|widn|pozosta|zosta|zmiesc|sta[nl]|przyby|by[lc]|ma|je|placi|uros|wzr|dosz|zro|sieg|osiag|zasiad|wchodz|wesz|znajd|znala|zap|wpis|przynal|przystap|wstap|dolacz|mia|liczb|okazuj|pok|wykaz|przek|mamy)"
    r"\w{2,}(?:uje|uja|aja|ala|alo|aly|ila|ilo|ily|yla|ylo|yly|ela|elo|ely)\s+(?:(?:juz|obecnie|dzis|dotad|dotychczas|lacznie|razem|sie|w\s+sumie|az)\s+){0,3}$"
)
"""Right before a number: what towns do that is no membership, "kupuje już 326 samorządów"."""
_THEY_HAVE = lazy(
    r"\s+(?:ma|maja|mialo|mialy|posiada|posiadaja)\s+(?!(?:juz|dzis|obecnie|status|legitymac\w*|czlonkostw\w*|nas|siebie|organizac\w*|zwiazek|zmp|wspoln\w+|jed\w+|silniejsz\w+|wiekszy|glos)(?!\w))[a-z]"
)
"""Right behind what is counted: what towns have is told of them, "390 gmin ma żłobek"."""
_OUR_CIRCLE = lazy(r"(?<!\w)(?:nasz\w+\s+(?:gron|rodzin|zwiaz|szereg|organizac|wspoln)\w+|wsrod\s+nas|z\s+nami)(?!\w)")


_WE_HAVE = lazy(r"(?<!\w)(?:mamy|mielismy|jestesmy)\s+(?:\w+\s+)?$|(?<!\w)bylo\s+(?:juz\s+)?$")
_PEOPLE_CAME = lazy(
    r"(?<!\w)(?:samorzadowcy|delegaci|uczestnicy|goscie|burmistrzowie|prezydenci|wojtowie|urzednicy|eksperci|przedstawiciele)(?!\w)"
)
_LABEL = lazy(r"\W*(?:[^\W\d]+\s+){0,4}[^\W\d]+\s?[-:]\s*")
_OTHERS_LISTED = lazy(
    r"(?<!\w)(?:uczestni|laureat|finalist|sygnatari|beneficj|zgloszen|zgloszon|nagrodzon|wyroznion|ankiet|badani|szkole|konkurs|kongres|konferen|prenumerat)\w*"
)
"""Of whom the total in the next line is told: "Lista laureatów konkursu Związku. Razem: 301 miast"."""


def evident(reading: Reading, sentence: Sentence, number: Number, lead: str, after: str) -> bool:
    """Whether a number that no frame takes counts the members all the same.

    Args:
        reading: the document.
        sentence: the number's sentence.
        number: one of a size that the association has had.
        lead: the folded text before it within its sentence, without a hedge such as "ponad".
        after: the folded text behind it.
    """
    if _NO_SUBJECT.search(lead) or _OTHER_NOUN_BEFORE.search(lead) or counts_others(sentence, lead, after):
        return False
    counted = COUNTED.match(after)
    rest = after[counted.end() :] if counted else after
    if _CLASS_OF_TOWNS.match(rest) or AFTER_INSTITUTION.match(rest):
        return False
    if counted and (_ANOTHER_VERB.search(lead) or _THEY_HAVE.match(rest)):
        return False
    if counted and "czlon" in counted[0] and of_another(sentence, number.end + counted.end()):
        return False
    if (
        _LABEL.fullmatch(lead)
        and sentence.number
        and _OTHERS_LISTED.search(reading.sentences[sentence.number - 1].folded)
    ):
        return False
    clause = lead.rpartition(";")[2]
    if _ONLY_PERHAPS.search(clause) or _AMONG.search(clause):
        return False
    near = clause[-_NEAR_BEFORE:]
    if counted:
        told: object = (
            _PREDICATE.search(near)
            or _JOINED_IT.search(near)
            or _PREDICATE.search(after[counted.end() : _NEAR_AFTER + counted.end()])
            or _CALLED_MEMBERS.match(after)
        )
    else:
        told = (
            ENDS.match(after)
            and not _OF_THESE.match(after)
            and not THEN_PEOPLE.match(after)
            and _of_members(reading, sentence, near)
            and (_PREDICATE.search(near) or _NUMBER_OF.search(near))
        )
    return bool(told) and _of_ours(reading, sentence, number)


def _of_members(reading: Reading, sentence: Sentence, near: str) -> bool:
    """Whether members or towns are counted: those named before the number, or those that "ich" goes back to."""
    named = _MEMBERS.search(near)
    if named is None and _WE_HAVE.search(near) and speaks_for_it(reading, sentence):
        earlier = reading.before(sentence, _SPOKEN_OF)
        return any(found[0] != "ich" for s in earlier for found in _MEMBERS.finditer(s.folded))
    if named is None or named[0] != "ich":
        return named is not None
    if any(found[0] != "ich" for found in _MEMBERS.finditer(near)):
        return True
    before = reading.before(sentence, _SPOKEN_OF)
    if before and _PEOPLE_CAME.search(before[-1].folded):
        return False
    return any(
        earlier.bodies and any(found[0] != "ich" for found in _MEMBERS.finditer(earlier.folded)) for earlier in before
    )


def _of_ours(reading: Reading, sentence: Sentence, number: Number) -> bool:
    """Whether the body spoken of is the association: by the words around, or because a text knows no other."""
    if of_another_group(reading, sentence, number):
        return False
    if about_ours(reading, sentence, number, weak=False, far=True):
        return True
    kinds = {body.kind for body in reading.bodies}
    if BodyKind.OURS not in kinds or any(
        body.kind is BodyKind.OTHER or likened(sentence, body) for body in sentence.bodies
    ):
        return False
    return BodyKind.OTHER not in kinds or _OUR_CIRCLE.search(sentence.folded) is not None

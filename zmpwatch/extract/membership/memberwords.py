"""Of what somebody is a member, by what follows the word: "członkiem klubu …", "członkiem Nowej Hanzy"."""

from __future__ import annotations

from zmpwatch.extract.bodies.finding import Body
from zmpwatch.extract.steps.leading import leads_into
from zmpwatch.extract.structure.clause import Clause
from zmpwatch.extract.structure.sentences import Sentence, Word
from zmpwatch.extract.words.lazy import lazy

__all__ = ["OF_OTHERS", "belongs_elsewhere", "goes_elsewhere", "into_a_part", "of_another", "of_another_circle"]

OF_OTHERS = lazy(
    r"(?<!\w)(?:lis[ct]|wykaz|rejestr|gron|spis|wsrod)\w*\s+(?:\w+\s+)?(?:(?:s|wy)kreslon|usuniet|wykluczon|dawnych|bylych|dluzni|zalegaj|oczekuj|kandydat|niezrzeszon)\w*"
)
"""A list of those who left, owe or wait."""
_OF_A_PART = lazy(
    r"\s+(?:zalozyciel\w+\s+)?(?:of\s+(?:the\s+)?|we?\s+)?(?:[\w-]+(?:ym|im|ego|ej|ych|ich)\s+){0,2}?(?:zarzad|komisj|rad[ayz](?!\w)|radzie|komitet|prezydium|wladz|jury|kapitul|zespol|honorow|wspieraj|rodziny"
    r"|ochotnicz|klub|wspolnot\w+\s+(?:lokaln|mieszka|szkoln|rodzic)|siec|sojusz|koalicj|partnerst|konwent|forum|grupy|lig[ai](?!\w)|spoldzieln|spolki|konsorcj|partner|przyjaci|gosci|sojusznik|delegac|delegat(?:ion|ional)|team|group|project|programme|partnership|sympatyk|krytyk|czytelnik|beneficjent|laureat|lider|finalist|uczestni|wspolpracown|stalych\s+bywal|board|committee|network)"
)
"""A part or an organ of a body, or a circle of another kind."""
_HONORARY = lazy(r"(?<!\w)(?:honorow|wspierajac)\w{1,4}\s+\w+$")
_NAME = lazy(r"\s+(?:of\s+(?:the\s+)?)?(?P<name>[A-ZŁŚŻŹĆÓĄĘŃ])")
_TO = lazy(r"(?<!\w)do(?=\s[^,;:()]{1,90}$)")
_TO_WHICH = lazy(r"\W*do\s+ktor(?:ego|ej)(?!\w)")
_TO_WHAT = lazy(
    r"(?<!\w)do\s+(?!(?:dzis|konca|teraz|chwili|niedawn|dnia|roku|tej|tego|niej|niego|ktor|stycz|lut|mar[cz]|kwie|maja|czerw|lip|sierp|wrze|pazdz|listop|grud)\w*)[a-z]"
)
_WHERE_IT = lazy(r"(?:miast|gmin|samorzadow|osrodkow),\s+(?:w|we|do|z|od|dla|przez|na|o)\s+ktorych\s+\"?$")
"""As in "należy do miast, w których Związek prowadzi pilotaż": there the association does something."""
_NUMBER = lazy(r"[IVX]+(?!\w)")
_INTO_A_PART = lazy(
    r"(?<!\w)(?:do|w\s+sklad)\s+(?:\w+\s+){0,2}?(?:zespo|komisj|rad[yz](?!\w)|komitet|prezydium|wladz|kapitul|jury|grupy|klub|siec|program|projekt|konkurs|partnerstw|koalicj|klast|szkol|akademi|pilotaz)\w*"
)
_CIRCLE = lazy(
    r"(?<!\w)(?:partnerstw(?!\w*\s+miast)|grup(?:a|y|ie|e)(?!\w)|klast(?:er|r)|konsorcj|siec(?!\w)|sieci(?!\w)|koalicj|komite|kapitul|zespo[lo]|sojusz|klub|konwen|spolk|spoldzieln"
    r"|rad[ayze]{1,2}\s+(?:program|partner|nadzor|ekspert|fundacj)|lokaln\w+\s+grup|porozumieni|forum(?!\w)|jury(?!\w)|komisj)\w*"
)
"""A circle of another kind that has members of its own."""
_ITS_NAME_NEXT = lazy(r"\s+(?:(?:tego|tej|naszego|naszej|[a-z]{3,}(?:ego|ej|ym|im|ych))\s+){0,3}(?:w\s+)?\"?")


def of_another(sentence: Sentence, end: int) -> bool:
    """Whether a word for a member that ends at an offset goes on to something that is not the association.

    That is an honour, a part of it, a circle of another kind, or a name in capitals where neither a known body nor a
    municipality is named.
    """
    if _HONORARY.search(sentence.slice(max(sentence.start, end - 40), end)):
        return True
    if _OF_A_PART.match(sentence.slice(end, min(sentence.end, end + 90))):
        return True
    surface = sentence.text[end - sentence.start :]
    named = _NAME.match(surface)
    if named is None or _NUMBER.match(surface, named.start("name")):
        return False
    place = end + named.start("name")
    return not any(b.start <= place < b.end for b in sentence.bodies) and not any(
        t.start <= place < t.end for t in sentence.towns
    )


def into_a_part(lead: str) -> bool:
    """Whether what leads to a verb of taking in tells another goal: "do zespołu Związku przyjęto"."""
    return _INTO_A_PART.search(lead) is not None


def of_another_circle(sentence: Sentence, word: Word, before: Sentence | None) -> bool:
    """Whether a word for members, with no body behind it, is of a circle: "Liderem grupy jest A, członkami B".

    Args:
        sentence: the sentence.
        word: the word for members in it.
        before: the sentence before it in the same paragraph, if there is one.
    """
    if any(
        b.start >= word.end and _ITS_NAME_NEXT.fullmatch(sentence.slice(word.end, b.start)) for b in sentence.bodies
    ):
        return False
    nearer = max((b.end for b in sentence.bodies if b.end <= word.start), default=sentence.start)
    if _CIRCLE.search(sentence.slice(nearer, word.start)):
        return True
    if before is None or nearer > sentence.start or not word.folded.startswith(("czlonkami", "czlonkowie")):
        return False
    return (
        _CIRCLE.search(before.slice(max((b.end for b in before.bodies), default=before.start), before.end)) is not None
    )


def goes_elsewhere(sentence: Sentence, body: Body) -> bool:
    """Whether "do" before a mention leads to something of the association's: "do Systemu Analiz Związku należy …"."""
    ends = [match.end() for match in _TO.finditer(sentence.slice(sentence.start, body.start))]
    return bool(ends) and of_another(sentence, sentence.start + ends[-1])


def belongs_elsewhere(sentence: Sentence, body: Body, clause: Clause) -> bool:
    """Whether what is belonged to stands behind a "do" of its own: "należy zdaniem Związku do miast zagrożonych"."""
    if goes_elsewhere(sentence, body):
        return True
    if _TO_WHICH.match(sentence.slice(clause.start, clause.end)) and body.end <= clause.start:
        return False
    lead = sentence.slice(max(sentence.start, body.start - 120), body.start)
    if _WHERE_IT.search(lead):
        return True
    if leads_into(lead) or lead.rstrip(' "').endswith((" w", " we")):
        return False
    return any(
        not any(b.start <= clause.start + match.end() <= b.end for b in sentence.bodies)
        for match in _TO_WHAT.finditer(sentence.slice(clause.start, clause.end))
    )

"""Imperfective verbs and participles that tell a step as done: "kiedy rada podejmowała uchwałę", "wstępując".

By itself such a form tells what somebody was about to do, or did now and then ("występował o zgodę", "podejmowała
temat"). Behind a conjunction of time it takes the step for known, and a participle happens when the past verb beside it
does.
"""

from __future__ import annotations

from zmpwatch.extract.words.lazy import lazy

__all__ = ["DONE_WHEN", "WHEN_OTHERS_DID", "is_done_then"]

DONE_WHEN = {"joining": "join_past", "leaving": "leave_past", "admitting": "admit_verb", "deciding": "decide"}
"""The classes of the lexicon for such forms, and the class of what was done where one tells it as done."""
_WHEN = lazy(
    r"(?<!\w)(?:gdy|kiedy|odkad|w\s+(?:chwili|momencie|czasie|dniu|roku),?\s+(?:gdy|kiedy|w\s+ktorym))(?!\w)"
    r"(?:(?!\snie\s|\sbed\w+\s|\sbyl[aoy]?by\s)[^;:!?,]|,(?=\d)){0,90}$"
)
WHEN_OTHERS_DID = lazy(
    r"\W*(?:gdy|kiedy|odkad)\s+(?:[\w-]+\s+){0,3}?(?:miasta|gminy|samorzady|osrodki|rady)(?!\w)",
    *("gdy", "kiedy", "odkad"),
)
"""A clause on towns that it doesn't name: those of the main clause are others."""
_ALWAYS = lazy(r"(?<!\w)(?:zawsze|ilekroc|kazd\w{1,3}\s+raz\w*|czesto|zwykle|dopiero)\W*$")
_NOW_OR_THEN = lazy(
    r"(?<!\w)(?:bed(?:e|zie|a|ziemy)|zosta(?:nie|na)|chce|chca|chcemy|planuj\w+|zamierz\w+|moze|moga|powinn\w+|nalezy|trzeba|warto|\w+l[aoiy]?by)(?!\w)"
)
_PAST = lazy(
    r"(?<!\w)(?!(?:zas|rol|hal|skal|sal|strzal|stal|kapital|udzial|wydzial|dzial|material|podzial|oddzial|artykul|tytul|rygl|szkol|gmol|kol|pol|woko)[aoiyu]?(?!\w))"
    r"\w{2,}(?:l|la|lo|ly|li|lismy|lysmy|no|to)(?!\w)"
)


def is_done_then(sentence: str, start: int, end: int) -> bool:
    """Whether a form of these classes tells a step as done.

    Args:
        sentence: the folded sentence.
        start: where the form begins in it.
        end: where the form ends.
    """
    if sentence.startswith("ac", end - 2):
        rest = f"{sentence[:start]} {sentence[end:]}"
        return _PAST.search(rest) is not None and _NOW_OR_THEN.search(rest) is None
    when = _WHEN.search(sentence, 0, start)
    return when is not None and _ALWAYS.search(sentence, 0, when.start()) is None

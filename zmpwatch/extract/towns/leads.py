"""What stands before a name and tells what it is the name of: a street, a title, a council, an office, a place."""

from __future__ import annotations

import re
from functools import lru_cache

from zmpwatch.extract.words.lazy import lazy

__all__ = [
    "ABROAD",
    "AT_A_SESSION",
    "COUNCIL",
    "COUNCIL_BEFORE",
    "NO_NAME_BEFORE",
    "OFFICIAL",
    "OFFICIAL_BEFORE",
    "PERSON_BEFORE",
    "PLACE",
    "PLACE_BEFORE",
    "POWIAT",
    "POWIAT_BEFORE",
    "STREET",
    "TITLE",
    "TITLE_BEFORE",
    "WATER",
    "kinds_before",
    "of_council",
    "sat_there",
]

STREET = lazy(
    r"(?:(?<!\w)(?:ul|al|pl|os|im|rondo|ulic\w|plac(?:u|em|owi|e)?|alej\w|osiedl\w{1,3})\.?|(?<!\w)dr)\s*$|(?<!\w)sw\.?[^\S\n]*$"
)
WATER = lazy(
    r"(?<!\w)(?:nad|rzek\w{1,3}|ujsci\w{1,2}|dolin\w{1,3}|dorzecz\w{1,3}|zlewni\w{0,3}|nurt\w{0,3}|koryt\w{1,3}"
    r"|bulwar\w{0,4}|brzeg\w{0,3}|zakol\w{1,3}|doplyw\w{0,4}|wod[ya]\w{0,3}|jezior\w{1,3}|zalew\w{0,3})[^\S\n]{1,3}$"
)
"""What stands before the name of a river or a lake: "nad Wisłą", "ujście Warty"."""
TITLE = lazy(
    r"(?<!\w)(?P<title>(?:miast\w{0,2}\s+i\s+gmin\w{0,3}|gmin\w{0,3}\s+i\s+miast\w{0,2}|gmin\w{0,3}\s*-?\s*miast\w{0,2}|gmin\w{0,3}\s+miejsk\w{1,4}|gmin\w{0,3}\s+miejsko-wiejsk\w{1,3}"
    r"|gmin\w{0,3}\s+wiejsk\w{1,3}|gmin(?:a|y|ie|e|o)?|miast(?:o|a|u|em)|miescie|grod\w{1,3}|m\.|gm\.|um|ug|umig))\s{1,3}$"
)
COUNCIL = lazy(
    r"(?<!\w)(?:rad(?:a|y|zie|e)|radn\w{1,3}|sesj\w{1,3}|urz[ea]d\w{0,4}|magistrat\w{0,3}|ratusz\w{0,3}|samorzad\w{0,3})\s+"
    r"(?:(?:miejsk\w{1,4}|miast\w{0,2}|gmin\w{0,2}|miast\w{0,2}\s+i\s+gmin\w{0,2}|gmin\w{0,2}\s+i\s+miast\w{0,2}|miejsk\w{1,3}\s+gmin\w)\s+)?(?:w[e]?\s+)?$"
    r"|(?<!\w)council(?:lors|ors)?\s+(?:of|in)\s+(?:the\s+(?:town|city)\s+of\s+)?$"
)
_COUNCIL_BEHIND = lazy(r"(?:'s)?\s+(?:(?:town|city|municipal)\s+)?council(?:lors|ors)?(?!\w)")
"""As in "the Mława town council"."""
AT_A_SESSION = lazy(r"(?<!\w)(?:po|na|podczas|w\s+trakcie|przed)\s+(?:[\w-]+\s+){0,2}sesj\w{1,3}\s+$")
OFFICIAL = lazy(
    r"(?<!\w)(?:wice|za(?:ste)pc\w{1,3}\s+)?(?:burmistrz\w{0,4}|prezydent\w{0,4}|wojt\w{0,4}|wlodarz\w{0,4}|starost\w{0,3}|mieszka(?:niec|nc\w{1,4})|wladz\w{0,4}|skarbni\w{1,4}"
    r"|sekretarz\w{0,3}|rzeczni\w{1,5}|zastepc\w{1,3}|przedstawiciel\w{0,4}|mayor|delegat\w{0,4})\s+(?:(?:miast\w{0,2}(?:\s+i\s+gmin\w)?|gmin\w{0,2}|of)\s+)?$"
)
PLACE = lazy(
    r"(?<!\w)(?:w[e]?|pod|kolo|okolic\w{1,3}|z\s+siedziba\s+w|siedzib\w{1,3}\s+w|in|near|do\s+biura\s+w)\s{1,3}$"
)
ABROAD = lazy(r"(?<!\w)(?:czesk|niemieck|ukrainsk|slowack|bialorusk|litewsk)\w{1,4}\s+$")
POWIAT = lazy(
    r"(?<!\w)(?:powia[tc]\w{0,3}|parafi\w{1,3}|nadlesnictw\w{1,3}|szpital\w{0,3}|stacj\w{1,3}|lks|mks|ks|klub\w{0,3}|festiwal\w{0,3}|konferencj\w{1,3}\s+w|obreb\w{0,3})\s+(?:w[e]?\s+)?$"
)
_LAST_WORDS = tuple(
    re.compile(words)
    for words in (
        (
            r"nad|rzek\w{1,3}|ujsci\w{1,2}|dolin\w{1,3}|dorzecz\w{1,3}|zlewni\w{0,3}|nurt\w{0,3}|koryt\w{1,3}"
            r"|bulwar\w{0,4}|brzeg\w{0,3}|zakol\w{1,3}|doplyw\w{0,4}|wod[ya]\w{0,3}|jezior\w{1,3}|zalew\w{0,3}"
            r"|ul|al|pl|os|im|rondo|ulic\w|plac(?:u|em|owi|e)?|alej\w|osiedl\w{1,3}|sw|dr"
            r"|(?:czesk|niemieck|ukrainsk|slowack|bialorusk|litewsk)\w{1,4}"
        ),
        (
            r"we?|powia[tc]\w{0,3}|parafi\w{1,3}|nadlesnictw\w{1,3}|szpital\w{0,3}|stacj\w{1,3}|lks|mks|ks|klub\w{0,3}|festiwal\w{0,3}|obreb\w{0,3}"
        ),
        r"gmin\w{0,3}(?:miast\w{0,2})?|miast\w{0,2}|miejsk\w{1,4}|wiejsk\w{1,3}|miescie|grod\w{1,3}|m|gm|um|ug|umig",
        (
            r"rad(?:a|y|zie|e)|radn\w{1,3}|sesj\w{1,3}|urz[ea]d\w{0,4}|magistrat\w{0,3}|ratusz\w{0,3}|samorzad\w{0,3}|miejsk\w{1,4}|miast\w{0,2}|gmin\w{0,2}|we?"
            r"|council(?:lors|ors)?|of|in|the"
        ),
        (
            r"(?:wice)?(?:burmistrz\w{0,4}|prezydent\w{0,4}|wojt\w{0,4}|wlodarz\w{0,4}|starost\w{0,3}|mieszka(?:niec|nc\w{1,4})|wladz\w{0,4}|skarbni\w{1,4}"
            r"|sekretarz\w{0,3}|rzeczni\w{1,5}|zastepc\w{1,3}|przedstawiciel\w{0,4}|mayor|delegat\w{0,4})|miast\w{0,2}|gmin\w{0,2}|of"
        ),
        r"we?|pod|kolo|okolic\w{1,3}|in|near",
        (
            r"radni|(?:wice)?przewodniczac[ya]|posel|poslanka|senator|dyrektor(?:ka)?|(?:wice)?prezes|pani?|mecenas"
            r"|redaktor|marszalek|wojewoda|minister|profesor|doktor"
        ),
    )
)
NO_NAME_BEFORE, POWIAT_BEFORE, TITLE_BEFORE, COUNCIL_BEFORE = 1, 2, 4, 8
OFFICIAL_BEFORE, PLACE_BEFORE, PERSON_BEFORE = 16, 32, 64


def kinds_before(lead: str) -> int:
    """Which of the patterns for what stands before a name may fit, by the last word of it."""
    words = lead.rstrip()[-_LONGEST_LAST:]
    end = len(words) - words.endswith(".")
    start = end
    while start > 0 and (words[start - 1].isalnum() or words[start - 1] == "_"):
        start -= 1
    return _kinds_of_last(words[start:end]) if start < end else 0


_LONGEST_LAST = 28


@lru_cache(maxsize=16_384)
def _kinds_of_last(word: str) -> int:
    return sum(1 << kind for kind, words in enumerate(_LAST_WORDS) if words.fullmatch(word) is not None)


def of_council(before: str, kinds: int, folded: str, end: int) -> bool:
    """Whether a name that ends at `end` is a council's, by what stands before it, of these kinds, and behind it."""
    return bool(
        (kinds & COUNCIL_BEFORE and COUNCIL.search(before))
        or (folded.startswith(_MAY_BE_COUNCIL, end) and _COUNCIL_BEHIND.match(folded, end))
    )


_MAY_BE_COUNCIL = ("'s", " council", " town", " city", " municipal", "\ncouncil", "\ntown", "\ncity", "\nmunicipal")
"""What a council behind a name begins with: "Lubin's council", "Lubin town council"."""


_THAT_DAY = lazy(r",\s(?:dnia\s)?\d{1,2}(?:[.\s_]|\s[a-z]{3})")
_SITTING = lazy(r"(?<!\w)(?:zarzad|zgromadzeni|prezydium)\w*[^.()\n]{0,40}\($")


def sat_there(folded: str, start: int, end: int) -> bool:
    """As in "na posiedzeniu Zarządu (Wrocław, 16.02.2018 r.)"; a council's session is where its town is."""
    return (
        folded.startswith("(", start - 1)
        and _THAT_DAY.match(folded, end) is not None
        and _SITTING.search(folded, max(0, start - 60), start) is not None
    )

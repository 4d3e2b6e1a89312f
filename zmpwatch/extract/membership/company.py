"""Members named beside who was told of: whom a town joined, and who else is there.

As in "Tym samym X dołączył do Y, członka z długim stażem", "Proszę zobaczyć, kto tam jest: A, B, a obok my".
"""

from __future__ import annotations

from collections.abc import Iterator

from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.discourse.topic import Discourse
from zmpwatch.extract.structure.clause import clause_at
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.towns.finding import Role, Town
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.signs import signs_of

__all__ = ["A_GATHERING", "NEEDS", "SAME_STANDING", "SENIORITY", "members_beside"]

_A_MEMBER = lazy(
    r",\s+(?:(?:wielolet|dlugolet|aktywn|wczesniejsz)\w*\s+)?czlonk(?:a|ini|ow)\s+(?:(?:zwiazku|organizacji|zmp|stowarzyszenia)(?!\w)|od\s+(?:\d|lat|dawna|poczatku)|ze?\s+(?:[\w-]+\s+){0,3}?(?:staz|doswiadczeni)\w+)",
    "czlonka",
    "czlonkini",
    "czlonkow",
)
_TO_WHOM = lazy(r"\s+(?:[\w-]+\s+){0,2}?do\s+(?:(?:sasiedni|pobliski)\w+\s+)?")
_WHO_IS_THERE = lazy(
    r"(?<!\w)(?:kto|kogo|ilu\s+nas|ilu\s+ich|jakie\s+miasta|ktore\s+miasta)\s+(?:\w+\s+){0,2}?(?:tam|w\s+nim|z\s+nami|wsrod\s+nas)\s+(?:\w+\s+)?(?:jest|sa|nie\s+ma|nalezy|naleza)\s?[:?]\s+(?:i\s+)?"
    r"|(?:^|[.!;:-]\s)\W*(?:sa|jest)\s+(?:tam|w\s+nim|z\s+nami|wsrod\s+nas)\s+(?:(?:i|tez|takze|rowniez|m\.\s?in\.|miedzy\s+innymi)\s+){0,2}",
    *("=tam", "=nim", "=nami", "=nas"),
)
_WITH_OTHERS = lazy(
    r"(?<!\w)(?:wspolnie|razem|wraz|obok|podobnie\s+jak|jak|wsrod)\s+(?:ze?\s+)?(?:innymi|inne|innych|pozostalymi|pozostale|pozostalych|reszta)\s+(?:miast|samorzad|gmin|czlonk)\w*\s+(?:(?:ze?|zrzeszon\w+\s+w|nalezac\w+\s+do|skupion\w+\s+w)\s+)?\"?(?P<body>)",
    *("=innymi", "=inne", "=innych", "=pozostalymi", "=pozostale", "=pozostalych", "=reszta"),
)
"""As in "A i B wspólnie z innymi miastami ze Związku": who has others beside it is one itself."""
_SO_MANY = lazy(
    r"\s?[-:,]\s?(?:tyle|tyle\s+wlasnie|te|takie)\s+(?:(?:dwa|trzy|cztery)\s+)?(?:miast|miasta|gminy|samorzady)\s+(?:\w+\s+){0,2}?(?:zrzesza|skupia|nalez\w+\s+do|jest\s+w|sa\s+w)\s+\"?(?P<body>)",
    *("zrzesza", "skupia", "nalez", "=jest", "=sa"),
)
_COSTS = lazy(
    r"(?<!\w)czlonkostwo\s+w\s+\"?(?:zwiazku(?:\s+miast\s+polskich)?|zmp|stowarzyszeniu|organizacji)\"?\s+kosztuje\s+(?:(?:rocznie|co\s+roku|miasto|gmine|mieszkancow)\s+){0,2}(?P<who>)",
    "kosztuje",
)
_AMONG_THEM = lazy(
    r"(?:^|[.;:]\s)\W*(?:wsrod|posrod|sposrod)\s+(?:wszystkich\s+)?(?:(?:ponad|blisko|okolo|prawie|niemal|przeszlo)\s+)?(?:\d{2,4}\s+)?"
    r"(?:(?:miast|samorzadow|gmin|osrodkow)(?:\s+(?:zrzeszonych|skupionych|stowarzyszonych|nalezacych|czlonkowskich)|,\s+ktore\s+(?:dzis\s+|obecnie\s+)?(?:naleza|sa\s+zrzeszone|sa|(?:wspol)?tworza))|(?:zrzeszonych|skupionych|stowarzyszonych)|czlonkow)"
    r"\s+(?:(?:we?|do|dzis|dzisiaj|obecnie|teraz)\s+){0,2}\"?(?P<body>)",
    *("=wsrod", "=posrod", "=sposrod"),
)
_THERE_IS = lazy(
    r"\"?(?:\s+(?:samorzadow|miast|gmin))?(?:,\s[^.;:]{3,90},|,)?\s+(?:sa|jest|byl[aoy]?|znalaz\w+\s+sie|znajduj\w+\s+sie|jest\s+i|nie\s+zabraklo|nie\s+brakuje)\s+(?:(?:i|tez|takze|rowniez|m\.\s?in\.|miedzy\s+innymi|nasz[aey]?|sasiedni\w+|pobliski\w+)\s+){0,3}"
)
"""As in "Wśród samorządów zrzeszonych w Związku, które wysłały delegatów, znalazła się gmina A"."""
_TILL = lazy(r"\s+(?:az\s+)?(?:od\s+[^,;]{3,34}\s)?do\s+(?:konca\s+)?(?:roku\s+|\d{1,2}\s+\w+\s+)?(?:19|20)\d\d(?!\d)")
"""Behind the towns: "wśród członków był A do 2011 roku"."""
SENIORITY = lazy(
    r"(?<!\w)(?:\w+(?:dziesto|nasto|kilku|wielo)let|wielolet|dlugolet|dlug|spor|najdluz|kilkunastolet|kilkudziesieciolet|niemal|niekrotk|\d\d-let)\w*\s+staz\w*(?:\s+czlonkowsk\w+)?",
    "staz",
)
_HAVE = lazy(
    r"(?<!\w)(?<!\bnie\s)(?:ma|maja|posiada|posiadaja|legitymuj\w+\s+sie|szczyc\w+\s+sie|moze\s+sie\s+pochwalic|moga\s+sie\s+pochwalic)(?!\w)"
)
"""As in "A ma w Związku wieloletni staż członkowski"."""
_IN_IT = lazy(r"(?<!\w)(?:we?|(?:wsrod|w\s+gronie|w\s+szeregach)\s+czlonkow)\s+\"?$")
_ONE_OF_ITS_BODIES = lazy(r"\s+(?:zarzad|komisj|biur|rad[yz](?!\w)|prezydium|wladz|zespol)")
"""Behind the association's name: it is only the part that somebody has been in for long."""
_SOMEBODY_WITH_IT = lazy(r"(?<!\w)ze?\s+(?:\w+\s+)?$")
"""Before the words: "A ma nowego wiceburmistrza z wieloletnim stażem w Związku"."""
_ANOTHER_STANDING = lazy(
    r"(?:,|\s(?:i|oraz|a|ale)(?!\w))[^.;]{0,40}?(?<!\w)(?:jest|sa|ma|maja|posiada\w*|uzyska\w+|nosi|szczyc\w+)(?!\w)"
)
"""Behind the association: "należy do Związku i jest gminą uzdrowiskową", so that the status may be this one."""
SAME_STANDING = lazy(
    r"(?<!\w)(?:taki|taki\s+sam|ten\s+sam|ten|identyczny|podobny)\s+status\s+(?:ma|maja|posiada|posiadaja)(?!\w)",
    "=status",
)
A_GATHERING = lazy(
    r"(?<!\w)(?:zjazd|kongres|konferencj|zgromadzeni|spotkani|posiedzeni|konkurs|final|gal[ai]|wynik|zwyci|nagr|laureat|warsztat|szkoleni|zarzad|komisj|targ)\w*"
)
_NEAR = 3

NEEDS = signs_of(_A_MEMBER, _WHO_IS_THERE, _WITH_OTHERS, _SO_MANY, _COSTS, _AMONG_THEM, SENIORITY, SAME_STANDING)
"""Without these signs a sentence names nobody so."""


def members_beside(sentence: Sentence, discourse: Discourse) -> Iterator[tuple[list[Town], int]]:
    """The towns that a sentence names as members in passing, each group with the place that tells it."""
    if _A_MEMBER.search(sentence.folded) is not None:
        yield from _joined(sentence, discourse)
    yield from _beside_others(sentence, discourse)
    yield from _paying(sentence, discourse)
    yield from _among_them(sentence, discourse)
    yield from _with_seniority(sentence)
    yield from _likewise_members(sentence, discourse)
    there = _WHO_IS_THERE.search(sentence.folded)
    if there is None or not _belonging_before(sentence, discourse):
        return
    place = sentence.start + there.end()
    towns = [t for t in discourse.rows.enumerated(sentence, place) if t.nominative]
    if towns and towns[0].start - place <= _NEAR:
        yield towns, place


def _joined(sentence: Sentence, discourse: Discourse) -> Iterator[tuple[list[Town], int]]:
    """Whom a town joined by becoming a member like them."""
    for word in sentence.all("join_past"):
        first = next((t for t in sentence.towns if t.start >= word.end and t.genitive and t.role == Role.PLAIN), None)
        if first is None or _TO_WHOM.fullmatch(sentence.slice(word.end, first.start)) is None:
            continue
        row = [t for t in discourse.rows.tail(sentence, [first]) if t.start >= first.start]
        told = _A_MEMBER.match(sentence.folded, row[-1].end - sentence.start)
        named = [b for b in sentence.bodies if b.start >= row[-1].end]
        ours = named[0].kind is BodyKind.OURS if named else discourse.topic(sentence, word.start) is BodyKind.OURS
        if told is not None and ours:
            yield row, row[-1].end


def _beside_others(sentence: Sentence, discourse: Discourse) -> Iterator[tuple[list[Town], int]]:
    """Who does something with "other towns of the association", and whom a sentence sums up as "so many towns"."""
    for pattern in (_WITH_OTHERS, _SO_MANY):
        told = pattern.search(sentence.folded)
        place = sentence.start + told.start("body") if told is not None else -1
        if told is None or not any(b.kind is BodyKind.OURS and b.start == place for b in sentence.bodies):
            continue
        start = sentence.start + told.start()
        before = [t for t in sentence.towns if t.role == Role.PLAIN and t.nominative and t.end <= start]
        if before and (pattern is _WITH_OTHERS or before[-1].end == start) and "?" not in sentence.text:
            yield discourse.rows.tail(sentence, before[-1:]), start


def _paying(sentence: Sentence, discourse: Discourse) -> Iterator[tuple[list[Town], int]]:
    """As in "Członkostwo w Związku kosztuje X 6 tys. zł rocznie": who pays for being a member is one."""
    told = _COSTS.search(sentence.folded)
    if told is None or discourse.topic(sentence, sentence.start + told.end()) is not BodyKind.OURS:
        return
    who = [t for t in sentence.towns if t.role == Role.PLAIN and t.start == sentence.start + told.start("who")]
    yield from [(who, sentence.start + told.start())] if who and "?" not in sentence.text else ()


def _among_them(sentence: Sentence, discourse: Discourse) -> Iterator[tuple[list[Town], int]]:
    """Who is said to be among the members: "Wśród miast zrzeszonych w Związku są A i B"."""
    told = _AMONG_THEM.search(sentence.folded)
    place = sentence.start + told.start("body") if told is not None else -1
    body = next((b for b in sentence.bodies if b.kind is BodyKind.OURS and b.start == place), None)
    there = _THERE_IS.match(sentence.slice(body.end, sentence.end)) if body is not None else None
    if body is None or there is None or "?" in sentence.text or sentence.has("leave_past", "cease"):
        return
    start = body.end + there.end()
    row = [t for t in discourse.rows.enumerated(sentence, start) if t.role == Role.PLAIN]
    ended = row and _TILL.match(sentence.slice(row[-1].end, sentence.end)) is not None
    if row and not ended and row[0].start <= start < row[0].end:
        yield row, start


def _with_seniority(sentence: Sentence) -> Iterator[tuple[list[Town], int]]:
    """Who has been one for long: "Długi staż w Związku mają A i B"."""
    told = SENIORITY.search(sentence.folded)
    if told is None or _HAVE.search(sentence.folded) is None or "?" in sentence.text:
        return
    start = sentence.start + told.start()
    if sentence.has("not", "leave_past", "cease") or _SOMEBODY_WITH_IT.search(sentence.slice(sentence.start, start)):
        return
    clause = clause_at(sentence, start)
    inside = any(
        b.kind is BodyKind.OURS
        and _IN_IT.search(sentence.slice(sentence.start, b.start))
        and _ONE_OF_ITS_BODIES.match(sentence.slice(b.end, b.end + 20)) is None
        for b in sentence.bodies
    )
    towns = [t for t in sentence.towns if t.role == Role.PLAIN and t.nominative and t.start >= clause.start]
    others = any(b.kind is BodyKind.OTHER for b in sentence.bodies)
    if inside and not others and towns and len(towns) == len(sentence.towns):
        yield towns, start


def _likewise_members(sentence: Sentence, discourse: Discourse) -> Iterator[tuple[list[Town], int]]:
    """Who is what those just told of are: "Do Związku należy A. Taki sam status mają B i C"."""
    told = SAME_STANDING.search(sentence.folded)
    if told is None or sentence.has("not") or "?" in sentence.text or not _belonging_before(sentence, discourse):
        return
    towns = [t for t in sentence.towns if t.role == Role.PLAIN and t.nominative]
    before = discourse.just_before(sentence)
    if before is None or before.has("not"):
        return
    last = max((b.end for b in before.bodies), default=before.start)
    if towns and not sentence.bodies and not _ANOTHER_STANDING.search(before.slice(last, before.end)):
        yield discourse.rows.tail(sentence, towns[:1]), sentence.start + told.start()


def _belonging_before(sentence: Sentence, discourse: Discourse) -> bool:
    """Whether "there" is the association: a membership was told just before, and no gathering."""
    if any(b.kind is BodyKind.OTHER for b in sentence.bodies) or A_GATHERING.search(sentence.folded):
        return False
    before = discourse.just_before(sentence)
    if before is None or A_GATHERING.search(before.folded) or any(t.role == Role.PLACE for t in before.towns):
        return False
    named = [b.kind for b in before.bodies if b.kind is not BodyKind.GENERIC]
    return bool(named) and named[-1] is BodyKind.OURS and before.has("belong", "is", "member_word")

"""Numbers of members that are worded in other ways, in the words that frames of counts go by.

"Jego liczebność szacuje się na 355 miast" is read as "liczba członków … wynosi", and "321 miast, z których składa się
Związek" as "321 miast zrzeszonych w"; offsets stay true.
"""

from __future__ import annotations

from collections.abc import Iterator, Set

from zmpwatch.extract.uniform.wordings import found
from zmpwatch.extract.words.lazy import lazy

__all__ = ["plain_counts"]

_BODY = r"\"?(?:zwiazku|zmp(?!\w)|(?:tej\s)?organizacji|(?:tego\s)?stowarzyszenia|tego\szwiazku)"
_SIZE_OF_IT = lazy(rf"liczebnosc(?<!\w.{{10}})(?=\s{_BODY})", "liczebnosc")
_ESTIMATED = lazy(
    r"(?:liczebnosc|liczb[ae]\sczlonkow)(?=\W)[^.;:]{3,70}?(?P<at>\s(?:szacuj\w{1,2}|ocenia\w{0,2}|okresla\w{0,2})\s(?:sie\s)?na\s)(?=(?:[a-z]+\s){0,3}\d)",
    *("szacuj", "ocenia", "okresla"),
)
_MADE_UP_OF = lazy(
    r"(?:miast|gmin|samorzadow)(?P<of>,\sz\sktorych\s(?:sklada\ssie|zlozon\w\sjest))(?=\s\"?(?:zwiazek|zmp|organizacja|stowarzyszenie))",
    "=ktorych",
)
_UNDER_ITS_SIGN = lazy(
    r"pod(?<!\w.{3})\s(?P<whose>jego|jej|ktorego|ktorej)\s(?:szyldem|sztandarem|parasolem|skrzydlami|dachem)\s(?P<when>(?:[a-z]+\s){0,2}?)"
    r"(?:spotyka|dziala|wspolpracuje|skupia|gromadzi|pracuje|jednoczy)(?:ja)?(?:\ssie)?(?=\s(?:[a-z.]+\s){0,4}?\d)",
    *("szyldem", "sztandarem", "parasolem", "skrzydlami", "dachem"),
)
_IN_IT = {
    "jego": "należy do niego",
    "jej": "należy do niej",
    "ktorego": "do którego należy",
    "ktorej": "do której należy",
}
_FAMILY_GREW = lazy(
    r"(?<!\w)(?P<family>(?:rodzina|grono)\smiast)\s(?P<grew>(?:powieksz|rozros|zwieksz)\w{2,4}(?:\ssie)?(?:\stym\ssamym)?\sdo)(?=\s\d{3}(?:\s?[.,;]|\s(?:miast|samorzad|czlonk)))",
    "=rodzina",
    "=grono",
)
_SERVES = lazy(
    r"(?P<serves>biuro(?<!\w.{5})\s(?:zwiazku|zmp)[^.,;:]{0,24}?\sobsluguje)(?=\s(?:[a-z]+\s){0,2}?\d{2,3}\s(?:miast|samorzadow|gmin)\sczlonkowskich)",
    "biuro",
)
_IN_ENGLISH = lazy(
    r"member(?<!\w.{6})(?P<towns>\s(?:towns|cities|municipalities)(?:\sand\s(?:towns|cities|municipalities))?)(?=\sof\s[^:\n]{4,60}:\s\d)",
    "member",
)
_SO_MANY_ARE_IN_IT = lazy(
    r"(?:miast|gmin|samorzadow)(?P<so>,\sbo\style\s(?:liczy|zrzesza|skupia))(?=\s\"?(?:zwiazek|zmp|organizacja))",
    "=tyle",
)
_CARRY_ITS_CARD = lazy(
    r"(?<!\w)(?:jego|jej)\sczlonkostwem\slegitym(?:uje|owalo)\ssie(?=\s(?:[a-z.]+\s){0,3}\d)", "legitym"
)
_USE_MEMBERSHIP = lazy(
    r"(?<!\w)(?P<of>z\sczlonkostwa\sw)\s\"?(?:zwiazku(?:\smiast\spolskich)?|zmp)\"?\s(?P<use>korzysta(?:ja)?)(?=\s(?:[a-z.]+\s){0,3}\d{3}\s(?:miast|gmin|samorz))",
    "korzysta",
)
_WHERE_THEY_WORK = lazy(
    r"(?:zwiazk\w{1,3}(?:\smiast\spolskich)?|zmp)\"?,\s(?P<where>gdzie\spod\sjednym\s(?:szyldem|dachem|sztandarem)\s(?:dziala|pracuje|wspolpracuje|spotyka\ssie))(?=\s)",
    "=gdzie",
)
_OF_WHICH = lazy(
    r"(?<!\w)(?:z\sczego|z\snich|sposrod\snich)\s(?:do\s\"?(?:zwiazku(?:\smiast\spolskich)?|zmp)\"?\s(?:[a-z]+\s)?nalez[ya]|nalez[ya]\sdo\s\"?(?:zwiazku(?:\smiast\spolskich)?|zmp)\"?)(?P<number>\s\d{3})(?=\s?[.,;)])",
    "czego",
    "nich",
)


def plain_counts(folded: str, begun: Set[str]) -> Iterator[tuple[int, int, str]]:
    """Edits (start, end, what to read instead) of a folded text that say plainly how many members there are."""
    for match in found(_SIZE_OF_IT, folded, begun):
        yield match.start() + 1, match.end(), "iczba członków"
    for match in found(_ESTIMATED, folded, begun):
        yield *match.span("at"), " wynosi "
    for match in found(_MADE_UP_OF, folded, begun):
        yield *match.span("of"), " zrzeszonych w"
    for match in found(_UNDER_ITS_SIGN, folded, begun):
        yield *match.span(), f"{match['when']}{_IN_IT[match['whose']]}"
    for match in found(_FAMILY_GREW, folded, begun):
        yield *match.span("family"), "liczba członków"
        yield *match.span("grew"), "wynosi"
    for match in found(_SERVES, folded, begun):
        yield *match.span("serves"), "Związek Miast Polskich skupia"
    for match in found(_OF_WHICH, folded, begun):
        yield *match.span("number"), f"{match['number']} miast"
    for match in found(_IN_ENGLISH, folded, begun):
        yield *match.span("towns"), "s"
    for match in found(_SO_MANY_ARE_IN_IT, folded, begun):
        yield *match.span("so"), " zrzeszonych w"
    for match in found(_CARRY_ITS_CARD, folded, begun):
        yield *match.span(), "należało do niego"
    for match in found(_USE_MEMBERSHIP, folded, begun):
        yield *match.span("of"), "do"
        yield *match.span("use"), "należy"
    for match in found(_WHERE_THEY_WORK, folded, begun):
        yield *match.span("where"), "zrzeszającym"

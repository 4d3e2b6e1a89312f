"""Which towns of a sentence stand together, and which are only named beside another."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from zmpwatch.extract.structure.reading import Reading
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.towns.finding import Role, Town
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.phrases import BESIDE_ANOTHER, TOLD_FROM

__all__ = ["TownRows"]

_MEETING = lazy(r"(?<!\w)(?:zgromadzeni\w+|kongres\w*|posiedzeni\w+|konferencj\w+|forum|zjazd\w*)(?!\w)")
_DATELINE = lazy(r"\s?,\s{0,3}(?:dnia\s+|dn\.\s+)?\d{1,2}(?:\.|\s|-\d)")
_MET = lazy(r"(?<!\w)(?:zarzad\w*|posiedzeni\w+|obrad\w*|zjazd\w*|zgromadzeni\w+|zmp|zwiazku|polskich|board)\"?\s*\($")
_NEWS_FROM = lazy(r"(?<!\w)(?:from|(?:wiesci|wiadomosci|wiadomosc|doniesienia|korespondencja|depesza)\s+z[e]?)\s+$")
_FIRST_OF_A_RANGE = lazy(r"(?<!\w)(?:ranging|ranges?|extending|all\s+the\s+way)\s+from\s+$|,\s+from\s+$", "from")
_AS_FAR_AS = lazy(r"(?<!\w)od\s+(?!\d)[^,;.]{2,26}?\s(?:az\s+)?po\s+$", "=od")
"""As in "od Helu po Cieszyn": how far members are spread."""
_LAST_OF_A_RANGE = lazy(r"\s+(?:\([^()]{1,30}\)\s+)?(?:(?:all\s+the\s+way|down|up)\s+)?to\s")
_UNKNOWN_BETWEEN = lazy(r",\s+[A-ZŁŚŻŹĆ][\w-]+(?:\s[A-ZŁŚŻŹĆ][\w-]+)?(?:,|\si|\soraz|\sand)\s+")
"""A name of the list that is no town of the register, or might be that of several."""
_SPOKEN_OF = lazy(r"\W*(?:mowa|chodzi)\s+(?:tu\s+|oczywiscie\s+)?o\s(?!to(?!\w))")
"""Before the towns that were only counted: "Przystąpiły trzy miasta. Mowa o Kutnie, Ełku i Płońsku"."""
_LIKENED = lazy(r"(?<!\w)(?:\w+sz(?:y|a|e|ych|ymi)\s+(?:od|niz)|niz)\s+$")
_GREETS = lazy(r"(?<!\w)(?:witamy|wita|witaj\w*|powita\w+|przywita\w+)(?!\w)", "wita")
"""Before the towns that were only counted: "Podjęły uchwały trzy rady. Witamy A, B i C"."""
_ONLY_ONE_DID = lazy(r"\W*\w+l[aoiy]?\s+(?:do\s+\w+\s+)?(?:tylko|jedynie|wylacznie)(?!\w)")
_OTHERS = lazy(
    r"\W*(?:[a-z]{3,}\s+)?(?:gospodar|goscie|goscmi|laurea|finali|zwyciez|partner|uczest|nominow|wyrozni|nagrodz|prelegen|obecn|nieobecn|kandyda|odrzuc|wniosk)\w*\s*:"
)
"""The label of others than those who were announced."""
_SEVERAL_KINDS = lazy(
    r"(?<!\w)(?:miasta|gminy|samorzady|osrodki|uzdrowiska|kurorty|miasteczka)(?!\w)(?=[^.;]{0,60}?(?<!\w)(?:jak|np)(?!\w))",
    *("=jak", "=np"),
)
_FOR_EXAMPLE = lazy(
    r"(?<!podobnie\s)(?<!\btak\s)(?<!\bsamo\s)(?<!\w)(?:jak|np\.?)(?:\s+(?:chocby|chociazby|na\s+przyklad|np\.|wlasnie))?\s+(?:[\w-]+\s+){0,4}?$"
)
_ANOTHER_EXAMPLE = lazy(r"(?:\s?\([^()]{0,40}\))?(?:,|\s+(?:i|oraz|czy|lub))\s+")
_LIST_GAP = 90
_LIST_ENDS = lazy(
    r";|(?<!\w)(?:dla|ale|lecz|natomiast|zas|jednak|gdy|bo|poniewaz|nie|koszt\w*|skladk\w+|oplat\w+|radn\w+|rad[ay]|wojt\w*)(?!\w)"
    r"|,\s+a\s+(?!takze|rowniez|ponadto|od\s|tez)|(?<!\bwoj)(?<!\bpow)\.\s"
)
_RATHER_THAN = lazy(
    r",\s+a\s+nie,?\s+(?:jak\s+[^,;.]{3,40},\s+)?(?:(?:[\w-]+\s+){1,3}(?:i|oraz)\s+)?\"?$|(?<!\w)zamiast\s+(?:(?:miasta|gminy)\s+)?\"?$",
    "=nie",
    "zamiast",
)
_MET_WITH = lazy(
    r"(?<!\w)(?:rozmow|spotkani|negocjacj|konsultacj|uzgodnieni)\w*\s+z[e]?\s+(?:(?:wladzami|miastem|miastami|gmina|gminami)\s+)?$"
)
_WHITHER = (" do ", "\ndo ")
_NOT_SO = lazy(r"\s+(?:-\s+)?(?:juz\s+|jeszcze\s+)?nie\s*(?:[.,;!)]|$)")


def _oblique(town: Town) -> bool:
    """Whether a name stands in a case in which it is neither who does something nor what it is done to."""
    return not (town.nominative or town.accusative or town.genitive)


@dataclass(slots=True)
class TownRows:
    """The rows that towns stand in: "A, B i C", "A, podobnie jak B", one a line below "nowe miasta:"."""

    reading: Reading

    def tail(self, sentence: Sentence, towns: list[Town]) -> list[Town]:
        """The towns and those that a "podobnie jak …" or a comma list joins to them."""
        chosen = {t.start for t in towns}
        ordered = [t for t in sentence.towns if t.role != Role.PLACE]
        linked_pairs = []
        for previous, town in itertools.pairwise(ordered):
            gap = self.reading.clean.folded[previous.end : town.start]
            linked = re.fullmatch(
                r"(?:\s*\([^()]{0,40}\))?[\s,·•|/]*(?:(?:i|oraz|(?:a|jak)\s+(?:takze|rowniez|tez)|jak\s+i|(?:lecz|ale)\s+(?:takze|rowniez|tez|i)|podobnie\s+jak|tak\s+jak|wraz\s+z|razem\s+z|and)?[\s:]*)(?:ze?\s+)?(?:[a-z-]{2,}k(?:i|ie|a|iego|iej|ich|im|imi|iemu)\s+)?(?:(?:gmin|miast)\w*\s+)?",
                gap,
            ) or _UNKNOWN_BETWEEN.fullmatch(self.reading.clean.text, previous.end, town.start)
            if linked and (previous.start in chosen or not self.compared(previous, sentence)):
                linked_pairs.append((previous, town))
                if previous.start in chosen:
                    chosen.add(town.start)
        for previous, town in reversed(linked_pairs):
            if town.start in chosen and (
                previous.nominative or (previous.genitive and town.genitive) or (_oblique(previous) and _oblique(town))
            ):
                chosen.add(previous.start)
        return [t for t in ordered if t.start in chosen]

    @staticmethod
    def exemplified(sentence: Sentence) -> list[Town]:
        """As in "miasta spore, jak A (w maju), i całkiem małe, jak B", "gminy, takie jak A czy B": the examples."""
        kinds = _SEVERAL_KINDS.search(sentence.folded)
        if kinds is None:
            return []
        found: list[Town] = []
        for town in sentence.towns:
            if not town.nominative or town.role != Role.PLAIN or town.start < sentence.start + kinds.end():
                continue
            goes_on = bool(found) and _ANOTHER_EXAMPLE.fullmatch(sentence.slice(found[-1].end, town.start)) is not None
            lead = sentence.slice(max(sentence.start, town.start - 60), town.start)
            if goes_on or _FOR_EXAMPLE.search(lead):
                found.append(town)
        return found

    def enumerated(self, sentence: Sentence, start: int) -> list[Town]:
        """The towns of a list that begins at an offset ("w tym A, B i C"), up to where the sentence goes on."""
        listed: list[Town] = []
        end = start
        for town in sentence.towns:
            if town.start < start:
                continue
            gap = self.reading.clean.folded[end : town.start]
            if town.role == Role.PLACE or len(gap) > _LIST_GAP or _LIST_ENDS.search(gap):
                break
            if _LIKENED.search(gap):
                break  # "w tym połowa mniejszych od A"
            listed.append(town)
            end = town.end
        return listed

    def following(self, sentence: Sentence) -> list[Town]:
        """The towns of the sentence after this one, where this one only announces "three more towns".

        Where they stand one a line, all of them.
        """
        towns: list[Town] = []
        for later in self.reading.sentences[sentence.number + 1 : sentence.number + 14]:
            spoken_of = not towns and _SPOKEN_OF.match(later.folded) is not None
            greeted = not towns and _GREETS.search(later.folded) is not None
            named = [
                t
                for t in later.towns
                if t.role == Role.PLAIN and (t.nominative or spoken_of or (greeted and t.accusative))
            ]
            if not towns and named and _OTHERS.match(later.folded):
                break  # "Przystąpiły nowe miasta. Gospodarze: A i B"
            if not towns and named and _ONLY_ONE_DID.match(later.folded):
                break  # "Wyszło pięć miast. Wrócił tylko X"
            rest = len(later.folded) - sum(t.end - t.start for t in named)
            if not named:
                if towns or rest > 40 or later.bodies:
                    break
                continue
            if towns and rest > 24:
                break
            towns.extend(named)
            if rest > 40 or len(named) > 1:
                break
        return towns

    def compared(self, town: Town, sentence: Sentence) -> bool:
        """Whether a town is only named beside another: "obok X", "poza X"."""
        if _DATELINE.match(self.reading.clean.folded, town.end) and self._begins_line(town):
            return True  # "Poznań, 7 grudnia 2020 r.": where a letter was written
        if _DATELINE.match(self.reading.clean.folded, town.end) and _MET.search(
            self.reading.clean.folded, max(sentence.start, town.start - 40), town.start
        ):
            return True  # "Zarząd ZMP (Wrocław, 16 lutego 2018 r.)": where it met
        if _NOT_SO.match(self.reading.clean.folded, town.end):
            return True  # "A jest w ZMP, B nie"
        if _RATHER_THAN.search(sentence.slice(max(sentence.start, town.start - 100), town.start)):
            return True  # "to A i B, a nie, jak podaliśmy, A i C"
        lead = self.reading.clean.folded[max(sentence.start, town.start - 34) : town.start]
        if _NEWS_FROM.search(lead) and self.reading.clean.folded.startswith(":", town.end):
            return True  # "Good news from Poznań: …": where it is told from
        if _FIRST_OF_A_RANGE.search(lead) and _LAST_OF_A_RANGE.match(self.reading.clean.folded, town.end):
            return True  # "members, ranging from Kraków to small towns"
        if TOLD_FROM.search(lead) or _AS_FAR_AS.search(lead):
            return True
        if town.nominative and re.search(r"(?<!\w)(?:sasiedni(?:e|a)?|pobliski(?:e)?|pobliska)\s+$", lead):
            return False  # "sąsiednie Grajewo należy": the subject itself
        return BESIDE_ANOTHER.search(lead) is not None

    def acting(self, sentence: Sentence) -> list[Town]:
        """The towns that may do something: none where something is sent, "odpis przekazano do Poznania".

        Nor those that somebody talks with: "ma wrócić na sesję po rozmowach z A i B".
        """
        folded = self.reading.clean.folded
        acting = [t for t in sentence.towns if t.is_actor and not folded.endswith(_WHITHER, 0, t.start)]
        met = [t for t in acting if _MET_WITH.search(folded, max(sentence.start, t.start - 40), t.start)]
        beside = {t.start for t in self.tail(sentence, met)} if met else set()
        return [t for t in acting if t.start not in beside]

    def _begins_line(self, town: Town) -> bool:
        """Whether a town stands where a dateline, or the line of a meeting's title, has the place."""
        folded = self.reading.clean.folded
        before = folded[folded.rfind("\n", 0, town.start) + 1 : town.start]
        return not before.strip() or (before.endswith(", ") and _MEETING.search(before) is not None)

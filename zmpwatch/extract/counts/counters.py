"""Counters and blocks of figures: a number that stands alone, beside what it counts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from zmpwatch.extract.binding.event import Actor, Event
from zmpwatch.extract.bodies.finding import BodyKind
from zmpwatch.extract.counts.count import Count
from zmpwatch.extract.lists.listing import Listing
from zmpwatch.extract.structure.reading import Reading
from zmpwatch.extract.towns.finding import Role
from zmpwatch.extract.words.beginnings import matches_at
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.tokens import kind_of_tokens, marked
from zmpwatch.model import EventKind, Qualifier, Stage

__all__ = ["CounterReader"]

_COUNTER = lazy(
    r"(?<!\w)(?P<anchor>(?:jest|sa)\s+(?:juz\s+)?z\s+nami(?:\s+juz)?|z\s+nami\s+(?:jest|sa)(?:\s+juz)?"
    r"|jest\s+nas(?:\s+juz)?(?:\s+w\s+(?:zmp|zwiazku(?:\s+miast\s+polskich)?))?(?:\s+juz)?"
    r"|w\s+(?:zmp|zwiazku(?:\s+miast\s+polskich)?)\s+jest\s+nas(?:\s+juz)?|juz\s+(?:jest\s+)?nas|nas\s+juz"
    r"|jestesmy\s+razem|jestesmy\s+juz|razem\s+jest\s+nas|zrzeszamy(?:\s+juz)?|laczymy(?:\s+juz)?"
    r"|w\s+zwiazku\s+(?:jest|sa)(?:\s+juz)?)"
    r"\s{0,40}:?\s{0,40}(?P<value>\d{2,4})(?![\w.,%:/])(?P<names>[^.!?]{0,400}?)(?<!\w)(?:miast\w{0,3}|samorzad\w{0,2}|czlonk\w{1,3})(?!\w)"
)
_FIRST_WORDS = frozenset(("jest", "sa", "z", "juz", "nas", "jestesmy", "razem", "zrzeszamy", "laczymy", "w"))
_FIRST = kind_of_tokens(_FIRST_WORDS.__contains__)
_OF_US = kind_of_tokens(frozenset(("nami", "nas", "jestesmy", "zrzeszamy", "laczymy", "zwiazku")).__contains__)
"""Words of which each counter has one."""
_IN_IT = lazy(r"zwiazku\s+(?:jest|sa)(?!\w)")
# "jest z nami 50 lat, 373 miasta": the number that is counted is another one
_OTHER_NUMBER = lazy(r"(?<!\w)(?:\d{2,4}(?!\w)|lat(?!\w)|rok)")
_NO_WELCOME = lazy(r"(?<!\w)(?:od|po|do|z|ze|w|we|nad|pod|spod|znad|miedzy|a)\s+(?:sam\w+\s+)?$")
"""Before a place that only tells how far members are spread: "od Helu po Cieszyn"."""
_FIGURE = lazy(r"^\s*(?P<value>\d{2,4})\s*$")
_MEMBERS_LABEL = lazy(
    r"^\W*(?:(?:to\s+)?(?:liczba\s+)?(?:miast\w{0,2}|samorzad\w{0,3}|czlonk\w{1,4}|gmin\w{0,2}|cities|towns|members?)(?:\s+i\s+(?:gmin|miasteczek)\w*)?)(?P<rest>\W+[\w\s]{0,40})?\W*$"
)
_WE_LABEL = lazy(
    r"\W*(?:(?:jest|sa)\s+(?:nas|z\s+nami)|z\s+nami\s+(?:jest|sa)|jestesmy|zrzeszamy|skupiamy|laczymy|liczymy|we\s+are)"
    r"(?:\s+(?:juz|obecnie|dzis|dzisiaj|teraz|razem|lacznie))?\W*"
)
"""Over a figure that needs no noun: "Jest nas już / 384"."""
_MEMBERSHIP_LABEL = lazy(r"czlonkowsk|zrzeszon|w\s+zwiazku|w\s+zmp|czlonk|nalez|member")


@dataclass(slots=True)
class CounterReader:
    """Reads the counters of one document."""

    reading: Reading

    def read(self, listing: Listing) -> None:
        """Add what counters and figures tell."""
        self._counters(listing)
        self._figures(listing)

    def _counters(self, listing: Listing) -> None:
        """As in "Jest z nami / 381 / HAJNÓWKA / ZANIEMYŚL / miast", over lines or in one."""
        reading = self.reading
        folded = reading.clean.folded
        if not (reading.ours_by_address or any(b.kind is BodyKind.OURS for b in reading.bodies)):
            return
        if not any(word != "zwiazku" or _IN_IT.match(folded, place) for word, place in marked(folded, _OF_US)):
            return
        places = [place for _, place in marked(folded, _FIRST)]
        for match in matches_at(_COUNTER, folded, places):
            value = int(match["value"])
            low, high = match.span("names")
            towns = [t for t in reading.towns if low <= t.start < high]
            rest = folded[low:high]
            for town in towns:
                rest = rest[: town.start - low] + " " * (town.end - town.start) + rest[town.end - low :]
            if _OTHER_NUMBER.search(rest) or re.search(
                r"[a-z]{4,}", re.sub(r"(?<!\w)(?:polskich|czlonkowskich|oraz|juz|nowe|witamy)(?!\w)", " ", rest)
            ):
                continue
            start, end = match.span()
            # a counter's figure stands alone, whatever stands around it; in running text it is a sentence like others
            alone = self._stands_alone(match.start("value"), match.end("value"))
            count, welcome = ("counter.anchor", "counter.welcome") if alone else ("sentence.we_are", "sentence.welcome")
            listing.counts.append(Count(value, Qualifier.EXACT, None, start, end, count, 0.98 if alone else 0.9))
            if alone:
                listing.used.update(part.start for part in reading.parts if part.start < end and part.end > start)
            for town in towns:
                if town.role == Role.PLAIN and not _NO_WELCOME.search(folded, max(low, town.start - 24), town.start):
                    actor = Actor(town.name, town.municipality)
                    listing.events.append(
                        Event(actor, EventKind.ACCESSION, Stage.ADMITTED, start, end, town.start, welcome, 0.9)
                    )

    def _stands_alone(self, start: int, end: int) -> bool:
        """Whether nothing else stands in the line or the segment of a figure."""
        text = self.reading.clean.text
        left = max(
            text.rfind("\n", 0, start) + 1, max((p.start for p in self.reading.parts if p.start <= start), default=0)
        )
        line_end = text.find("\n", end)
        ends = [p.end for p in self.reading.parts if p.start <= start < p.end]
        right = min(line_end if line_end >= 0 else len(text), *ends, len(text))
        return not re.search(r"\w", text[left:start] + text[end:right])

    def _figures(self, listing: Listing) -> None:
        """A number on a line of its own with "miasta członkowskie" on the next, or on the one before."""
        reading = self.reading
        if not any(b.kind is BodyKind.OURS for b in reading.bodies) and not reading.own_site:
            return
        parts = reading.parts
        folded = reading.clean.folded
        for index, part in enumerate(parts):
            figure = _FIGURE.match(folded[part.start : part.end])
            if figure is None or part.start in listing.used or not 20 <= int(figure["value"]) <= 3000:
                continue
            for neighbour in (index + 1, index - 1):
                if not 0 <= neighbour < len(parts):
                    continue
                label = folded[parts[neighbour].start : parts[neighbour].end]
                of_us = neighbour < index and self._alone() and _WE_LABEL.fullmatch(label) is not None
                if not of_us and _MEMBERS_LABEL.match(label) is None:
                    continue
                if neighbour < index and self._labels_follow(index):
                    continue
                if re.search(
                    r"wojewodz|partner|polsc|kraj|uczestni|projek|zarzad|komisj|rad[ay](?!\w)|zespol|prezydium", label
                ):
                    continue
                if not (of_us or _MEMBERSHIP_LABEL.search(label) or reading.own_site):
                    continue
                start, end = min(part.start, parts[neighbour].start), max(part.end, parts[neighbour].end)
                listing.counts.append(
                    Count(int(figure["value"]), Qualifier.EXACT, None, start, end, "counter.figure", 0.95)
                )
                listing.used.update((part.start, parts[neighbour].start))
                break

    def _alone(self) -> bool:
        """Whether the page is the association's own, or names no other body: "nas" are its members."""
        return self.reading.own_site or all(b.kind is not BodyKind.OTHER for b in self.reading.bodies)

    def _labels_follow(self, index: int) -> bool:
        """Whether in this block of figures a label stands under its number, so that the one above belongs elsewhere."""
        parts, folded = self.reading.parts, self.reading.clean.folded

        def is_figure(at: int) -> bool:
            return 0 <= at < len(parts) and _FIGURE.match(folded[parts[at].start : parts[at].end]) is not None

        return index + 1 < len(parts) and not is_figure(index + 1) and is_figure(index - 2)

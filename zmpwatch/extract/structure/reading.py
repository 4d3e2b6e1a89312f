"""One document as the rules see it: cut up, with everything found in it, whose it is, and what kind of paper."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import chain
from urllib.parse import unquote, urlsplit

from zmpwatch.extract.bodies.finding import Body, BodyKind, find_bodies
from zmpwatch.extract.bodies.naming import mentions, named_in, stands_at
from zmpwatch.extract.dates.reportyears import with_years_of_report
from zmpwatch.extract.dates.resolving import DateMention, ReferenceDate, match_dates, resolve_dates
from zmpwatch.extract.papers.acts import Act, find_acts
from zmpwatch.extract.papers.kinds import Paper, kind_of_paper
from zmpwatch.extract.papers.sessions import session_of
from zmpwatch.extract.structure.layout import Segment, segments
from zmpwatch.extract.structure.paragraphs import joined
from zmpwatch.extract.structure.sentences import Sentence, sentences
from zmpwatch.extract.towns.asides import towns_of_text
from zmpwatch.extract.towns.calls import with_adjectives
from zmpwatch.extract.towns.finding import Town, find_towns
from zmpwatch.extract.towns.homes import home_of, town_of_site
from zmpwatch.extract.towns.slips import without_slips
from zmpwatch.extract.uniform.clean import clean
from zmpwatch.extract.uniform.cleantext import CleanText, narrowed
from zmpwatch.extract.uniform.folding import fold_letters
from zmpwatch.extract.uniform.misread import reread
from zmpwatch.extract.uniform.nameless import without_names
from zmpwatch.extract.uniform.plainnames import plainly_named
from zmpwatch.extract.uniform.plainwords import plainly_worded
from zmpwatch.extract.uniform.torn import mended
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.numerals import Number, find_numbers
from zmpwatch.model import Context, Municipality, Text
from zmpwatch.register import load_register

__all__ = ["LEAST_COUNTED", "Reading", "read"]


LEAST_COUNTED = 20
"""Smaller numbers are none of the members of an association of towns."""
_SPOKEN_OF, _MOST_BACK = 5, 8
"""How many sentences back a text still speaks of something, without and with those that say nothing."""


@dataclass(slots=True)
class Reading:
    """Everything known of one document. Offsets are those of `clean`."""

    context: Context
    title: str
    clean: CleanText
    parts: list[Segment]
    sentences: list[Sentence]
    bodies: list[Body]
    towns: list[Town]
    dates: list[DateMention]
    numbers: list[Number]
    """Those large enough to count members."""
    acts: list[Act]
    reference: ReferenceDate
    paper: Paper
    home: Municipality | None
    home_name: str | None
    home_by_site: bool
    session: DateMention | None
    own_site: bool
    ours_by_address: bool
    _part_sentences: dict[int, list[Sentence]] = field(default_factory=dict)
    names_only_ours: bool = field(init=False)
    """Whether the text names the association and no other body."""
    _ours: list[Body] = field(init=False)
    _naming: list[int] = field(init=False)
    """The numbers of the sentences that speak of the association, or name another body."""

    def __post_init__(self) -> None:
        self._ours = [body for body in self.bodies if body.kind is BodyKind.OURS]
        self._naming = [s.number for s in self.sentences if s.bodies and any(b.tells_whose for b in s.bodies)]
        self.names_only_ours = bool(self._ours) and all(body.kind is not BodyKind.OTHER for body in self.bodies)

    def sentences_of(self, part: Segment) -> list[Sentence]:
        """The sentences of one segment."""
        if not self._part_sentences:
            for sentence in self.sentences:
                self._part_sentences.setdefault(sentence.segment.start, []).append(sentence)
        return self._part_sentences.get(part.start, [])

    def before(self, sentence: Sentence, most: int = 1) -> list[Sentence]:
        """So many sentences right before one, or as many as there are, in their order."""
        return self.sentences[max(0, sentence.number - most) : sentence.number]

    def up_to(self, sentence: Sentence, most: int = 1) -> list[Sentence]:
        """The same, and the sentence itself."""
        return self.sentences[max(0, sentence.number - most) : sentence.number + 1]

    def told_before(self, sentence: Sentence, reach: int = _SPOKEN_OF) -> Iterator[Sentence]:
        """The few sentences before one, the last first; such as an advertisement's hold no words and don't count."""
        counting = 0
        for earlier in reversed(self.before(sentence, _MOST_BACK)):
            if counting == reach:
                return
            counting += earlier.tells
            yield earlier

    def named_before(self, sentence: Sentence) -> BodyKind | None:
        """The body that the few sentences before one speak of last: the association, or one that has a name."""
        last = bisect_left(self._naming, sentence.number) - 1
        if last < 0 or self._naming[last] < sentence.number - _MOST_BACK:
            return None
        naming = self._naming[last]
        between = sentence.number - naming - 1
        if between >= _SPOKEN_OF and sum(s.tells for s in self.sentences[naming + 1 : sentence.number]) >= _SPOKEN_OF:
            return None
        return next(body.kind for body in reversed(self.sentences[naming].bodies) if body.tells_whose)

    def ours(self, start: int, end: int) -> list[Body]:
        """Mentions of the association between two offsets."""
        return [b for b in self._ours if start <= b.start and b.end <= end]

    def session_to_come(self) -> str | None:
        """The day of the session that an agenda is for; one told without a year is the next such day."""
        session = self.session
        if session is None or session.explicit_year or session.month is None:
            return session.iso if session is not None else None
        weekday = self.reference.next_weekday(session)
        if weekday is not None:
            return weekday
        year = self.reference.year_of(session.month, session.day, ahead=True)
        return replace(session, year=year).iso if year is not None else session.iso

    def others(self, start: int, end: int) -> list[Body]:
        """Mentions of other bodies between two offsets."""
        return [b for b in self.bodies if b.kind is BodyKind.OTHER and start <= b.start and b.end <= end]


def read(text: Text, context: Context) -> Reading:
    """Find everything the rules go by."""
    cleaned = plainly_named(reread(mended(clean(text.content))), context.association)
    cleaned = plainly_worded(cleaned)
    if len(cleaned.text) > _WHOLE:
        cleaned = narrowed(cleaned, _windows(cleaned, context))
    published = context.published or text.published
    address = unquote(context.url or "")
    host = urlsplit(address).hostname or "" if "//" in address else ""
    ours_by_address = bool(address) and stands_at(address, context.association)
    about_by_address = (
        ours_by_address or context.family == "association" or (bool(address) and named_in(address, context.association))
    )
    site = context.municipality
    if site is None and host and not ours_by_address:
        site = load_register().municipality_of_host(host)
    site = town_of_site(site, cleaned.folded)
    parts = segments(cleaned, () if text.media_type == "text/plain" else text.blocks)
    paper = kind_of_paper(cleaned, parts)
    if paper in _PROSE_PAPERS:
        cleaned, parts = joined(cleaned, parts)
    bodies = find_bodies(cleaned, context.association, ours_by_address=about_by_address)
    towns = with_adjectives(cleaned, find_towns(cleaned, bodies, site, fold_letters(address)), site)
    towns = without_slips(cleaned, towns)
    cleaned = without_names(cleaned, towns)
    towns = towns_of_text(cleaned, towns, bodies)
    if not any(town.is_actor for town in towns) and site is None and address:
        site = _town_of_slug(address)
    # "mają" is no May, though without its mark it looks like one
    matches = [(k, m) for k, m in match_dates(cleaned.folded) if m[0] != "maja" or cleaned.text[m.end() - 1] in "aA"]
    given = ReferenceDate.of(published)
    first = resolve_dates(matches, given)
    reference = _reference(published, cleaned, parts, first)
    if reference.year is None and paper is Paper.MINUTES:
        sitting = session_of(cleaned, first)  # "w ubiegły piątek" was said on that day
        if sitting is not None:
            reference = ReferenceDate(sitting.year, sitting.month, sitting.day)
    taken = {position for town in towns for position in (town.start, town.end - 1)}
    resolved = first if reference == given else resolve_dates(matches, reference)
    dates = [
        d for d in resolved if d.start not in taken and d.end - 1 not in taken
    ]  # Września is a town as well as a month
    if reference.year is None:
        dates = with_years_of_report(cleaned.folded, dates)
    dated = set(chain.from_iterable(range(d.start, d.end) for d in dates))
    numbers = [n for n in find_numbers(cleaned.folded, LEAST_COUNTED) if n.start not in dated]
    found = sentences(cleaned, parts, bodies=bodies, towns=towns, dates=dates, numbers=numbers)
    acts = find_acts(cleaned, dates)
    home, home_name = (None, None) if ours_by_address else home_of(cleaned, towns, site, parts)
    return Reading(
        context=context,
        title=text.title or "",
        clean=cleaned,
        parts=parts,
        sentences=found,
        bodies=bodies,
        towns=towns,
        dates=dates,
        numbers=numbers,
        acts=acts,
        reference=reference,
        paper=paper,
        home=home,
        home_name=home_name,
        home_by_site=site is not None,
        session=session_of(cleaned, dates),
        own_site=ours_by_address or context.family == "association",
        ours_by_address=about_by_address,
    )


_PROSE_PAPERS = (Paper.OTHER, Paper.AGENDA)
"""Papers whose paragraphs may run on; those of resolutions, minutes and registers are ordered on purpose."""
_WHOLE = 40_000
"""Longer texts are read around the places that name the association only."""
_HEAD, _AROUND, _MOST_READ, _MOST_MENTIONS = 3_000, 2_500, 60_000, 200


def _windows(text: CleanText, context: Context) -> list[tuple[int, int]]:
    """The head of a long text, and the surroundings of the places that name the association."""
    own = bool(context.url) and stands_at(context.url or "", context.association)
    spans = [(0, _MOST_READ if own else _HEAD)]
    read_so_far = spans[0][1]
    for place in mentions(text, context.association, _MOST_MENTIONS):
        low, high = max(0, place - _AROUND), min(len(text.text), place + _AROUND)
        low = text.text.rfind("\n", max(0, low - 300), low) + 1 or low
        if low <= spans[-1][1]:
            read_so_far += max(0, high - spans[-1][1])
            spans[-1] = (spans[-1][0], max(high, spans[-1][1]))
        else:
            read_so_far += high - low
            spans.append((low, high))
        if read_so_far > _MOST_READ:
            break
    return [(low, min(high, low + _MOST_READ, len(text.text))) for low, high in spans]


def _town_of_slug(address: str) -> Municipality | None:
    """The one municipality that the path of an address spells, where the text names none."""
    path = fold_letters(urlsplit(address).path)
    words = [w for w in re.split(r"[^a-z]+", path) if w]
    register = load_register()
    found: set[Municipality] = set()
    for width in (3, 2, 1):
        for index in range(len(words) - width + 1):
            names = register.folded_forms.get(" ".join(words[index : index + width]), ())
            towns = [m for m in register.bearers(names) if m.is_city]
            if len(towns) == 1 and len("".join(words[index : index + width])) > 4:
                found.add(towns[0])
        if found:
            break
    return next(iter(found)) if len(found) == 1 else None


_AUTHOR = lazy(r"(?:autor|red|redakcja|tekst|zrodlo|fot|odslon\w*|wyswietl\w*|kategoria|dzial|drukuj|author|by)(?!\w)")
_DATELINE = lazy(
    r"(?:opublikowano|data publikacji|data dodania|data|dodano|dodane|utworzono|publikacja|published"
    r"|wprowadzono|aktualizacja)?[:\s-]{0,4}(?:dnia\s+)?"
)

_OPENS = lazy(r"\s?(?:r\.|roku\.?|[.:])?(?<=[.:])\s+[A-ZŁŚŻŹĆÓ]")
"""Behind a place and a day that open a line: "Zduńska Wola, 4.12.2020 r. Wczoraj rada …"."""


def _reference(published: str | None, text: CleanText, parts: list[Segment], dates: list[DateMention]) -> ReferenceDate:
    """The page's date: as given, else a dateline near the top, else the end of the period a report's title names."""
    given = ReferenceDate.of(published)
    for mention in dates:
        if not mention.explicit_year or mention.day is None:
            continue
        line_start = text.text.rfind("\n", 0, mention.start) + 1
        line_end = text.text.find("\n", mention.end)
        line_end = len(text.text) if line_end < 0 else line_end
        before, after = (
            text.folded[line_start : mention.start].strip(" [(>*"),
            text.folded[mention.end : line_end].strip(" .,:;|])r"),
        )
        alone = len(after) <= 12 and (
            not before
            or _DATELINE.fullmatch(before + " ") is not None
            or re.fullmatch(r"[a-z -]{3,30},", before) is not None
        )
        alone = alone or (
            re.fullmatch(r"[a-z -]{3,30},", before) is not None and _OPENS.match(text.text, mention.end) is not None
        )
        alone = alone or (
            _DATELINE.fullmatch(before + " ") is not None and bool(before) and _AUTHOR.match(after) is not None
        )
        if alone and line_start < max(700, len(text.text) // 3):
            own = ReferenceDate(mention.year, mention.month, mention.day)
            if given.year is None or (
                given.day is None and given.year == own.year and given.month in (None, own.month)
            ):
                return own
            return given
    if given.year is None and parts:
        heading = parts[0]
        within = [d for d in dates if heading.start <= d.start < heading.end and d.explicit_year and d.day is not None]
        if len(within) == 2 and re.fullmatch(
            r"[\s.r]*(?:roku\s+)?(?:do|-)\s+(?:dnia\s+)?", text.folded[within[0].end : within[1].start]
        ):  # "… od 28 grudnia 2022 r. do 15 lutego 2023 r."
            return ReferenceDate(within[1].year, within[1].month, within[1].day)
    return given

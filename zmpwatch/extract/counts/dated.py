"""The date that a text ties a count to."""

from __future__ import annotations

import re

from zmpwatch.extract.counts.whose import clause
from zmpwatch.extract.dates.resolving import DateMention
from zmpwatch.extract.structure.reading import Reading
from zmpwatch.extract.structure.sentences import Sentence
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.numerals import Number

__all__ = ["as_of"]

_HISTORIC = lazy(
    r"(?<!\w)(?:zalozon\w*|powstal\w*|istniej\w*|dzial\w*|od|since|founded|in\s+existence"
    r"|siega(?:l[aoiy]?|ja|jac\w{1,3})?|korzeni\w{0,3}|(?<!na\s)(?<!\bz\s)(?<!od\s)(?<!do\s)poczat(?:ek|k\w{1,3})|tradycj\w{1,3}|rodow(?:od|odem)|metryk\w|histori\w{1,3}(?!\s+w\s)|od(?:ro|na)dz\w+|odnowi\w+"
    r"|reaktyw\w+|restytu\w+|wskrzes\w+|wznow\w+|zarejestrow\w+|utworzon\w*|zawiazan\w*|zainicjow\w+|wybran\w{1,3}|obchodzil\w{0,2}|swietowal\w{0,2}"
    r"|re-?established|revived|dating\s+back|rooted|(?<=\w\s)za)"
    r"\s+(?:(?:swoj\w{1,3}|sie|az|to)\s+){0,2}(?:do\s+|w\s+|na\s+|od\s+|z\s+|in\s+|since\s+|to\s+)?(?:rok(?:u|iem)?\s+)?$"
)
"""Before a year that is not that of a count: when the association began or was restored, or what a fee is for."""

_DATE_ALONE = lazy(r"(?:^|[;:]|\s-)\s*(?:(?:na|w|do|z)\s+)?(?:(?:dzien|dniu|dnia|koniec|konca)\s+)?$")

# Between a date and a count these say that the date is that of something else.
_ANOTHER_STEP = lazy(
    r"(?<!\w)(?:przyj[ae]\w*|przystap\w*|przystep\w*|dolacz\w*|wstap\w*|wstep\w*|weszl\w*|wejsc\w*|podj[ae]\w*|zdecydow\w*"
    r"|zaglosow\w*|przeglosow\w*|powital\w*|powitan\w*|wystap\w*|opuscil\w*|admitted|joined"
    r"|accepted|voted|welcomed)(?!\w)"
)

_OF_TODAY = lazy(
    r",\s+(?:i\s+)?(?:zrzesza|skupia|liczy|ma|jednoczy|gromadzi|reprezentuje|grupuje|laczy)\s(?!\w+\s+wtedy)[^,;]*$",
    *("=zrzesza", "=skupia", "=liczy", "=ma", "=jednoczy", "=gromadzi", "=reprezentuje", "=grupuje", "=laczy"),
)
"""Between a date and a count that another predicate begins: "w 2017 roku obchodził stulecie, skupia 303 miasta"."""
# "18 czerwca obradowało Zgromadzenie; byli przedstawiciele wszystkich 389 miast": those of that day
_GATHERING = lazy(r"(?<!\w)(?:obradow\w*|odbyl\w*|spotka\w*)(?!\w)")
_ALL = lazy(r"(?<!\w)(?:wszystkich|wszystkie|ogolu)\s+(?:\w+\s+)?$")
# "w ubiegłym roku liczył 371" is of that year, "wzrosła w ubiegłym roku i wynosi 333" of today
_WAS = lazy(r"(?<!\w)(?:zrzeszal|skupial|liczyl|nalezal|mial|byl|reprezentowal|numbered|had|counted)\w{0,3}(?!\w)")
_PARTICIPLE = lazy(
    r"(?<!\w)(?:zrzeszajac\w*|skupiajac\w*|liczac[aey]\w*|reprezentujac\w*|grupujac\w*|laczac\w*|representing|uniting|bringing)(?!\w)"
)

_AT_THAT_MOMENT = lazy(
    r",\s+(?:w\s+(?:chwili|momencie|przededniu|przeddzien|dniu|roku)|tuz\s+(?:przed|po)|przed|po)\s[^,;.]{3,70},"
)
"""Set in between to tell a date: "w maju 2004 r., w chwili wejścia do Unii Europejskiej, należały do niej …"."""
_LED_BY = lazy(r"\s*(?:r\.|roku)?\s*[-:]\s*(?:\w+\s+)?")
"""Between a date and the number it is of: "Stan na 31 marca 2027 r. – 411"."""
_BRACKET = lazy(
    r"(?:\s+[^\W\d]+){0,3}\s?\((?:(?:(?:stan\s+)?(?:na|w|z)|as\s+(?:of|at))\s+)?(?:dzien\s+|dniu\s+|roku?\s+)?"
)
"""Between a number and the date in a bracket right behind it: "304 (2014)", "345 miast (stan na 30 czerwca)"."""
_STAND_BEFORE = lazy(
    r"\((?:(?:wedlug\s+|wg\s+)?stanu?|dane)\s+(?:(?:na|w|z|ze)\s+)?(?:(?:dzien|dniu|dnia|koniec|konca)\s+)?$"
)
_HEDGE_ONLY = lazy(r"(?:\s?r\.)?\)\s+(?:(?:juz|lacznie|ponad|okolo|blisko|prawie|niemal|przeszlo|dokladnie)\s+){0,2}")
_THEN = lazy(r"(?<!\w)(?:wtedy|wowczas|w\s+tym\s+czasie|w\s+tamtym\s+czasie|podowczas|at\s+that\s+time)(?!\w)")


def _other_matter(sentence: Sentence, between: str) -> bool:
    """Whether the words between a date and a count give the date to a step: "12 maja dołączyła do liczącej 370"."""
    between = _AT_THAT_MOMENT.sub(" ", between)
    if _OF_TODAY.search(between):
        return True
    if _GATHERING.search(between) and not _ALL.search(between):
        return _THEN.search(sentence.folded) is None
    if _ANOTHER_STEP.search(between):
        return _THEN.search(sentence.folded) is None
    return _PARTICIPLE.search(between) is not None and _ANOTHER_STEP.search(sentence.folded) is not None


_THAT_YEAR = lazy(
    r"(?<!\w)(?:that\s+(?:same\s+)?year|(?:tego\s+samego|tamtego|tegoz|owego)\s+roku|w\s+(?:tym\s+samym|tamtym|tymze|owym)\s+roku)(?!\w)",
    *("year", "roku"),
)
_THAT_DAY = lazy(
    r"(?<!\w)(?:tego\s+(?:samego\s+)?dnia|w\s+(?:tym|tamtym|owym)\s+(?:samym\s+)?dniu)(?!\w)", *("=dnia", "=dniu")
)
_SAT_THERE = lazy(
    r"(?<!\w)(?:na\s+sali|na\s+obrad\w+|w\s+obradach|obradowal\w*|zasiad\w+|zasiedli|zjecha\w+|przyby\w+|uczestnicz\w+|reprezentowa\w+|stawi(?:li|lo)\s+sie|przyjecha\w+|zgromadzi\w+|spotka\w+\s+sie|zebra\w+\s+sie|byli\s+obecni|wzie\w+\s+udzial)(?!\w)",
    *("=sali", "obrad", "zasiad", "zasiedli", "zjecha", "przyby", "uczestnicz", "reprezentowa"),
    *("stawil", "przyjecha", "zgromadzi", "spotka", "zebra", "=obecni", "=udzial"),
)
"""Who was at a gathering that the sentence before tells of."""
_ASSEMBLY = lazy(
    r"(?<!\w)(?:zgromadzeni\w{1,3}|kongres\w{0,2}|zjazd\w{0,2}|zjezdzie)(?!\w)",
    "zgromadzeni",
    "kongres",
    "zjazd",
    "zjezdzie",
)
_FAR_BACK = 2


def _told_before(reading: Reading, sentence: Sentence, number: Number) -> str | None:
    """The date that "wówczas" and "in May of that year" take up from the words before, where those give one."""
    left, right = clause(sentence, number.start)
    scope = sentence.slice(left, right)
    year = _THAT_YEAR.search(scope)
    day = _day_before(reading, sentence, number, scope)
    if day is not None:
        return day
    if year is None and not (_THEN.search(scope) and _WAS.search(scope)):
        return None
    earlier = reading.before(sentence, _FAR_BACK)
    told = [d for s in (*earlier, sentence) for d in s.dates if d.end <= number.start and d.explicit_year and d.iso]
    if not told:
        return None
    last = told[-1]
    if year is None:
        return last.iso
    months = [d for d in sentence.dates if left <= d.start < left + year.start() and d.month and not d.explicit_year]
    return f"{last.year:04d}-{months[-1].month:02d}" if months else f"{last.year:04d}"


def _day_before(reading: Reading, sentence: Sentence, number: Number, scope: str) -> str | None:
    """The day told just before that "tego dnia" means, or on which all members sat together."""
    that_day = _THAT_DAY.search(scope)
    there = _SAT_THERE.search(scope) is not None
    if sentence.dates or not (there or (that_day and _WAS.search(scope))):
        return None
    for earlier in reversed(reading.before(sentence, _FAR_BACK)):
        days = [d for d in earlier.dates if d.day is not None]
        if days or earlier.dates:
            met = that_day or (
                _ASSEMBLY.search(earlier.folded) and _ALL.search(sentence.slice(sentence.start, number.start))
            )
            return days[0].iso if met and len(days) == 1 and len(earlier.dates) == 1 else None
    return None


def as_of(reading: Reading, sentence: Sentence, number: Number) -> str | None:
    """The date that the count is tied to: one in its clause that says neither a founding nor "now"."""
    left, right = clause(sentence, number.start)
    now = r"(?<!\w)(?:obecnie|dzis|dzisiaj|aktualnie|currently|now|w\s+tej\s+chwili)(?!\w)"
    if re.search(now, sentence.slice(left, right)):
        return None
    beside = [d for d in sentence.dates if _BRACKET.fullmatch(sentence.slice(number.end, max(number.end, d.start)))]
    if beside and sentence.slice(beside[0].end, sentence.end).startswith(")"):
        return beside[0].iso
    for day in sentence.dates:  # "zrzeszający (stan z maja 2014) 301 miast"
        hung = day.end < number.start and _HEDGE_ONLY.fullmatch(sentence.slice(day.end, number.start))
        if hung and _STAND_BEFORE.search(sentence.slice(sentence.start, day.start)):
            return day.iso
    then = _THEN.search(sentence.slice(left, right)) is not None
    left = sentence.start if then else left
    left = min([left, *(d.start for d in sentence.dates if _LED_BY.fullmatch(sentence.slice(d.end, number.start)))])
    best: DateMention | None = None
    dates = sentence.dates
    if sentence.number and (not dates or dates[0].start > number.start):
        before = reading.sentences[sentence.number - 1]
        if before.text.endswith(";"):
            dates, left = before.dates, before.start
        elif (
            before.dates
            and _DATE_ALONE.search(
                reading.clean.folded[max(before.start, before.dates[-1].start - 40) : before.dates[-1].start]
            )
            and not re.search(r"\w", reading.clean.folded[before.dates[-1].end : sentence.start])
        ):
            dates, left = (
                before.dates[-1:],
                before.dates[-1].start,
            )  # "… środowisko; 31 stycznia 2001 r. | ZMP zrzeszał"
    ahead = [d for d in dates if left <= d.start < number.start]
    for mention in dates:
        between = reading.clean.folded[min(mention.end, number.end) : max(mention.start, number.start)]
        if (re.search(r",\s+(?:(?:do\s+)?ktor|(?:to\s+)?which\s)", between) and not then) or _other_matter(
            sentence, between
        ):
            continue
        if ahead and mention.start > number.start and "," in between:
            continue  # "w 2015 r. liczył 302 miasta, w 2019 r. – 314"
        if not left <= mention.start < right or mention.kind in (
            "relative_day",
            "weekday",
            "years_back",
        ):
            continue
        if mention.kind == "relative_year" and not _WAS.search(sentence.slice(left, right)):
            continue
        lead = reading.clean.folded[max(left, mention.start - 40) : mention.start]
        if _HISTORIC.search(lead) or re.search(r"(?<!\w)(?:od|since)\s+$", lead):
            continue
        if best is None or abs(mention.start - number.start) < abs(best.start - number.start):
            best = mention
    if best is None or best.iso is None:
        return _told_before(reading, sentence, number)
    lead = reading.clean.folded[max(sentence.start, best.start - 16) : best.start]
    if best.kind in ("last_day", "end_of_year") and re.search(
        r"pod\s*$", lead + reading.clean.folded[best.start : best.start + 4]
    ):
        return best.iso[:7] if best.kind == "last_day" else best.iso[:4]
    return best.iso

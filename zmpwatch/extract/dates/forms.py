"""How texts write dates: the patterns.

Every pattern is bounded and matched on folded text; earlier ones are the more telling.
"""

from __future__ import annotations

__all__ = ["ENGLISH", "ENGLISH_DAYS", "MONTH", "MONTHLY", "PATTERNS", "ROMAN", "STEMS", "WEEKDAYS"]

_MONTH = (
    r"stycz(?:en|nia|niu|niem)|lut(?:y|ego|ym)|mar(?:zec|ca|cu|cem)|kwie(?:cien|tnia|tniu|tniem)|maj(?:a|u|em)?"
    r"|czerw(?:iec|ca|cu|cem)|lip(?:iec|ca|cu|cem)|sierp(?:ien|nia|niu|niem)|wrze(?:sien|snia|sniu|sniem)"
    r"|pazdziernik(?:a|u|iem)?|listopad(?:a|zie|em)?|grud(?:zien|nia|niu|niem)"
)

STEMS = ("stycz", "lut", "mar", "kwie", "maj", "czerw", "lip", "sierp", "wrze", "pazdz", "listopad", "grud")
MONTH = r"(?:stycz|lut|mar[cz]|kwie|maj|czerw|lip|sierp|wrze|pazdz|listop|grud)"
"""How the name of a month begins; like `MONTHLY` a part of patterns."""
MONTHLY = r"(?:styczn|lut|marc|kwietn|maj|czerwc|lipc|sierpn|wrzesn|pazdziernik|listopad|grudn)i?ow\w{1,3}"
"""Of a month: "lutowa uchwała"."""

ENGLISH = r"january|february|march|april|may|june|july|august|september|october|november|december"

_ORDINAL_DAY = (
    r"(?:(?:dwudziestego|trzydziestego)\s+)?(?:pierwszego|drugiego|trzeciego|czwartego|piatego|szostego|siodmego|osmego|dziewiatego)"
    r"|dziesiatego|jedenastego|dwunastego|trzynastego|czternastego|pietnastego|szesnastego|siedemnastego|osiemnastego"
    r"|dziewietnastego|dwudziestego|trzydziestego"
)

ROMAN = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "v": 5,
    "vi": 6,
    "vii": 7,
    "viii": 8,
    "ix": 9,
    "x": 10,
    "xi": 11,
    "xii": 12,
}

_MONTH_ADJECTIVE = (
    r"styczniow|lutow|marcow|kwietniow|majow|czerwcow|lipcow|sierpniow|wrzesniow|pazdziernikow|listopadow|grudniow"
)

WEEKDAYS = {
    "poniedzial": 0, "wtor": 1, "srod": 2, "czwart": 3, "piat": 4, "sobot": 5, "niedziel": 6,
}  # fmt: skip

_DAY_NAME = r"(?:poniedzial(?:ek|ku)|wtor(?:ek|ku)|srod[ey]|czwart(?:ek|ku)|piat(?:ek|ku)|sobot[ey]|niedziel[ei])"

_DAY_ADJECTIVE = r"(?P<wd>poniedzialkow|wtorkow|srodow|czwartkow|piatkow|sobotni|niedzieln)\w{1,3}"

ENGLISH_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_GATHERING = (
    r"(?:sesj\w{1,3}|posiedzeni\w{1,3}|obrad\w{0,4}|glosowani\w{1,3}|zebrani\w{1,3}|zgromadzeni\w{1,3}|uchwal\w{1,3}"
    r"|decyzj\w{1,3}|spotkani\w{1,3}|popoludni\w{1,3}|przedpoludni\w{1,3}|wiecz[oe]r\w{0,3}|poran\w{1,3})"
)

_PAST = r"(?:ostatni|ubiegl|minion|zeszl|poprzedni)"

_COMING = r"(?:najblizsz|przyszl|nadchodzac|nastepn)"

_COUNTING = (
    r"(?:(?:dwadziescia|dwudziestu|trzydziesci|trzydziestu)\s+(?:dwa|dwoch|trzy|trzech|cztery|czterech|piec|pieciu|szesc|szesciu|siedem"
    r"|siedmiu|osiem|osmiu|dziewiec|dziewieciu)"
    r"|dwoma|trzema|czterema|dwa|dwoch|trzy|trzech|cztery|czterech|piec|pieciu|szesc|szesciu|siedem|siedmiu|osiem|osmiu|dziewiec"
    r"|dziewieciu|dziesiec|dziesieciu|jedenascie|jedenastu|dwanascie|dwunastu|trzynascie|trzynastu|czternascie|czternastu|pietnascie"
    r"|pietnastu|szesnascie|szesnastu|siedemnascie|siedemnastu|osiemnascie|osiemnastu|dziewietnascie|dziewietnastu|dwadziescia"
    r"|dwudziestu|trzydziesci|trzydziestu)"
)
_YEAR = r"(?:1[89]\d\d|20\d\d)"

_R = r"(?:\s?(?:roku|rokiem|rok|r\b\.?))"

_THIS = r"(?:\s?(?:br\b\.?|b\.\s?r\b\.?|biezacego roku|tego roku))"

_LAST = r"(?:\s?(?:ub\.\s?r(?:oku|\b\.?)|ubr\b\.?|ubieglego roku|zeszlego roku|minionego roku|poprzedniego roku))"

_SAME = r"(?:\s?(?:tego\s+samego|tegoz|tamtego|owego)\s+roku)"

_NEXT = r"(?:\s?(?:przyszlego|nastepnego)\s+roku)"

_SHORT_YEAR = r"(?P<yy>\d\d)\s?(?:r\.|roku)"

_TAIL = (
    rf"(?:,?\s{{0,3}}(?P<year>{_YEAR})(?!\d){_R}?|,?\s{{0,2}}(?P<this>{_THIS})|,?\s{{0,2}}(?P<last>{_LAST})"
    rf"|,?\s{{0,2}}(?P<same>{_SAME})|,?\s{{0,2}}(?P<next>{_NEXT})|\s{_SHORT_YEAR}"
    rf"|\s+(?P<back>\d{{1,2}}|{_COUNTING})\s+lat(?:a)?\s+temu|\s+(?P<lastyear>rok\s+temu))?"
)

_ORDINAL_ENDINGS = (
    *("pierwszego", "drugiego", "trzeciego", "czwartego", "piatego", "szostego", "siodmego", "osmego"),
    *("dziewiatego", "dziesiatego", "nastego", "dziestego"),
)
_DAY_ADJECTIVES = ("poniedzialkow", "wtorkow", "srodow", "czwartkow", "piatkow", "sobotni", "niedzieln")

PATTERNS: tuple[tuple[str, str] | tuple[str, str, tuple[str, ...]], ...] = (
    ("iso", r"(?<![\d/.-])(?P<y>(?:19|20)\d\d)-(?P<m>0[1-9]|1[0-2])-(?P<d>0[1-9]|[12]\d|3[01])(?![\d-])"),
    (
        "numeric",
        (
            r"(?<![\d/.-])(?P<d>0?[1-9]|[12]\d|3[01])(?P<s>[./-])\s?(?P<m>0?[1-9]|1[0-2])(?P=s)\s?"
            rf"(?P<y>{_YEAR})(?!\d){_R}?"
        ),
    ),
    (
        "numeric",
        rf"(?<![\d/.-])(?P<d>0?[1-9]|[12]\d|3[01])\.(?P<m>0?[1-9]|1[0-2])\.?\s?(?:(?P<this>{_THIS})|(?P<last>{_LAST}))",
    ),
    ("numeric", rf"(?<![\d/.-])(?P<d>0?[1-9]|[12]\d|3[01])\.(?P<m>0[1-9]|1[0-2])\.{_SHORT_YEAR}"),
    (
        "numeric",
        (
            rf"(?:(?<!\w)(?:dnia|dniu|sesji|sesja|{_DAY_NAME}),?\s(?:w\s|z\s)?(?:dniu\s|dnia\s)?)"
            r"(?P<d>0?[1-9]|[12]\d|3[01])\.(?P<m>0[1-9]|1[0-2])\.?(?![\d.]|\s?(?:zl|tys|godz|%))"
        ),
    ),
    (
        "numeric",
        r"(?<=\()(?:dnia\s|w\s+dniu\s)?(?P<d>0?[1-9]|[12]\d|3[01])\.(?P<m>0[1-9]|1[0-2])\.?(?=\s?(?:r\.\s?)?\))",
    ),
    (
        "roman",
        (
            r"(?<![\w/.])(?P<d>[1-9]|[12]\d|3[01])[. ]\s?(?P<rm>i{1,3}|iv|vi{0,3}|ix|xi{0,2})\.?\s?"
            rf"(?:(?P<this>{_THIS})|(?P<last>{_LAST}))"
        ),
    ),
    (
        "roman",
        (
            rf"(?<![\w/.])(?P<d>[1-9]|[12]\d|3[01])[. ]\s?(?P<rm>i{{1,3}}|iv|vi{{0,3}}|ix"
            rf"|xi{{0,2}})[. ]\s?(?P<y>{_YEAR})(?!\d){_R}?"
        ),
    ),
    (
        "last_day",
        rf"(?:ostatni\w{{0,4}}\s+(?:dzien|dnia|dniu|dniem)|(?<!pod\s)koniec|koncem|konca)\s+(?P<month>{_MONTH})\b{_TAIL}",
        ("ostatni", "koniec", "koncem", "konca"),
    ),
    (
        "nth_weekday",
        rf"(?<!\w)(?:(?P<nth>pierwsz|drug|trzec|czwart)|(?P<final>ostatni))\w{{0,4}}\s+(?P<wd>{_DAY_NAME})\s+(?P<month>{_MONTH})\b{_TAIL}",
    ),
    (
        "day_range",
        rf"(?<![\d/.])(?P<d>[1-9]|[12]\d|3[01])\s?(?:-|i|oraz)\s?(?P<d2>[1-9]|[12]\d|3[01])\s+(?P<month>{_MONTH})\b{_TAIL}",
    ),
    (
        "day_month",
        rf"(?<![\d/.])(?P<d>0?[1-9]|[12]\d|3[01])(?:\.|-?(?:go|ego|tego|stego|szego))?\s+(?P<month>{_MONTH})\b{_TAIL}",
    ),
    ("day_month", rf"(?<!\w)(?P<dw>{_ORDINAL_DAY})\s+(?P<month>{_MONTH})\b{_TAIL}", _ORDINAL_ENDINGS),
    (
        "english",
        (
            rf"(?<!\w)(?:(?P<d>[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?P<em>{ENGLISH})"
            rf"(?:\s+(?P<d2>[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?!\d))?,?\s+(?P<y>{_YEAR})(?!\d)"
        ),
    ),
    (
        "english",
        (
            rf"(?<!\w)(?:(?P<d>[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<em>{ENGLISH})(?!\w)"
            rf"|(?P<em2>{ENGLISH})\s+(?P<d2>[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?!\d))"
        ),
    ),
    ("english", rf"(?<!\w)in\s+(?P<em>{ENGLISH})(?!\w)"),
    (
        "end_of_year",
        (
            rf"(?:z\s+koncem|na\s+koniec|do\s+konca|(?:z\s+)?ostatni(?:ego\s+dnia|m\s+dniem))\s+(?:(?:roku\s+)?(?P<y>{_YEAR})(?!\d){_R}?|(?P<this>br\b\.?|(?:tego|biezacego)\s+roku)"
            r"|(?P<last>(?:ub\.|ubieglego|zeszlego|minionego|poprzedniego)\s+r(?:oku|\b\.?))|(?P<same>(?:tego\s+samego|tegoz|tamtego|owego)\s+roku)|(?P<open>roku))"
        ),
    ),
    (
        "that_year",
        (
            r"(?<!\w)(?:w\s+(?:tym\s+samym|tamtym|tymze|owym)"
            r"|(?:pod\s+koniec|w\s+koncu|na\s+poczatku|w\s+polowie|wiosna|latem|jesienia|zima)\s+(?:tego\s+samego|tegoz|tamtego|owego))\s+roku(?!\w)"
        ),
        ("samym", "samego", "tamtym", "tamtego", "tymze", "tegoz", "owym", "owego"),
    ),
    (
        "relative_year",
        (
            r"(?<!\w)(?:w\s+)?(?:(?P<lasty>ubieglym|zeszlym|poprzednim|minionym)|(?P<thisy>tym|biezacym))\s+roku"
            rf"(?:,?\s+(?:w\s+)?(?P<month>{_MONTH})\b)?"
        ),
        ("ubieglym", "zeszlym", "poprzednim", "minionym", "tym", "biezacym"),
    ),
    (
        "relative_year",
        (
            r"(?<!\w)od\s+(?:(?P<lasty>ubieglego|zeszlego|poprzedniego|minionego)|(?P<thisy>biezacego|tego(?!\s+samego)))\s+roku(?!\w)"
            r"(?!\s+(?:szkoln|budzetow|akademick))"
        ),
        ("ubieglego", "zeszlego", "poprzedniego", "minionego", "biezacego", "tego"),
    ),
    ("month_year", rf"(?<![\w.])(?P<month>{_MONTH})\b{_TAIL}"),
    (
        "month_adjective",
        (
            rf"(?<!\w)(?P<madj>{_MONTH_ADJECTIVE})\w{{1,3}}\s+(?:\w+\s+){{0,2}}{_GATHERING}"
            rf"(?:\s+(?P<year>{_YEAR})(?!\d){_R}?)?"
        ),
    ),
    (
        "month_adjective",  # "na sesji sierpniowej"
        (
            r"(?:(?<=sesji )|(?<=sesja )|(?<=obradach )|(?<=obrad )|(?<=posiedzeniu )|(?<=glosowaniu ))"
            rf"(?P<madj>{_MONTH_ADJECTIVE})\w{{1,3}}(?!\w)(?:\s+(?P<year>{_YEAR})(?!\d){_R}?)?"
        ),
    ),
    ("year_range", rf"(?<![\w/.-])(?P<y>{_YEAR})\s?(?:-|do)\s?(?P<y2>{_YEAR})(?![\d/-])"),
    ("year", rf"(?<![\w/.,-])(?P<y>{_YEAR})(?!\d)(?:{_R}|(?=\s*[,.;:)])|(?=\s)|$)"),
    (
        "relative_year",
        rf"(?<!\w)(?:wiosna|latem|jesienia|zima)(?:(?P<thisy>{_THIS})|(?P<lasty>{_LAST}))",
        ("wiosna", "latem", "jesienia", "zima"),
    ),
    ("this_month", r"(?<![\d/.])(?P<d>0?[1-9]|[12]\d|3[01])\.?\s?(?:bm\b\.?|b\.\s?m\b\.?)"),
    (
        "later",
        (
            r"(?<!\w)(?:(?P<one>dzien|tydzien|miesiac)\s+(?P<way>pozniej|wczesniej)"
            rf"|(?P<n>\d{{1,2}}|{_COUNTING})\s+(?P<unit>dni|tygodnie|miesiace|miesiecy|lata|lat)\s+(?P<way2>pozniej|wczesniej)"
            r"|(?:a|one)\s+(?P<en_one>day|week|month|year)\s+(?P<en_way>later|earlier)"
            r"|(?P<en_n>\d{1,2}|two|three|four|five|six|seven|eight|nine|ten)\s+(?P<en_unit>day|week|month|year)s\s+(?P<en_way2>later|earlier)"
            r"|rok\s+(?P<year_way>pozniej|wczesniej)|nastepnego\s+dnia|nazajutrz|dnia\s+nastepnego|poprzedniego\s+dnia|dnia\s+poprzedniego)(?!\w)"
        ),
    ),
    ("years_ago", rf"(?<!\w)(?P<n>\d{{1,3}}|{_COUNTING})\s+lata?\s+temu(?!\w)", ("temu",)),
    ("years_ago", rf"(?<!\w)przed\s+(?P<n>\d{{1,2}}|{_COUNTING})\s+laty(?!\w)", ("laty",)),
    ("years_ago", r"(?<!\w)(?:rok\s+temu|przed\s+rokiem|a\s+year\s+ago)(?!\w)", ("temu", "rokiem", "year")),
    ("years_ago", r"(?<!\w)(?P<n>\d{1,3})\s+years\s+ago(?!\w)", ("years",)),
    ("years_back", rf"(?<!\w)(?P<n>\d{{1,3}}|{_COUNTING})\s+lata?(?!\w)", ("lat",)),
    ("years_back", r"roku(?<=od\sroku)(?=\s*(?:[.,;:)]|$|[a-z]))", ("roku",)),
    ("days_back", rf"(?<!\w)(?P<n>\d{{1,2}}|{_COUNTING})\s+dni\s+temu(?!\w)", ("temu",)),
    ("days_back", rf"(?<!\w)przed\s+(?P<n>\d{{1,2}}|{_COUNTING})\s+dniami(?!\w)", ("dniami",)),
    (
        "week_back",
        r"(?<!\w)(?:tydzien\s+temu|przed\s+tygodniem|a\s+week\s+ago)(?!\w)",
        ("tydzien", "tygodniem", "week"),
    ),
    (
        "weeks_back",
        rf"(?<!\w)(?:(?P<n>\d|{_COUNTING})\s+tygodni[ae]?\s+temu|przed\s+(?P<n2>\d|{_COUNTING})\s+tygodniami)(?!\w)",
        ("tygodni",),
    ),
    (
        "last_week",
        rf"(?<!\w)(?:w\s+{_PAST}(?:ym|im)\s+tygodniu|(?:ubieglego|zeszlego|minionego)\s+tygodnia|last\s+week)(?!\w)",
        ("tygodni", "week"),
    ),
    (
        "last_month",
        (
            rf"(?<!\w)(?:w\s+{_PAST}(?:ym|im)\s+miesiacu|(?:ubieglego|zeszlego|minionego)\s+miesiaca|miesiac\s+temu"
            r"|przed\s+miesiacem|last\s+month)(?!\w)"
        ),
        ("miesia", "month"),
    ),
    (
        "present_month",
        r"(?<!\w)(?:w\s+(?:tym|biezacym)\s+miesiacu|biezacego\s+miesiaca|this\s+month)(?!\w)",
        ("miesia", "month"),
    ),
    ("that_month", r"(?<!\w)(?:w\s+tym\s+samym\s+miesiacu|in\s+the\s+same\s+month)(?!\w)", ("miesiacu", "month")),
    (
        "relative_day",
        r"(?<!\w)(?P<rel>wczorajsz|wczoraj|przedwczoraj|dzisiejsz|dzisiaj|dzis|jutrzejsz|jutro|pojutrze|yesterday)(?:a|ej|ego|ym|e)?(?!\w)",
        ("wczoraj", "dzis", "jutr", "yesterday"),
    ),
    (
        "relative_day",
        r"(?<!\w)(?P<rel>przed\s+(?:godzina|chwila|momentem)|(?:godzine|chwile|\d{1,2}\s+godzin\w?)\s+temu|an\s+hour\s+ago)(?!\w)",
        ("godzin", "chwil", "momentem", "hour"),
    ),
    (
        "weekday",
        rf"(?<!\w)w[e]?\s+(?:(?:(?P<past>{_PAST})|(?P<coming>{_COMING}))\w{{0,4}}\s+)?(?P<wd>{_DAY_NAME})(?!\w)",
    ),
    ("weekday", rf"(?<!\w)(?:z|od)\s+(?:(?:(?P<past>{_PAST})\w{{0,4}}|tego|tej)\s+)?(?P<wd>{_DAY_NAME})(?!\w)"),
    ("weekday", rf"(?<!\w)na\s+(?P<coming>{_COMING})\w{{0,4}}\s+(?P<wd>{_DAY_NAME})(?!\w)"),
    ("weekday", rf"(?<!\w){_DAY_ADJECTIVE}\s+(?:\w+\s+)?{_GATHERING}", _DAY_ADJECTIVES),
    ("weekday", rf"(?<!\w)(?:on|(?P<past>last)|(?P<coming>next))\s+(?P<ewd>{'|'.join(ENGLISH_DAYS)})(?!\w)", ("day",)),
)
"""The kind of a date, its pattern, and words of which a match holds at least one."""

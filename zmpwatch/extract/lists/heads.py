"""What heads a list: words for members, for former ones and for those who are new, and for anybody else."""

from __future__ import annotations

from zmpwatch.extract.words.lazy import lazy

__all__ = [
    "BARE",
    "COLUMN_OF_MEMBERS",
    "FORMER",
    "JUST_BECAME",
    "LIST_HEADING",
    "NO_MEMBERS",
    "OF_ITS_WORK",
    "OF_MEMBERS",
    "OPENS_LIST",
    "ORGAN",
    "OUTSIDE",
    "SOURCE",
    "TITLE",
    "TOOK_PART",
    "WELCOME",
]

LIST_HEADING = lazy(
    r"(?:miasta|samorzady|gminy)\s+(?:(?:w|ze)\s+)?(?:zmp|zwiazku|naszego\s+zwiazku)|kto\s+nalezy\s+do\s"
    r"|ktore\s+(?:miasta|gminy|samorzady)\s+naleza\s+do\s|(?:nasze|nasi|kto\s+jest)\s+(?:miasta|czlonk\w+|samorzady)"
    r"|sklad(?:k|ek)\w*\s+czlonkowsk\w+"
    r"|^\W*(?:lista|wykaz|spis)\s+(?:miast|samorzadow)\W*(?:(?:zmp|zwiazku\s+miast\s+polskich)\W*)?$|delegaci\s+miast"
    r"|(?:przynaleznosc|czlonkostwo)\s+(?:gmin|miast|samorzadow)(?!\w)|lista\s+obecnosci\s+[^\n]{0,40}zgromadzeni"
    r"|(?:lista|wykaz|spis)\s+(?:delegatow|reprezentantow\s+miast)|^\W*czlonkowie\W*(?:\d*\W*)$"
    r"|(?:miasta|samorzady|gminy|lista\s+(?:miast|czlonkow|samorzadow)|wykaz\s+(?:miast|czlonkow)"
    r"|spis\s+(?:miast|czlonkow)|nasi)\s*(?:-\s*)?(?:czlonkow\w*|zrzeszon\w*|nalezac\w*)"
    r"|czlonkowie\s+(?:zwiazku|zmp)|(?:lista|wykaz|spis|mapa)\s+czlonkow|member\s+cities"
    r"|(?:czlonkowie|miasta)\s+(?:(?:zmp|zwiazku)\s+)?w\s+(?:naszym\s+)?(?:powiecie|wojewodztwie|regionie|subregionie)\s+[\w-]+\s*:"
    r"|^\W*(?:our\s+)?members(?:\s+\([^)]{1,20}\))?\W*$|(?:miasta\s+)?(?:wedlug|wg)\.?\s+wojewodztw"
    r"|w\s+zwiazku\s+(?:sa|zrzeszone)|\((?:miasta\s+)?(?:zrzeszon[ey]|nalezac[ey])\s+(?:w|do)\s+\"?(?:zmp|zwiazku\s+miast\s+polskich)\"?\)",
    *(
        "miast",
        "samorzad",
        "gmin",
        "czlonk",
        "lista",
        "wykaz",
        "spis",
        "mapa",
        "member",
        "wojewodztw",
        "zwiazku",
        "nalez",
        "zrzeszon",
    ),
)
TITLE = lazy(r"\W*(?:(?:nasze|lista|mapa|spis|wykaz)\s+)?(?:miasta|miast|czlonkowie|czlonkow|samorzady|samorzadow)\W*")
"""What stands beside the association's name in the title of a page of its members: "Związek … :: Miasta"."""
JUST_BECAME = lazy(
    r"(?<!\w)(?:zosta(?:l[aoy]|li)|sta(?:l[aoy]|li)\s+sie)\s+(?:\w+\s+)?czlonk|czlonk(?:iem|ami)\s[^.;:]{0,60}?(?:zosta(?:l[aoy]|li)|sta(?:l[aoy]|li)\s+sie)(?!\w)"
)
"""As in "W 2019 roku zostały członkami Związku trzy miasta: A, B i C": a sentence, not the heading of a list."""
FORMER = lazy(
    r"(?<!\w)(?:byli|byle|byl[ey]ch|dawn[iey]\w{0,2}|niegdysiejs\w+|former)\s+(?:\w+\s+)?(?:czlonk\w+|miast\w*|samorzad\w*|members?)(?!\w)",
    *("czlonk", "member", "miast", "samorzad"),
)
NO_MEMBERS = lazy(
    r"(?<!\w)(?:konkurs\w*|nagrod\w*|laureat\w*|finalist\w*|uczestni\w*|zarzad\w*|komisj\w*|spotkan\w*|projek\w*|wyroznion\w*|zalozyciel\w*|partner\w*|bylych|spoza|kandyd\w+|wnios\w+|szkolen\w*|warsztat\w*|webinar\w*|konferenc\w*|termin\w*|harmonogram\w*|now(?:i|ych|ymi|e)\s+(?:\w+\s+)?(?:czlonk|miast|samorzad)\w*)"
)
SOURCE = lazy(
    r"\n\W*(?:(?:zrodl\w|za|na\s+podstawie|opracowan\w+)\W+(?:\w+\W+){0,3}?)?(?:list[ay]|wykazu?|spisu?|map[ay]|rejestru?|baz[ay])\s+(?:czlonkow|(?:miast|gmin|samorzadow)\s+(?:czlonkowskich|zrzeszonych|nalezacych))(?!\w)[^\n]{0,60}",
    *("lista", "listy", "wykaz", "spis", "mapa", "mapy", "rejestr", "baz"),
)
"""A note below a list on where it comes from."""
OUTSIDE = lazy(
    r"(?<!\w)(?:nie|nigdy)\s+(?:\w+\s+)?(?:naleza\w*|przynaleza\w*|wchodz\w+|jest|sa|sa\s+czlonk\w+|byly|byli|przystapi\w*|zrzeszon\w*|zrzesza|skupia)(?!\w)|(?<!\w)(?:nienaleza|niezrzeszon|niebeda)\w*"
    r"|(?<!\w)(?:poza|spoza|zaproszon\w*|zapraszan\w*|zaproszeni\w*|zainteresowan\w*|not\s+(?:\w+\s+)?(?:members|in|belong\w*)|outside|non-members?)(?!\w)"
)
"""The heading of a list of those who are no members."""
TOOK_PART = lazy(
    r"(?<!\w)(?:laureat|laureac|finalist|finalisc|zwyciezc|uczestnic|wyroznieni|wyroznione|nagrodzeni|nagrodzone|nominowan|sygnatariusz|zakwalifikowan|beneficjen|kandydat|kandydac|goscie|gospodarze|prelegenc|eksperci"
    r"|(?:szkole|warsztat|termin|harmonogram|webinar|konferenc|spotka)\w*\s[^\n]{0,60}?wojewodztw|partnerzy|obecni\s+na|zgloszone?\s|zgloszeni\s|wypelnil|odpowiedzial|popar[lt]|podpisal|wziel[aoiy]|skorzystal|otrzymal|ranking|wyniki|lista\s+(?:rankingow|rezerwow|projekt|wniosk|uczestni))\w*"
)
ORGAN = lazy(
    r"(?<!\w)(?:zarzad|komisj|prezydi|kapitul|jury|zespo|grup[ay]|lider|konsorcj|projek|partner|klub|sklad|przewodnicz|prezes|rada\s+(?:program|nadzor|fundacj))\w*"
)
OF_MEMBERS = lazy(
    r"(?<!\w)(?:czlonk|zrzesz|naleza|nalezy|skupia|przynalezn|stowarzyszon|member)\w*|(?<!\w)w\s+(?:zwiazku|zmp)(?!\w)|w\s+podziale\s+na|wedlug\s+wojewodztw"
)
OF_ITS_WORK = lazy(
    r"(?<!\w)(?:grant|dotacj|dofinansow|partnerst|projek|kongres|zglosz|szkole|warsztat|program|wspar|konkurs|laurea|akademi|badani|ankie|rank|nagrod|fundusz|wynik|uczest|konferenc|inwestycj|doradc|wizyt|webinar|przetarg|zakup|praktyk|spotka)\w*"
)
"""What the association does: a heading of that is none of its members."""
BARE = lazy(r"\W*czlonkowie\W*(?:\d*\W*)")
OPENS_LIST = lazy(
    r"(?:do\s+(?:zwiazku|zmp|organizacji|stowarzyszenia)[^.;]{0,90}(?:naleza|przynaleza)[^.;]{0,60}|(?:zrzesza|skupia|czlonkami)[^.;]{0,90}|naleza[^.;]{0,80})\s*:\s*$"
)
COLUMN_OF_MEMBERS = lazy(
    r"(?<!\w)(?:miasto|gmina|samorzad)\s*[|\t;](?:[^\n]*[|\t;])?\s*(?:czlon\w+\s+(?:od|zmp|zwiazku)|(?:data|rok|dzien)\s+(?:przystapieni|przyjeci|wstapieni|akces)\w+|(?:w\s+)?(?:zmp|zwiazku)\s+od|przystapieni\w|data\s+czlon\w+)",
    "czlon",
    "przystap",
    "przyjeci",
    "wstap",
    "akces",
    "zmp",
    "zwiazku",
)
"""The head of a table of towns and since when they are members."""
WELCOME = lazy(
    r"\W*(?:serdecznie\s+)?witamy(?:\s+serdecznie)?(?:\s+(?:now\w{1,3}\s+(?:miasta|czlonkow|samorzady)|w\s+(?:naszym\s+)?(?:zwiazku(?:\s+miast\s+polskich)?|zmp|organizacji|gronie(?:\s+(?:miast|czlonkow|zmp|zwiazku))?))){1,2}\W*",
    "witamy",
)
"""The heading of names that are new: "WITAMY W ZWIĄZKU!"."""

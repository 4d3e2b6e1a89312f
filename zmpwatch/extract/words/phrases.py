"""Runs of words that several readers go by."""

from __future__ import annotations

from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.matters import A_STEP

__all__ = [
    "ACTIVITY",
    "AFTER_RESOLUTION",
    "ANY_TOWN",
    "A_BLANK",
    "BESIDE_ANOTHER",
    "BESIDE_A_BODY",
    "DAYS_AFTER",
    "HYPOTHETICAL",
    "IN_GENERAL",
    "IN_ITS_TIME",
    "LED_TO_IT",
    "MAY_BE_DONE",
    "NEGATED",
    "OF_COUNCILS_ACT",
    "ONCE_DECIDED",
    "OTHER_GOAL",
    "OTHER_TOWNS",
    "RUN_BY",
    "SO_DECIDED",
    "TAKES_IT_UP",
    "TOLD_FROM",
    "TOWNS_FOLLOW",
    "TOWN_ITSELF",
    "UNNAMED_TOWNS",
    "WRONG_GOVERNOR",
]

ANY_TOWN = lazy(
    r"(?<!\w)(?<!nasze\s)(?<!to\s)(?:miast[oa]|gmin[ay]|samorzad(?:y|om)?|kazd\w{1,3}\s+\w+)\s*,\s+ktor[aeyo]\w?\s+(?:chc|chcia|zamierz|pragn|decyduj|wyraz|planuj)\w*",
    "ktor",
)
"""As in "Miasto, które chce wstąpić, składa deklarację": any town."""
LED_TO_IT = lazy(
    r",\s+(?:do\s+czego|o\s+czym|co|czemu)\s+(?:[\w-]+\s+){0,3}?(?:doprowadzi|przesadzi|zdecydowa|zadecydowa|wiodl|poprzedzi)\w*\s+(?:[\w-]+\s+){0,4}?uchwal\w{1,2}(?!\s+zarzadu)(?!\w)"
    r"|,\s+co\s+(?:\w+\s+)?(?:byl|jest|stanowi|nastapi|stal)\w*\s+(?:[\w-]+\s+){0,2}?(?:skut|efekt|wynik|nastepstw|konsekwencj|poklosi|wykonani|realizacj|moc|podstaw|po|dzieki)\w*\s+(?:[\w-]+\s+){0,2}?uchwal\w{1,2}(?!\s+zarzadu)(?!\w)"
    r"|(?:,|;)\s+(?:a\s+)?(?:doprowadzi|przesadzi|zdecydowa|zadecydowa|poprzedzi)\w+\s+(?:o\s+tym|to|je|do\s+tego)\s+(?:\w+\s+){0,2}?uchwal\w{1,2}(?!\s+zarzadu)(?!\w)"
    r"|;\s+(?:\w+\s+)?(?:drog|drzwi)\w{0,2}\s+(?:do\s+tego\s+)?otworzy\w+\s+(?:\w+\s+){0,2}?uchwal\w{1,2}(?!\s+zarzadu)(?!\w)",
    "uchwal",
)
"""As in "…, do czego doprowadziła uchwała z 5 maja": the council's resolution, told behind the step it led to."""
MAY_BE_DONE = lazy(r"(?<!\w)(?:zostac|byc)\s+(?:\w+\s+)?$", "=zostac", "=byc")
"""Before a participle of what is not done yet: "może zostać wykreślony"."""
A_BLANK = lazy(
    r"(?<!\w)(?:gmin\w|miast\w{1,2}|rad\w{1,2}\s+miejsk\w+\s+w[e]?)\s+(?:[.…·]{2,}|…|_{2,}|-{3,}|\[[^\]\n]{0,40}\]|\((?:nazwa|tu\s|wpisac)[^)\n]{0,40}\)|<[^>\n]{0,40}>|\"?(?:x|xyz|abc|nn)\"?(?!\w))"
)
"""A place for a name that a form leaves open: "Miasta ………", "Gmina [nazwa]", "gmina X"."""
ACTIVITY = lazy(
    r"(?<!\w)(?:konkurs|projek|program|kampani|szkol|seminari|apel|inicjatyw|patronat|badani|ankie|akcj|platform|raport|zbiork|nabor|webinar|warsztat|deklaracj|stanowisk|konferencj|akademi|edycj|pilotaz|turniej|ranking|kongres|spotkani|forum|panel)\w*"
    r"\s+(?:\"[^\"\n]{2,60}\"\s+)?(?:(?:organizowan|prowadzon|realizowan)\w+\s+przez\s+)?\"?$"
)
"""What the association runs, before its name: "do projektu „Lokalny lider” Związku"."""
RUN_BY = lazy(
    r"(?<!\w)(?:(?:wspol)?organizator(?:em|zy|ami)?|organizuje|realizator(?:em)?|gospodarz(?:em)?|patron(?:em)?|partner(?:em)?|koordynator(?:em)?|organiser|organizer|host)"
    r"(?:\s*:\s*|\s+(?:(?:projektu|konkursu|programu|akcji|kampanii|plebiscytu|przedsiewziecia|calosci|jest|byl|pozostaje|of|is)\s+){1,3})\"?$"
    r"|(?<!\w)(?:oglosil|oglasza|prowadzi|organizuje|zorganizowal|koordynuje|rozpisal|rozstrzygnal|wymyslil|zainicjowal|nadzoruje|finansuje|firmuje)\s+(?:go|ja|je)\s+\"?$",
    *("organiz", "realizator", "gospodarz", "patron", "partner", "koordyn", "organis", "=host"),
    *(
        "=oglosil",
        "=oglasza",
        "=prowadzi",
        "=rozpisal",
        "=rozstrzygnal",
        "=wymyslil",
        "zainicj",
        "nadzor",
        "=finansuje",
        "firm",
    ),
)
"""Before a body that something else is only run by: "Organizator: Związek …", "Ogłosił go Związek …"."""
HYPOTHETICAL = lazy(
    r"(?<!\w)(?:gdyby|(?:jesli|jezeli)(?!\s+(?:chodzi|idzie)\s+o(?!\w))|moga|moze(?!\s+(?:wlasnie\s+)?(?:dlatego|stad|dzieki\s+temu|z\s+tego))|mogloby|mozna|warunkiem|aby\s+zostac|zeby\s+zostac|byl(?:a|o|i|y)?by(?:smy)?|kazde|kazda|wymaga|nalezy\s+zlozyc)(?!\w)",
    *(
        "=bylaby",
        "=bylabysmy",
        "=bylby",
        "=bylbysmy",
        "=byliby",
        "=bylibysmy",
        "=byloby",
        "=bylobysmy",
        "=bylyby",
        "=bylybysmy",
        "=gdyby",
        "=jesli",
        "=jezeli",
        "=kazda",
        "=kazde",
        "=moga",
        "=mogloby",
        "=moze",
        "=mozna",
        "=warunkiem",
        "=wymaga",
        "=zlozyc",
        "=zostac",
    ),
)
AFTER_RESOLUTION = lazy(
    r"(?:po|na\s+mocy|na\s+podstawie|zgodnie\s+z|w\s+wyniku|moca)\s+(?:[\w-]+\s+){0,2}?(?:uchwal\w+(?!\w)(?!\s+(?:nr\s+\S+\s+)?zarzadu)|decyzj\w+\s+rad\w+)|uchwala\s+(?:rady|nr|z\s|numer)",
    "decyzj",
    "uchwal",
)
NEGATED = lazy(r"(?<!\w)(?:nie|nigdy|not|never)\)?\s+(?:\w+\s+){0,2}$")
ONCE_DECIDED = lazy(
    r"(?<!\w)po\s+(?:[\w-]+\s+){0,2}?(?:uchwal|decyzj|zgod|glosowani)\w{1,3}\s+(?:[\w.-]+\s+){0,2}?rad\w+\s", "rad"
)
"""As in "po uchwale rady z 30 czerwca do ZMP dołączyła Rydzyna": the town's step, once its council had decided."""
IN_ITS_TIME = lazy(
    r"(?<!\w)(?:za|przy|pod\s+(?:rzadami|wladza))\s+(?:poprzedni|dawn|byl|minion|ubiegl|tamt|owczesn|wczesniejsz|star|now|obecn)\w{1,4}\s+rad(?:y|zie)(?!\w)"
    r"|(?<!\w)(?:za|w|podczas|pod)\s+(?:(?:czasie|czasach|czasow|trakcie|rzadow|rzadami|kadencji)\s+){1,2}(?:\w+\s+)?rady(?!\w)"
    r"|(?<!\w)za\s+rady\s+(?:\w+\s+)?kadencji(?!\w)",
    *("rady", "radzie"),
)
"""As in "za poprzedniej rady miasto opuściło Związek": the council only tells when, not who did it."""
OTHER_GOAL = lazy(
    r"^(?:[^\w:;.]+[\w-]+){0,5}?[^\w:;.]+(?:do|w)\s+(?P<goal>sporzadz\w+|zmian\w*|opracowan\w*|realizacj\w*|projekt\w*|program\w*|konkurs\w*|plan\w*|budow\w*|przetarg\w*|otwarci\w*|sklad\w*(?!\s+\"?$)|zycie|spolk\w*|porozumien\w*|klast\w*|partnerstw\w*|deklaracj\w*|platform\w*|szkole\w*|badani\w*|umow\w*"
    r"|zarzad\w*|rad[ay]|komisj\w*|sejm\w*|wojewod\w*|rzad\w*|ministr\w*|ministerstw\w*|temat\w*|gry|spraw\w*|prac\w*|kanalizacj\w*|sieci|miasta|unii|strefy|lig\w*|szkol\w*|uni\w+|prokurat\w*|sad\w*|wladz\w*|rozmow\w*|kampani\w*|akcj\w*|obrad\w*|tabel\w*|grup\w*"
    r"|zespol\w*|konwoj\w*|zbiork\w*|koalicj\w*|grona\s+(?:ekspert|laureat|partner|sygnatariusz|finalist|honorow|przyjaciol|zwyciezc)\w*|final\w*|polfinal\w*|etapu|sojusz\w*|pakt\w*|konsorcj\w*|klub\w*|rodziny\s+miast\s+blizn\w*|list\w*\s+intencyjn\w*|stanowisk\w*|apel\w*|petycj\w*|protest\w*|zakup\w*|nabor\w*|wspoln\w+\s+(?:zakup|przetarg|stanowisk|apel|list|projekt|wniosk)\w*)"
)
TOWN_ITSELF = lazy(
    r"\s+(?:nasz[ae]?\s+)?(?:gmine|miasto|samorzad)(?=\s*[.,;!]|\s*$|\s+(?:\d+|w|we|na|do|z|dnia|juz|jednoglosnie)(?!\w))"
)
"""The town spoken of, as what is taken in: "Zarząd przyjął gminę 17 kwietnia"."""
WRONG_GOVERNOR = lazy(
    r"(?:zarzad\w*|komisj\w*|biur\w*|siedzib\w*|prezes\w*|wiceprezes\w*|rad[ayzeę]\w{0,2}|zgromadzeni\w*|statut\w*|wladz\w*|konkurs\w*|projekt\w*|program\w*|kampani\w*|delegat\w*|dyrektor\w*|sekretar\w*"
    r"|grup\w*|zespol\w*|kongres\w*|konferencj\w*|spotkani\w*|zjazd\w*|posiedzeni\w*|debat\w*|warsztat\w*|forum"
    r"|plebiscyt\w*|ankiet\w*|badani\w*|seminari\w*|szkoleni\w*|stanowisk\w*|apel\w*|inicjatyw\w*|prezydium"
    r"|patronat\w*|ranking\w*|rapor[ct]\w*|biuletyn\w*|poradnik\w*|akademi\w*|pilotaz\w*|turniej\w*|webinar\w*"
    r"|publikacj\w*|list\w?|pism\w?|skladk\w*|przez"
    r"|(?<!zostaja\s)(?<!zostaje\s)(?<!zostac\s)(?<!zostala\s)(?<!zostalo\s)(?<!\w)przy"
    r"|(?:meeting|board|office|session|congress|conference|assembly|committee|forum|event|project|programme|contest|campaign)s?\s+of(?:\s+the)?)\s*\"?$"
)
TOWNS_FOLLOW = lazy(
    r"(?:w\s+tym(?!\s+(?:roku|miesiac|tygod|czas|sam|cel|dni|gron|kierunk|temac|sens|zakres|kwarta|polrocz|wieku|sposob|spraw))|wsrod\s+nich|z\s+czego|m\.\s?in\.|miedzy\s+innymi|takie\s+jak|takich\s+jak|np\.|na\s+przyklad|z\s+(?:\w+\s+)?(?:sasiadow|sasiedztwa)|including|such\s+as)\s",
    *("=tym", "=nich", "=czego", "=in", "=innymi", "=jak", "np", "=przyklad", "including", "=as"),
    *("=sasiadow", "=sasiedztwa"),
)
BESIDE_A_BODY = lazy(
    r"(?<!\w)(?:obok|wraz\s+ze?|razem\s+ze?|wspolnie\s+ze?|oprocz|(?<!zostaja\s)(?<!zostaje\s)(?<!zostac\s)(?<!zostala\s)(?<!zostalo\s)przy|z\s+udzialem|pod\s+patronatem|wedlug|zdaniem|z\s+inicjatywy|dzieki|na\s+zlecenie|w\s+ocenie|podaje|podal|informuje)\s+\"?$"
)
"""Before a body that neither is joined or left nor grows."""
BESIDE_ANOTHER = lazy(
    r"(?<!\w)(?:(?:wysla|wysyla|pojecha|jedzi|jecha|zawioz|skierowa)\w*\s+(?:\w+\s+)?do|obok|oprocz|poza|niz|od|kolo|wspoln\w{1,3}\s+ze?|z\s+wyjatkiem|spod|sasiedni\w*|sasiad\w*|pobliski\w*|wzorem|sladem|za\s+przykladem|przykladem|w\s+slad\s+za|inaczej\s+niz|przeciwienstwie\s+do|tak\s+jak|tak\s+samo\s+jak|niczym|czyli\s+jak|hosted\s+by\s+the\s+town\s+of)\s+$"
    r"|(?<!\w)poza\s+(?:nim|nia|zwiazkiem|organizacja|zmp)\s+(?:po)?zosta\w+\s+(?:\w+\s+)?$"
    r"|(?<!\w)(?:po)?(?:miedzy|between)\s+(?:(?:[\w-]+\s+){1,3}(?:a|i|oraz|and)\s+)?$"
)
"""What stands before a town that is only named beside another: "obok", "wzorem", "między A a"."""
OTHER_TOWNS = lazy(
    r"(?<!\w)(?:kolejne|nowe|dalsze|trzy|cztery|piec|dwa|dwie|kilka|kilkanascie|pare|pojedyncze|nieliczne|niektore|liczne|inne|wiele|mniejsze|wieksze)\s+(?:\w+\s+)?(?:miasta|samorzady|gminy|osrodki|miast|gmin|samorzadow)(?!\w)"
)
"""Towns without a name that are none spoken of before: "kolejne samorządy"."""
UNNAMED_TOWNS = lazy(
    r"(?<!\w)(?:zglosi|zlozy|wyrazi|zadeklarowa|deklarowa|podpisa|zapowiedzia|wysla|przesla|nadesla|wnios|podje)l\w{1,2}\s+(?:[\w-]+\s+){0,3}?"
    r"(?:\d{1,3}|dwa|dwie|trzy|cztery|piec|szesc|siedem|osiem|dziewiec|dziesiec|kilka\w*|wiele|szescdziesiat|sto)\s+(?:[a-z]+\s+){0,2}?(?:miasta?|gminy?|samorzad(?:y|ow)|osrodk(?:i|ow))(?!\w)"
    r"(?!\s?[:(-])",
    *("miast", "gmin", "samorzad", "osrodk"),
)
"""Towns without a name that are who does something: "Akces zgłosiły wówczas 64 miasta"."""
OF_COUNCILS_ACT = lazy(
    r"(?<!\w)(?:po|dzieki|na\s+mocy|na\s+podstawie|zgodnie\s+z|w\s+wyniku|wskutek|w\s+nastepstwie|w\s+efekcie)\s+(?:[\w-]+\s+){0,2}?(?:uchwal|decyzj|glosowani)\w{1,3}\s+(?:(?:swo\w{1,3}|swej|ich|jej|jego|tamtejsz\w{1,3}|nasz\w{1,3})\s+)?(?:rad\w{1,2}|radnych)\s+(?:[\w-]+\s+){0,3}?z\s+(?:dnia\s+)?$",
    "rad",
)
"""Before the day on which a council decided what came about later."""
IN_GENERAL = lazy(
    rf"(?<!\w)(?:uchwal\w{{1,2}}|wniosek|projekt|decyzja)\s+(?:\w+\s+)?(?:o|w\s+sprawie|dotyczac\w{{1,2}})\s+(?:{A_STEP})\w+[^.;]{{0,60}}?(?<!\w)(?:powinn\w+|musi|wymaga|zapada|podejmuje\s+(?:rada|sie))(?!\w)",
    *("powinn", "=musi", "=wymaga", "=zapada", "=podejmuje"),
)
"""As in "uchwała o przystąpieniu powinna wskazywać źródło składki": what holds for any town."""
SO_DECIDED = lazy(
    r"\s-\s(?:tak\s+(?:(?:uchwali|zdecydowa|postanowi|przeglosowa)\w+\s+|(?:glosi|stanowi|brzmi|mowi)\s+uchwala\s+(?:\w+\s+){0,5}?(?:z\s+)?)?|(?:uchwali|zdecydowa|postanowi|przeglosowa)\w+\s+)(?:w\s+dniu\s+|dnia\s+)?$"
)
"""Before the day in "…, przystępujemy – tak 30 marca uchwaliła rada": that of all that was quoted."""
TAKES_IT_UP = lazy(
    r"(?<!\w)(?:rad[ay]|radni)\s+(?:[\w.]+\s+){0,4}?(?:na\s+(?:nie|niego|nia|to)|go|je|ja)\s+(?:[\w.]+\s+){0,3}?(?:(?:z|prze|przy|po|od|u)\w*(?:godzi|glosowa|stal|parl|rzuci|chwali|stac)\w*)",
    *("=radni", "=rada", "=rady"),
)
"""As in "…, lecz 4 kwietnia rada się na nie nie zgodziła": a clause that decides what the one before spoke of."""
DAYS_AFTER = lazy(
    r"\s*,?\s+(?:dzien|tydzien|miesiac|\w+\s+(?:dni|tygodni\w*))\s+po\s+(?:\w+\s+)?(?:sesj|glosowani|decyzj|uchwal|obrad)\w*"
)
"""As in "w piątek, dzień po sesji": not the day of the session."""
TOLD_FROM = lazy(
    r"(?<!\w)(?:gazet\w{1,2}|tygodnik\w{0,3}|miesiecznik\w{0,3}|dziennik\w{0,3}|dziennikar\w{1,4}|redakcj\w{1,2}|portal\w{0,3}|radi\w{1,2}|telewizj\w"
    r"|czytelni\w{1,4}|internau\w{1,4}|sluchacz\w{0,3}|widz\w{0,3}|felietonist\w{1,3}|bloger\w{0,3}|korespondent\w{0,3})\s+z[e]?\s+$"
    r"|(?<!\w)(?:pism|list|wiadomosc|odpowiedz|zaproszeni|(?:otrzyma|dosta|odebra)l)\w{0,4}\s+(?:wlasnie\s+|wczoraj\s+|dzis\s+)?ze?\s+$"
)
"""Who asks or tells, and where from: "– pyta tygodnik z Mławy", "otrzymał z Poznania pismo"."""

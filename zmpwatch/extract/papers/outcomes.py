"""What became of an item of minutes: its last ballot that is not about a motion, and the conclusion."""

from __future__ import annotations

from dataclasses import dataclass

from zmpwatch.extract.papers.acts import Act
from zmpwatch.extract.structure.reading import Reading
from zmpwatch.extract.votes.ballots import Ballot, read_ballot
from zmpwatch.extract.words.lazy import lazy
from zmpwatch.extract.words.matters import A_STEP, NO_DEBATE_BEHIND, NOT_OF_A_DEBATE
from zmpwatch.model import Stage

__all__ = ["Outcome", "OutcomeReader"]

_A_MOTION = r"wnios(?:ek|ki)"
_LATER = r"odeslani\w+|odeslac|odroczeni\w+|odroczyc|odlozeni\w+|odlozyc|przelozeni\w+"
"""What moves a matter to another day."""
_WITHDRAWN = r"wycofani\w+|wycofac"
_STRUCK = r"(?:(?:wy|s)kresleni\w+|(?:wy|s)kreslic|usunieci\w+|usunac|pominieci\w+|pominac)"
"""What takes a point off the agenda, or a town off a list."""
# A motion, an amendment or an opinion is voted on apart from the matter.
_MOTION = lazy(
    rf"(?<!\w)(?:wnios(?:ek|ku|kiem|kowi)\s+(?:formaln\w+|radn\w+|przewodnicz\w+|przeciwn\w+|burmistrza|prezydenta)?\s*(?:o\s+(?!{A_STEP}|przyjec)|by(?!\w)|aby|zeby|zosta\w+)"
    rf"|{_A_MOTION}\s+(?:\w+\s+){{0,2}}?(?:przyje|odrzuc|upad|przesz|uzyska)\w*|(?:przyje\w+|odrzuc\w+)\s+(?:\w+\s+)?{_A_MOTION}"
    rf"|wni(?:osl|osla|oslo|esli)\s+o\s+(?!{A_STEP})|wnioskowa\w+|(?:za|przeciw)\s+wnioskiem|formaln\w+\s+wnios\w+|wnios\w+\s+formaln\w+"
    rf"|{_LATER}|zdjeci\w+|zdjac|{_WITHDRAWN}"
    r"|wprowadzeni\w+|wprowadzic|porzadk\w+|zamkniecie\s+dyskusji|zamknac\s+dyskusje"
    r"|skroc\w+\s+(?:dyskusj|debat|wystapien)\w+|(?:zmian\w|zmieni\w+)\s+kolejnosc\w*|reasumpcj\w+"
    r"|dodani\w+|dodac\w*|dopisani\w+|dopisac"
    rf"|{_STRUCK}(?!\s+(?:[\w-]+\s+){{0,3}}?z(?:e\s+zwiazku|\s+(?:listy|rejestru|grona))))"
)
_AMENDMENT = lazy(r"(?<!\w)(?<!z\s)(?<!zgloszona\s)(?:auto)?poprawk\w*")
_WITH_AMENDMENT = lazy(
    r"(?<!\w)(?:wraz\s+)?z\s+(?:\w+\s+)?(?:auto)?poprawk\w+|(?:po|uwzgledni\w+)\s+(?:\w+\s+)?(?:auto)?poprawk\w+"
)
_OPINION = lazy(
    r"(?<!\w)(?:komisj\w+\s+[^.]{0,60}?(?:opin|zaopin|(?:za|prze)?glos(?:ow|ami)|rekomend)\w*|opini[aie]\w?\s+(?:\w+\s+)?komisj|opini[aie]\w?\s+(?:pozytywn|negatywn)|(?:pozytywn|negatywn)\w+\s+opini)"
)
_BALLOT_WORD = lazy(r"(?<!\w)(?:za(?!\w)|przeciw|wstrz|glosow)")
_MATTER_WORD = lazy(r"(?<!\w)(?:uchwal\w*|projekt\w*|cal\w+\s+projekt\w*|druk\w*)(?!\w)")
_CONCLUDED = lazy(
    r"(?<!\w)(?:uchwal\w+|projekt\w*)\s[^.]{0,80}(?:podje\w+|przyje\w+|odrzuc\w+|upad\w+)|(?:podje\w+|odrzuc\w+)\s[^.]{0,40}(?:uchwal\w+|projekt\w*)"
)
_NOT_ADOPTED = lazy(
    rf"(?<!\w)(?:{NOT_OF_A_DEBATE}nie\s+(?:zostal\w+\s+)?(?:podje\w+{NO_DEBATE_BEHIND}|przyje\w+|uchwal\w+|przeszl\w+|przeszed\w+|uzyska\w+|zyska\w+)|odrzuc\w+|upad[lh]\w*|przepad\w+|nie\s+przeglosowa\w+)"
)
_TAKEN_OFF = lazy(
    rf"(?<!\w)(?:zdje(?:cie|ciem|cia|ciu)|zdjac|{_WITHDRAWN}|{_LATER})(?!\w)"
    rf"|(?<!\w){_STRUCK}\s+(?:z\s+porzadk\w+|(?:\w+\s+){{0,3}}?(?:pod)?punkt\w*"
    r"|(?:\w+\s+){0,3}?(?:pkt|druk\w*|projekt\w*|uchwal\w*|pozycj\w+|temat\w*))(?!\w)"
)
"""A motion that the matter be dealt with another day, if at all."""
_REMOVED = lazy(
    r"(?<!\w)(?:wycofa\w+|zdje[ct]\w*|zdjal|odesla(?:no|ny|na|li|la)|odroczon\w+|odroczono|przelozon\w+|wykreslon\w+|skreslon\w+|usuniet[aeoy]|pominiet[aeoy]|nie\s+(?:zostal\w*\s+)?wprowadzon\w+|ponownie\s+trafi\w*)"
)
_ADOPTED = lazy(
    r"(?<!\w)(?:podje(?:la|li|to|ta|te)|przyje(?:la|li|to|ta)|uchwalil\w*|uchwalon\w+|uchwala\s+(?:nr|zostala)|przeglosowa\w+|(?:zdecydowa|postanowi)(?:la|li|l|no|ono)|zgodzi(?:la|li)\s+sie|wyrazi(?:la|li)\s+zgode)(?!\w)"
)
_CITED = lazy(
    r"(?<!\w)(?:zmieni\w+|zmian\w+|uchyl\w+|wczesniejsz\w+|poprzedni\w+|dotychczasow\w+|traci\s+moc|na\s+podstawie|w\s+zwiazku\s+z|zgodnie\s+z|wykonani\w+|moca)\s[^.;]{0,60}$"
)
_RECALLED = lazy(
    r"(?<!\w)(?:przypomn\w+|poprzedni\w*\s+(?:kadencj|rad)\w+|(?:ubieglej|tamtej|minionej)\s+kadencji|przed\s+(?:rokiem|laty|\w+\s+laty)|(?:rok|\w+\s+lat\w?)\s+temu|w\s+(?:19|20)\d\d\s+r|w\s+sasiedn\w+|czy)(?!\w)"
)
"""What a speaker recalls or asks became of another vote."""
_BY_NAME = lazy(
    r"\W*(?:(?:lista|wykaz|wyniki|glosy|glosowanie|glosowali|glosowano)\s+imienn\w+|imienn\w+\s+(?:lista|wykaz|wyniki))\s*:?\s*$"
)
"""A line over the names of those who voted, whose sides count nobody anew."""
_PAPER_ON = lazy(
    r"\W*(?:projekt\w*|uchwal\w{1,2}|druk\w*)\s+(?:[\w./]+\s+){0,4}?(?:w\s+sprawie|o|dotyczac\w{1,2})\s+(?:przystap|wystap|wstap|rezygn|czlonk)\w+\s+(?:do|z|ze|w)\s"
)
_STOPS = lazy(r"(?<=[.!?])(?<!\swstrz\.)\s+|\n|$")


@dataclass(frozen=True, slots=True)
class Outcome:
    """How far an item came, with its own ballot and the number of its resolution where they are told."""

    stage: Stage
    ballot: Ballot | None = None
    act: Act | None = None


@dataclass(slots=True)
class OutcomeReader:
    """Reads what became of the items of one document."""

    reading: Reading

    def read(self, start: int, end: int) -> Outcome:
        """The outcome that a run of the clean text tells; `PROPOSED` where it tells none."""
        folded = self.reading.clean.folded
        end = self._up_to_another(start, end)
        ballot, motion = self._ballots(start, end)
        told = self._of_the_matter(start, end, ballot)
        act = self._act(start, end, ballot)
        removed = _REMOVED.search(folded, start, end) is not None
        if ballot is None and not removed and (act is not None or _CONCLUDED.search(told)):
            ballot = motion  # what looked like a motion's ballot was the only one there is
        if ballot is None and act is None and (removed or not told.strip()):
            return Outcome(Stage.PROPOSED)
        if _NOT_ADOPTED.search(told) or (ballot is not None and ballot.carried is False):
            return Outcome(Stage.REJECTED, ballot)
        if act is not None or _ADOPTED.search(told) or (ballot is not None and ballot.carried):
            return Outcome(Stage.RESOLVED, ballot, act)
        return Outcome(Stage.PROPOSED)

    def _up_to_another(self, start: int, end: int) -> int:
        """Where an item comes to the paper of another body: "Projekt w sprawie wystąpienia z Unii … przyjęto"."""
        folded = self.reading.clean.folded
        for first, stop in self._runs(start, end):
            paper = _PAPER_ON.match(folded, first, stop)
            if paper is None or first == start or self.reading.ours(first, stop):
                continue
            if any(b.start < stop for b in self.reading.others(paper.end(), stop)):
                return first
        return end

    def _runs(self, start: int, end: int) -> list[tuple[int, int]]:
        """Sentences and lines between two offsets."""
        runs: list[tuple[int, int]] = []
        position = start
        for match in _STOPS.finditer(self.reading.clean.folded, start, end):
            if match.start() > position:
                runs.append((position, match.start()))
            position = match.end()
        if position < end:
            runs.append((position, end))
        return runs

    @staticmethod
    def _moved(run: str) -> bool:
        """Whether a sentence speaks of a motion, an amendment or an opinion, not of the matter itself."""
        if _MOTION.search(run) or _OPINION.search(run):
            return True
        return _AMENDMENT.search(_WITH_AMENDMENT.sub(" ", run)) is not None

    def _of_the_matter(self, start: int, end: int, ballot: Ballot | None) -> str:
        """The sentences that do not speak of a motion, from that of the ballot on; before it others were recalled."""
        folded = self.reading.clean.folded
        kept = [(a, b) for a, b in self._runs(start, end) if not self._moved(folded[a:b])]
        if ballot is None:
            return " ".join(folded[a:b] for a, b in kept if not _RECALLED.search(folded[a:b]))
        behind = " ".join(folded[a:b] for a, b in kept if b > ballot.start)
        if _NOT_ADOPTED.search(behind) or _ADOPTED.search(behind) or ballot.carried is not None:
            return behind
        return " ".join(folded[a:b] for a, b in kept)

    def _ballots(self, start: int, end: int) -> tuple[Ballot | None, Ballot | None]:
        """The last ballot on the matter, and the last on a motion."""
        folded = self.reading.clean.folded
        last: Ballot | None = None
        motion: Ballot | None = None
        pending = False
        begun = start
        off = False
        off_from: int | None = None
        for first, stop in self._runs(start, end):
            run = folded[first:stop]
            ballot = read_ballot(folded, first, stop)
            if off and _MATTER_WORD.search(run) is None:
                continue  # the matter is dealt with no more, whatever else is voted on
            if off_from is None and _TAKEN_OFF.search(run):
                off_from = first
            elif off_from is not None and ballot is None and _BALLOT_WORD.search(run) is None:
                off_from = first if _TAKEN_OFF.search(run) else None
            if off_from is not None and ballot is not None:
                asked = read_ballot(folded, off_from, stop)
                off = asked is not None and asked.carried is True
            if self._moved(run) or (ballot is not None and _REMOVED.search(run)):
                off = off or (ballot is not None and ballot.carried is True and _REMOVED.search(run) is not None)
                motion = ballot or motion
                pending = ballot is None
                begun = stop
                continue
            if pending and ballot is not None and not _MATTER_WORD.search(run):
                motion, pending, begun = ballot, False, stop
                continue
            pending = pending and not _MATTER_WORD.search(run)
            # "Kto jest za? Jedenaście. Kto jest przeciw? Nikt." goes on over sentences
            whole = read_ballot(folded, begun, stop) if last is not None or begun < first else None
            if whole is not None and _told(whole) > max(_told(ballot), _told(last)):
                last = whole
            elif ballot is not None:
                last, begun = ballot, first
            elif last is not None and (_CONCLUDED.search(run) or _BY_NAME.match(run)):
                break
            elif not _BALLOT_WORD.search(run):
                begun = stop
        return last, motion

    def _act(self, start: int, end: int, ballot: Ballot | None) -> Act | None:
        """The number that the resolution was given: the first behind the ballot, else the last of the item."""
        folded = self.reading.clean.folded
        acts = [
            a
            for a in self.reading.acts
            if start <= a.start < end and not _CITED.search(folded[max(start, a.start - 90) : a.start])
        ]
        behind = [a for a in acts if ballot is not None and a.start >= ballot.end]
        return (behind[0] if behind else acts[-1]) if acts else None


def _told(ballot: Ballot | None) -> int:
    """How many of the three numbers a ballot gives."""
    if ballot is None:
        return 0
    return sum(value is not None for value in (ballot.votes.in_favour, ballot.votes.against, ballot.votes.abstain))

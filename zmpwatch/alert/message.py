"""Changes → one message, in three formats."""

from __future__ import annotations

from collections.abc import Sequence

from zmpwatch import __version__
from zmpwatch.alert.clean import NAME_LIMIT, SUBJECT_LIMIT, clean, cut, safe_url
from zmpwatch.alert.document import Document, Line, Section, bold, line, link
from zmpwatch.alert.english import English
from zmpwatch.alert.names import Names
from zmpwatch.alert.news import News, Proof, gather
from zmpwatch.alert.operations import operator_sections, operator_subject
from zmpwatch.alert.polish import Polish
from zmpwatch.alert.subscriptions import Language
from zmpwatch.alert.withholding import NOTHING, Withheld
from zmpwatch.alert.wording import Wording
from zmpwatch.model import Association, Change, Message

__all__ = ["ZMP", "Message", "compose", "tell"]

ZMP = Association(key="zmp", name="Związek Miast Polskich", short="ZMP")

_TOWNS_SHOWN = 20
_TOWNS_NAMED = 60
_PROOFS_SHOWN = 2
_KEY_SHOWN = 12

_WORDINGS: dict[Language, Wording] = {"pl": Polish(), "en": English()}


def compose(
    changes: Sequence[Change],
    *,
    recipient: str,
    language: Language,
    names: Names,
    key: str,
    association: Association = ZMP,
    banner: str | None = None,
    whole: str | None = None,
    withheld: Withheld = NOTHING,
) -> Message:
    """Write one message that tells all `changes`.

    `recipient` is the subscription's name, shown in the footer. `banner` marks a message that is no real news ("demo
    data", "test"): it stands in the subject and above the text. `whole` is an address with all changes, named where a
    long list is cut. A count does not name the `withheld` municipalities. Changes for the operator are told in English.

    Raises:
        ValueError: there is nothing to tell.
    """
    subject, sections = _told(changes, language, names, association, withheld, whole)
    if banner:
        sections.insert(0, [line(bold(clean(banner, NAME_LIMIT).upper()))])
    footer = _WORDINGS[language].footer(clean(recipient, NAME_LIMIT), __version__, key[:_KEY_SHOWN])
    document = Document.of([*sections, Section(tuple(footer), quiet=True)])
    mark = f"[{clean(banner, NAME_LIMIT)}] " if banner else ""
    return Message(cut(mark + subject, SUBJECT_LIMIT), document.text(), document.markdown(), document.html(), key)


def tell(
    changes: Sequence[Change],
    *,
    language: Language,
    names: Names,
    association: Association = ZMP,
    withheld: Withheld = NOTHING,
) -> tuple[str, Document]:
    """The same news for nobody in particular, as a title and a document: no footer, no key.

    Raises:
        ValueError: there is nothing to tell.
    """
    subject, sections = _told(changes, language, names, association, withheld)
    return subject, Document.of(sections)


def _told(
    changes: Sequence[Change],
    language: Language,
    names: Names,
    association: Association,
    withheld: Withheld,
    whole: str | None = None,
) -> tuple[str, list[Section | Sequence[Line]]]:
    if not changes:
        raise ValueError("no news to tell")
    wording = _WORDINGS[language]
    news = gather(changes, names, withheld)
    subjects, sections = [], list[Section | Sequence[Line]]()
    if news.count or news.towns:
        subjects.append(wording.subject(news, association))
        sections += _subscriber_sections(news, wording, association, whole)
    if news.operator:
        subjects.append(operator_subject(news.operator))
        sections += operator_sections(news.operator)
    return clean("; ".join(subjects), SUBJECT_LIMIT), sections


def _subscriber_sections(news: News, wording: Wording, association: Association, whole: str | None) -> list[list[Line]]:
    sections: list[list[Line]] = []
    if news.count:
        sections.append(
            [*wording.count(news.count, association), *_proof_lines(news.count.quoted, wording, only=False)]
        )
    else:
        sections.append([wording.lead(association)])
    shown, rest = news.towns[:_TOWNS_SHOWN], news.towns[_TOWNS_SHOWN:]
    for town in shown:
        sites = tuple(dict.fromkeys(proof.site for proof in town.proofs))
        rows = [*wording.town(town, association), *_proof_lines(town.proofs, wording, only=len(sites) == 1)]
        if len(sites) > 1:
            rows.append(line(wording.sources(sites)))
        sections.append(rows)
    if rest:
        sections.append([wording.more_towns([t.place for t in rest[:_TOWNS_NAMED]], max(0, len(rest) - _TOWNS_NAMED))])
        if address := safe_url(whole) if whole else None:
            sections[-1].append(line(link(address)))
    if news.count:
        told = {town.place.teryt for town in news.towns}
        sections.append([])
        for places, say in ((news.count.joined, wording.joined_elsewhere), (news.count.left, wording.left_elsewhere)):
            untold = [p for p in places if p.teryt not in told]
            if untold:
                more = max(0, len(untold) - _TOWNS_NAMED)
                sections[-1].append(say(untold[:_TOWNS_NAMED], others=len(untold) < len(places), more=more))
        sections[-1] += wording.balance(news.count)
    return sections


def _proof_lines(proofs: Sequence[Proof], wording: Wording, *, only: bool) -> list[Line]:
    rows: list[Line] = []
    for proof in proofs[:_PROOFS_SHOWN]:
        rows.append(line(wording.evidence(proof, only=only)))
        if proof.url:
            rows.append(line(link(proof.url)))
    if len(proofs) > _PROOFS_SHOWN:
        rows.append(line(wording.more_quotes(len(proofs) - _PROOFS_SHOWN)))
    return rows

"""The test message of `zmpwatch notify test`: marked as a test, with no news in it, real or made up."""

from __future__ import annotations

import hashlib
from datetime import datetime

from zmpwatch import __version__
from zmpwatch.alert.clean import NAME_LIMIT, clean
from zmpwatch.alert.document import Document, Section, bold, line
from zmpwatch.alert.message import Message
from zmpwatch.alert.subscriptions import Language
from zmpwatch.model import Association

__all__ = ["trial_message"]

_SUBJECT = {"pl": "[test] zmpwatch: wiadomość próbna", "en": "[test] zmpwatch: test message"}
_LINES = {
    "pl": (
        "TEST – to nie jest żadna nowina.",
        "Tą drogą zmpwatch powie odbiorcy „{recipient}”, gdy zmieni się coś w gronie członków: {association}.",
        "Skoro ta wiadomość doszła, adres działa: zażółć gęślą jaźń.",
    ),
    "en": (
        "TEST – this is no news.",
        "This is how zmpwatch will reach “{recipient}” when the membership changes: {association}.",
        "As this message has arrived, the address works: zażółć gęślą jaźń.",
    ),
}


def trial_message(recipient: str, language: Language, association: Association, now: datetime) -> Message:
    """A message that tells nothing but that it arrived, with all Polish letters in it; its key is new each time."""
    key = hashlib.sha256(f"test\x1f{recipient}\x1f{now.isoformat()}".encode()).hexdigest()[:32]
    name = clean(recipient, NAME_LIMIT)
    first, *rest = (
        text.format(recipient=name, association=clean(association.name, NAME_LIMIT)) for text in _LINES[language]
    )
    document = Document.of(
        [
            [line(bold(first))],
            [line(text) for text in rest],
            Section((line(f"{name} · zmpwatch {__version__} · {key[:12]}"),), quiet=True),
        ]
    )
    return Message(_SUBJECT[language], document.text(), document.markdown(), document.html(), key)

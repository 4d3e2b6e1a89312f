"""Keeps the secrets of a configuration out of whatever is written down."""

from __future__ import annotations

import json
from collections.abc import Mapping
from urllib.parse import quote, unquote, urlsplit

from zmpwatch.config.settings import Config

__all__ = ["Redactor"]

_SHORTEST = 4
"""Characters a value needs to be looked for; a shorter one would black out half of every line, and is no secret."""


class Redactor:
    """Replaces secrets in a text by the names they have in config.yaml.

    Secrets are the values of all variables, and of addresses written out in full the address itself and its password.
    """

    def __init__(self, secrets: Mapping[str, str]) -> None:
        shown = {
            spelling: name
            for name, value in secrets.items()
            for spelling in _spellings(value)
            if len(spelling) >= _SHORTEST
        }
        self._shown = sorted(shown.items(), key=lambda item: -len(item[0]))

    @classmethod
    def of(cls, config: Config) -> Redactor:
        """The redactor for what a configuration holds."""
        secrets = dict(config.secrets)
        addresses = [
            *((f"{subscriber.name}.to", url) for subscriber in config.subscribers for url in subscriber.to),
            *(("operator.to", url) for url in config.operator.to),
            *((("operator.heartbeat", config.operator.heartbeat),) if config.operator.heartbeat else ()),
        ]
        for name, url in addresses:
            secrets.setdefault(f"<{name} {len(secrets)}>", url)
        for name, url in [*addresses, ("database", config.database)]:
            password = _password(url)
            if password:
                secrets.setdefault(f"<password of {name} {len(secrets)}>", password)
        return cls(secrets)

    def __call__(self, text: str) -> str:
        """The text with names in place of secrets."""
        for value, name in self._shown:
            if value in text:
                text = text.replace(value, name)
        return text


def _spellings(value: str) -> set[str]:
    """How a value may stand in a line: as it is, as in a URL, as in JSON, as in a trace."""
    plain = {value, quote(value, safe=""), quote(value), unquote(value)}
    as_json = {json.dumps(one, ensure_ascii=ascii_only)[1:-1] for one in plain for ascii_only in (True, False)}
    return plain | as_json | {repr(one)[1:-1] for one in plain}


def _password(url: str) -> str | None:
    try:
        return urlsplit(url).password
    except ValueError:
        return None

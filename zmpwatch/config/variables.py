"""``${NAME}`` in a value: read from the environment, so that no secret need stand in the file."""

from __future__ import annotations

import re
from collections.abc import Mapping

__all__ = ["expand", "hide"]

_VARIABLE = re.compile(r"\$(?:(?P<escaped>\$\{)|\{(?P<name>[A-Za-z_][A-Za-z0-9_]*)\}|(?P<wrong>\{))")


def expand(text: str, env: Mapping[str, str]) -> tuple[str | None, list[str]]:
    """Fills in ``${NAME}``; ``$${`` is a plain ``${``.

    Returns:
        The text, or None when something is missing, and what is wrong. No message holds a value.
    """
    wrong: list[str] = []

    def value(match: re.Match[str]) -> str:
        name = match["name"]
        if match["escaped"]:
            return "${"
        if match["wrong"]:
            wrong.append("a variable is written ${NAME}; for a plain ${ write $${")
        elif name not in env:
            wrong.append(f"${{{name}}} is not set in the environment")
        elif not env[name].strip():
            wrong.append(f"${{{name}}} is set in the environment, but empty")
        else:
            return env[name].strip()
        return ""

    expanded = _VARIABLE.sub(value, text)
    return (None if wrong else expanded), wrong


def hide(message: str, text: str, env: Mapping[str, str]) -> str:
    """Puts the names back where a message about `text` shows the values of its variables."""
    for match in _VARIABLE.finditer(text):
        if match["name"] and env.get(match["name"], "").strip():
            message = message.replace(env[match["name"]].strip(), match[0])
    return message

"""``${NAME}`` and ``${file:PATH}`` in a value: filled in, so that no secret need stand in the file."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

__all__ = ["Secrets", "expand", "hide"]

Secrets = Mapping[str, str]
"""Values by the way they are written in the file, as ``${NAME}``."""

_VARIABLE = re.compile(
    r"\$(?:(?P<escaped>\$\{)|\{(?P<name>[A-Za-z_][A-Za-z0-9_]*)\}|\{file:(?P<file>[^{}]+)\}|(?P<wrong>\{))"
)
_LARGEST_FILE = 64 * 1024


def expand(
    text: str, env: Mapping[str, str], folder: Path = Path(), *, stand_in: str | None = None
) -> tuple[str | None, list[str], Secrets]:
    """Fills in ``${NAME}`` and ``${file:PATH}``; ``$${`` is a plain ``${``.

    A relative path counts from `folder`. A line break at a file's end is no part of its value. With `stand_in` a
    variable that can't be had is no problem: this is taken in its place.

    Returns:
        The text, or None when something is missing; what is wrong; and the values that were filled in. No message
        holds a value.
    """
    wrong: list[str] = []
    found: dict[str, str] = {}

    def value(match: re.Match[str]) -> str:
        name, file = match["name"], match["file"]
        if match["escaped"]:
            return "${"
        if match["wrong"]:
            wrong.append("a variable is written ${NAME} or ${file:PATH}; for a plain ${ write $${")
            return ""
        if file is not None:
            read = _read(match[0], folder / Path(file).expanduser(), wrong.append)
        elif name not in env:
            wrong.append(f"${{{name}}} is not set in the environment")
            return ""
        else:
            read = env[name].strip()
            if not read:
                wrong.append(f"${{{name}}} is set in the environment, but empty")
        if read:
            found[match[0]] = read
        return read

    def value_or_stand_in(match: re.Match[str]) -> str:
        before = len(wrong)
        read = value(match)
        if stand_in is None or match["wrong"] or len(wrong) == before:
            return read
        del wrong[before:]
        return stand_in

    expanded = _VARIABLE.sub(value_or_stand_in, text)
    return (None if wrong else expanded), wrong, found


def _read(written: str, path: Path, problem: Callable[[str], None]) -> str:
    """What a file of one line says; an empty text once a problem is noted."""
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST_FILE + 1)
        text = content.decode().strip()
    except UnicodeDecodeError:
        problem(f"{written}: the file is no UTF-8 text")
    except (OSError, ValueError) as error:
        problem(f"{written}: the file can't be read: {getattr(error, 'strerror', None) or 'no such path'}")
    else:
        if len(content) > _LARGEST_FILE:
            problem(f"{written}: the file is larger than {_LARGEST_FILE // 1024} kB")
        elif not text:
            problem(f"{written}: the file is empty")
        elif "\n" in text or "\r" in text:
            problem(f"{written}: the file has more than one line")
        else:
            return text
    return ""


def hide(message: str, secrets: Secrets) -> str:
    """Puts the names back where a message shows the values of variables."""
    for written, value in sorted(secrets.items(), key=lambda item: -len(item[1])):
        message = message.replace(value, written)
    return message

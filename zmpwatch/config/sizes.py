"""Sizes as people write them."""

from __future__ import annotations

import re

__all__ = ["parse_size"]

_SIZE = re.compile(r"(?P<number>\d{1,15})\s*(?P<unit>b|[kmg](?:i?b)?)?", re.ASCII | re.IGNORECASE)
_UNITS = {"": 0, "k": 1, "m": 2, "g": 3}


def parse_size(text: str) -> int:
    """Bytes of a size; a unit is a power of 1024, with or without an i.

    >>> parse_size("65536"), parse_size("64kB"), parse_size("4 MiB")
    (65536, 65536, 4194304)

    Raises:
        ValueError: this is no size.
    """
    match = _SIZE.fullmatch(text.strip())
    if match is None:
        raise ValueError(f'a size such as 256MB, or a number of bytes, was expected, not "{text}"')
    unit = (match["unit"] or "").lower().rstrip("b").removesuffix("i")
    return int(match["number"]) << 10 * _UNITS[unit]

"""Profiles of associations, built in or given by configuration."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import yaml

from zmpwatch.errors import RegisterError
from zmpwatch.model import Association
from zmpwatch.register.packaged import packaged_text

__all__ = ["built_in_associations", "load_association"]

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""That of libyaml where it is built in: ten times as fast."""
_KEY = re.compile(r"[\w-]+")
"""What a built-in key is made of: it is a file's name."""
_TEXTS = ("key", "name", "short", "krs")
_LISTS = ("aliases", "acronyms", "lookalikes", "domains")
_BANDS = ("sizes",)
_KEYS = (*_TEXTS, *_LISTS, *_BANDS)


@cache
def built_in_associations() -> tuple[str, ...]:
    """Keys of the profiles that come with the package."""
    from importlib.resources import files  # noqa: PLC0415 - heavy, and few ask what there is

    folder = files(__package__) / "data" / "associations"
    return tuple(sorted(entry.name.removesuffix(".yaml") for entry in folder.iterdir() if entry.name.endswith(".yaml")))


def load_association(profile: str | Mapping[str, Any]) -> Association:
    """The association named by a built-in key ("zmp", "ump") or described by a mapping.

    A mapping needs `name`; `short`, `key`, `aliases`, `acronyms`, `lookalikes`, `krs`, `domains` and `sizes` may
    follow. Without `acronyms`, `short` is taken for one.

    Raises:
        RegisterError: the key is unknown, or the mapping holds something else than such texts and lists of texts.
    """
    if isinstance(profile, str):
        return _built_in(profile)
    return _from_mapping(profile)


@cache
def _built_in(key: str) -> Association:
    try:
        text = packaged_text(__package__, f"data/associations/{key}.yaml") if _KEY.fullmatch(key) else None
    except FileNotFoundError:
        text = None
    if text is None:
        raise RegisterError(f"no built-in association {key!r}; there are {', '.join(built_in_associations())}")
    return _from_mapping(yaml.load(text, Loader=_LOADER))  # noqa: S506 - a safe one


def _from_mapping(profile: Mapping[str, Any]) -> Association:
    unknown = [str(name) for name in profile if name not in _KEYS]
    if unknown:
        raise RegisterError(f"association: unknown key {unknown[0]!r}; known are {', '.join(_KEYS)}")
    name = _text(profile, "name")
    if not name:
        raise RegisterError("association: a name is needed")
    short = _text(profile, "short") or "".join(word[0] for word in name.split()).upper()
    return Association(
        key=_text(profile, "key") or short.casefold(),
        name=name,
        short=short,
        aliases=_texts(profile, "aliases"),
        acronyms=_texts(profile, "acronyms") or (short,),
        lookalikes=_texts(profile, "lookalikes"),
        krs=_text(profile, "krs"),
        domains=tuple(domain.casefold() for domain in _texts(profile, "domains")),
        sizes=_band(profile, "sizes"),
    )


def _text(profile: Mapping[str, Any], name: str) -> str | None:
    value = profile.get(name)
    if value is None:
        return None
    if not isinstance(value, str) or not value.strip():
        raise RegisterError(f"association: {name} must be a text, not {value!r}")
    return value.strip()


def _texts(profile: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value = profile.get(name)
    if value is None:
        return ()
    if not isinstance(value, list | tuple) or not all(isinstance(item, str) and item.strip() for item in value):
        raise RegisterError(f"association: {name} must be a list of texts, not {value!r}")
    return tuple(item.strip() for item in value)


def _band(profile: Mapping[str, Any], name: str) -> tuple[int, int] | None:
    value = profile.get(name)
    if value is None:
        return None
    match value:
        case {"min": int(least), "max": int(most), **rest} if 0 < least <= most and not rest:
            return least, most
        case _:
            raise RegisterError(f"association: {name} must be a mapping {{min: 300, max: 450}}, not {value!r}")

"""Hosts of municipal sites and bulletins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from zmpwatch.register.names import fold, key

__all__ = ["Websites", "bare_host", "host_names"]

_SERVICES = re.compile(
    r"^(?:www\d?|bip\d?|archiwum|archiwalna|stary|stara|old|nowa|nowy|rada|um|umig|ugim|ug|gmina|miasto|portal|samorzad|e)$"
)
# Second-level names under which a municipality's own label stands one further to the left.
_SHARED = {
    "bip", "bip.net", "com", "edu", "esesja", "gmina", "gov", "info", "miasto", "mazury", "net", "org", "sisco", "um",
    "um.gov", "warmia.mazury", "wokiss", "wrotapodlasia", "naszemiasto", "biuletyn", "nowybip", "finn", "madkom",
    "lubelskie", "malopolska", "waw", "powiat", "samorzady",
}  # fmt: skip
_LABEL_PREFIX = re.compile(r"^(?:bip-?|um-?|ug-?|umig-?|ugim-?|gmina-?|miasto-?|urzad-?|moje-?|nasze-?|nasza-?|e-)+")
_LABEL_SUFFIX = re.compile(r"-?(?:um|ug|gmina|miasto|bip|24|online|info|city)$")


@dataclass(frozen=True, slots=True)
class Websites:
    """Known hosts of a municipality, without scheme; None where none is known.

    They come from lists of 2019–2021 and are verified on the first visit.
    """

    www: str | None
    bip: str | None
    office: str | None = None
    """The official name of its office ("Urząd Miasta Hajnówka")."""


def bare_host(host: str) -> str:
    """The host in small letters, without scheme, path, port and a leading "www.", punycode decoded."""
    text = host.strip().casefold()
    text = text.split("//", 1)[-1].split("/", 1)[0].split("@")[-1].split(":", 1)[0].strip(".")
    if "xn--" in text:
        try:
            text = text.encode("ascii").decode("idna")
        except UnicodeError:
            return text.removeprefix("www.")
    return text.removeprefix("www.")


def parents(host: str) -> Iterator[str]:
    """The host itself, then each parent domain that can still belong to one municipality."""
    labels = host.split(".")
    for start in range(len(labels) - 1):
        rest = labels[start:]
        if ".".join(rest[:-1]) in _SHARED:
            return
        yield ".".join(rest)


def host_names(host: str) -> Iterator[str]:
    """Keys of names that the labels of a host may spell, most telling first ("bip.umtychy.pl" → "tychy")."""
    for label in reversed(bare_host(host).split(".")[:-1]):
        if label in _SHARED or _SERVICES.match(label):
            continue
        yield fold(key(label))
        shorter = _LABEL_SUFFIX.sub("", _LABEL_PREFIX.sub("", label))
        if shorter and shorter != label:
            yield fold(key(shorter))

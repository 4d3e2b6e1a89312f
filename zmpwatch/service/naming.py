"""From what a person types to the municipality or voivodeship that is meant; else a message that has the nearest."""

from __future__ import annotations

from difflib import get_close_matches

from zmpwatch.errors import ConfigError
from zmpwatch.model import Municipality
from zmpwatch.register import Ambiguous, Found, Register, load_register
from zmpwatch.register.names import fold

__all__ = ["find_municipality", "find_voivodeship", "namesakes"]


def find_municipality(text: str) -> Municipality:
    """The municipality a person means: a TERYT code, or a name in any case.

    Raises:
        ConfigError: nothing is called so, or several are; the message lists them with their codes.
    """
    register = load_register()
    text = text.strip()
    if text.isdigit():
        municipality = register.get(text)
        if municipality is None:
            raise ConfigError(f"{text!r} is no TERYT code of a municipality (7 digits){_near(register, text)}")
        return municipality
    answer = register.lookup(text, prefer_town=True)
    if isinstance(answer, Found):
        return answer.municipality
    if isinstance(answer, Ambiguous):
        names = "; ".join(_described(municipality) for municipality in answer.candidates[:12])
        raise ConfigError(f"{text!r} is ambiguous; give the code of one of: {names}")
    raise ConfigError(f"no municipality is called {text!r}{_near(register, text)}")


def _described(municipality: Municipality) -> str:
    return (
        f"{municipality.teryt} {municipality.name} ({municipality.kind}, powiat {municipality.powiat}, "
        f"{municipality.voivodeship})"
    )


def _near(register: Register, text: str) -> str:
    near = register.suggest(text)
    return f" (did you mean {', '.join(f'{item.name} ({item.teryt})' for item in near)}?)" if near else ""


def namesakes(municipality: Municipality) -> tuple[Municipality, ...]:
    """Other municipalities of the same name."""
    return tuple(other for other in load_register().candidates(municipality.name) if other.teryt != municipality.teryt)


def find_voivodeship(text: str) -> str:
    """The voivodeship a person means, in small or capital letters, with its diacritics or without.

    Raises:
        ConfigError: there is none of that name; the message has the nearest.
    """
    names = {fold(name): name for name in sorted({one.voivodeship for one in load_register()})}
    wanted = fold(text.strip().casefold())
    if wanted in names:
        return names[wanted]
    near = [names[one] for one in get_close_matches(wanted, names, n=3, cutoff=0.5)]
    hint = f"did you mean {' or '.join(near)}?" if near else f"there are: {', '.join(names.values())}"
    raise ConfigError(f"{text!r} is no voivodeship ({hint})")

"""A configuration file → `Config`, or every problem in it with file, line and column."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import zmpwatch
from zmpwatch.config.check import Check
from zmpwatch.config.settings import Config
from zmpwatch.config.tree import Problems, read_tree
from zmpwatch.errors import ConfigError, ConfigProblem

if TYPE_CHECKING:
    from zmpwatch.register import Register

__all__ = ["example_config", "known_families", "load_config"]


def load_config(
    path: Path,
    env: Mapping[str, str],
    *,
    register: Register | None = None,
    families: Iterable[str] | None = None,
    check_address: Callable[[str], str | None] | None = None,
    stand_in: str | None = None,
) -> Config:
    """Reads and checks a configuration file.

    Args:
        path: the file; relative paths in it count from its folder.
        env: where ``${NAME}`` is looked up.
        register: checks TERYT codes; the one of the package when absent.
        families: names a site's `family` may have; those of the `spiders` package when absent.
        check_address: says what is wrong with an Apprise URL, or None; without it addresses are not looked into.
        stand_in: taken in place of variables that can't be had; without it they are problems.

    Raises:
        ConfigError: with every problem found. Values of variables are in no message.
    """
    problems = Problems()
    tree = read_tree(path, problems)
    config: Config | None = None
    if tree is not None:
        known = tuple(known_families() if families is None else families)
        config = Check(
            path,
            env,
            tree,
            problems,
            register=register,
            families=known,
            check_address=check_address,
            stand_in=stand_in,
        ).run()
    if problems.found or config is None:
        raise ConfigError(
            [
                ConfigProblem(str(path), line, column, key, message)
                for (line, column), key, message in sorted(problems.found, key=lambda problem: problem[0])
            ]
        )
    return config


@cache
def known_families() -> tuple[str, ...]:
    """Families of sites: the modules of the `spiders` package beside this one, found without importing any."""
    folder = Path(zmpwatch.__file__).parent.parent / "spiders"
    modules = (module for module in pkgutil.iter_modules([str(folder)]) if not module.ispkg)
    return tuple(sorted(module.name for module in modules if not module.name.startswith("_")))


def example_config() -> str:
    """The commented example that `zmpwatch init` writes."""
    return (files(__package__) / "example.yaml").read_text(encoding="utf-8")

"""What of a wrong configuration file still holds: enough to find the database and the daemon, and say how they are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from zmpwatch.config.check import Check
from zmpwatch.config.settings import Config
from zmpwatch.config.tree import Problems, Tree, read_parts

__all__ = ["remains_of"]

_WANTED = ("association", "archive", "timezone", "web")


def remains_of(path: Path, env: Mapping[str, str]) -> Config | None:
    """What `path` still says of database, archive, association, time zone and address of the daemon.

    Each of these keys is taken where it is right by itself, else its default; sites and subscribers are left out. None
    where the file can't be read, or the database can't be told: a guess could show another watch's history.
    """
    parts = read_parts(path)
    if parts is None:
        return None
    text, found = parts
    if "database" not in found and re.search(r"^[\"']?database\b", text, re.MULTILINE):
        return None
    data = {"database": found["database"]} if "database" in found else {}
    if _checked(path, env, data) is None:
        return None
    for key in _WANTED:
        if key in found and _checked(path, env, {key: found[key]}) is not None:
            data[key] = found[key]
    return _checked(path, env, data)


def _checked(path: Path, env: Mapping[str, str], data: Mapping[str, Any]) -> Config | None:
    tree = Tree(dict(data), {}, {})
    return Check(path, env, tree, Problems(), register=None, families=(), check_address=None).run()

"""Whether scans can be read on this machine: tesseract with its Polish data."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from typing import Any

__all__ = ["MAX_PAGES", "MAX_SECONDS", "Tesseract", "find_tesseract", "why_no_ocr"]

LANGUAGE = "pol"

MAX_PAGES = 30
"""Scanned pages of one document that are read: a resolution has two or three, a whole session's minutes some twenty."""

MAX_SECONDS = 120.0
"""Seconds that the pages of one document may take together; one takes some two."""


@dataclass(frozen=True, slots=True)
class Tesseract:
    """The program: where it is, where its data is where that was said, and whether it can tell a page that lies."""

    program: str
    version: str
    data: str | None
    turns: bool

    def options(self, *, everything: bool = False) -> dict[str, Any]:
        """What the child's `Recogniser` is made of; `everything` has pages with a text layer read as well."""
        return {
            "program": self.program,
            "data": self.data,
            "turns": self.turns,
            "pages": MAX_PAGES,
            "seconds": MAX_SECONDS,
            "everything": everything,
        }


def find_tesseract() -> Tesseract | None:
    """The program, where it is installed with Polish data; looked for once a process."""
    found = _looked_for(os.environ.get("PATH"), os.environ.get("TESSDATA_PREFIX"))
    return found if isinstance(found, Tesseract) else None


def why_no_ocr() -> str | None:
    """What is missing for scans to be read, in words for the operator; None where nothing is."""
    found = _looked_for(os.environ.get("PATH"), os.environ.get("TESSDATA_PREFIX"))
    return found if isinstance(found, str) else None


@cache
def _looked_for(path: str | None, data: str | None) -> Tesseract | str:
    program = shutil.which("tesseract", path=path)
    if program is None:
        return "tesseract is not installed"
    try:
        listed = _ask(program, "--list-langs")
        version = _ask(program, "--version")
    except (OSError, subprocess.SubprocessError) as error:
        return f"{program} does not answer: {error}"
    languages = listed.split()
    if LANGUAGE not in languages:
        return f"{program} has no Polish data"
    number = re.search(r"tesseract\s+v?(\S+)", version)
    return Tesseract(os.path.realpath(program), number[1] if number else "?", data, "osd" in languages)


def _ask(program: str, question: str) -> str:
    command = [program, question]
    done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=True)  # noqa: S603 - our own words
    return done.stdout + done.stderr

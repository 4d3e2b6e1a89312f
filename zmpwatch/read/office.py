"""DOCX, ODT, RTF and DOC to paragraphs, by xberg; runs in the limited child.

All that knows xberg is here, so that zipfile with lxml, striprtf and antiword could take its place.
"""

from __future__ import annotations

import re

__all__ = ["read_office"]

MAX_ENTRIES = 5_000
MAX_PART_BYTES = 50 << 20
"""FAULTS 4.4: entries of an archive, and bytes of one inflated part."""

MAX_RTF_DEPTH = 1_000
MAX_TABLE_CELLS = 100_000

_DOCX_PARTS = re.compile(r"word/(?:document\d*|header\d*|footer\d*|footnotes|endnotes|styles|numbering)\.xml")

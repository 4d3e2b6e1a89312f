"""The process that finds the words of pages for the index: texts on stdin, words on stdout, a line of JSON each.

The dictionary takes 40 MB, which a crawl need not hold beside all else. Run by file; ends with its stdin.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

__all__ = ["serve"]


def serve() -> None:
    """Answer each text with the name of the analyser, its words and their base forms."""
    from zmpwatch.service.searching.words import words_of

    for line in sys.stdin:
        sys.stdout.write(json.dumps(words_of(json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    sys.path.append(str(Path(__file__).parents[3]))
    serve()

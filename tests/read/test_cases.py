"""Pages as they come, and the text they must give: one folder a case.

A folder holds the page (``page.html``, or ``body.bin`` where it is no UTF-8), ``headers.json`` (address and response
headers) and ``expected.json``; ``*`` behind a block's kind marks boilerplate.
"""

import json
from pathlib import Path

import pytest

from zmpwatch.errors import ReadError
from zmpwatch.read import read_bytes

CASES = Path(__file__).parent / "cases"


def reading(folder: Path) -> dict[str, object]:
    given = json.loads((folder / "headers.json").read_text(encoding="utf-8"))
    body = next(path for name in ("page.html", "body.bin") if (path := folder / name).exists()).read_bytes()
    try:
        text = read_bytes(body, url=given["url"], headers=given["headers"])
    except ReadError as error:
        return {"error": type(error).__name__, "reason": error.reason}
    return {
        "title": text.title,
        "published": text.published,
        "encoding": text.encoding,
        "media_type": text.media_type,
        "complete": text.complete,
        "notes": list(text.notes),
        "blocks": [[b.kind + "*" * b.boilerplate, text.content[b.start : b.end]] for b in text.blocks],
    }


@pytest.mark.parametrize("folder", sorted(CASES.iterdir()), ids=lambda path: path.name)
def test_case(folder):
    assert reading(folder) == json.loads((folder / "expected.json").read_text(encoding="utf-8"))

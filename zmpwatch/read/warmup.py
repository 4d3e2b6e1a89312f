"""Loading the parsers before threads need them."""

from __future__ import annotations

from importlib import import_module

__all__ = ["load_parsers"]

_PARSERS = ("resiliparse", "resiliparse.parse.encoding", "resiliparse.parse.html", "resiliparse.extract.html2text")


def load_parsers() -> None:
    """Import what reading a page needs, in this thread.

    resiliparse registers its modules while its extension loads: a second thread that imports one of them meanwhile
    finds an empty package ("cannot import name 'HTMLTree'"), and its page would be lost. Whoever reads in threads calls
    this first.
    """
    for name in _PARSERS:
        import_module(name)

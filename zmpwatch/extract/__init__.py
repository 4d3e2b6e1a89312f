"""From text to statements: how many members the association has, and who joins, leaves or belongs.

>>> from zmpwatch.extract import extract
>>> from zmpwatch.model import Context, Text
>>> from zmpwatch.register import load_association
>>> extract(Text("Związek Miast Polskich zrzesza 381 miast."), Context(load_association("zmp")))[0].value
381
"""

from zmpwatch.extract.document import as_json
from zmpwatch.extract.extractor import EXTRACTOR_VERSION, LONGEST_TEXT, concerns, extract, may_concern

__all__ = ["EXTRACTOR_VERSION", "LONGEST_TEXT", "as_json", "concerns", "extract", "may_concern"]

"""Files that need no zmpwatch: the fixed views as CSV, JSON Lines, SQLite or Parquet, the archived pages as WARC."""

from zmpwatch.service.exporting.export import FORMATS, export
from zmpwatch.service.exporting.warc import export_warc

__all__ = ["FORMATS", "export", "export_warc"]

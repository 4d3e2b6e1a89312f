"""The fixed views as files that need no zmpwatch: CSV, JSON Lines, SQLite, Parquet."""

from zmpwatch.service.exporting.export import FORMATS, export

__all__ = ["FORMATS", "export"]

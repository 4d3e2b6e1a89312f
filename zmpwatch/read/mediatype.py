"""Kinds of bytes that can be read, by the MIME types of the IANA register."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["MediaType"]


class MediaType(StrEnum):
    """What a body is; `UNKNOWN` gives no text."""

    HTML = "text/html"
    XML = "application/xml"
    RSS = "application/rss+xml"
    ATOM = "application/atom+xml"
    PLAIN = "text/plain"
    PDF = "application/pdf"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    ODT = "application/vnd.oasis.opendocument.text"
    RTF = "application/rtf"
    DOC = "application/msword"
    ZIP = "application/zip"
    UNKNOWN = "application/octet-stream"

    @property
    def is_document(self) -> bool:
        """Whether it is read in a limited child process."""
        documents = {MediaType.PDF, MediaType.DOCX, MediaType.ODT, MediaType.RTF, MediaType.DOC, MediaType.ZIP}
        return self in documents

    @property
    def is_page(self) -> bool:
        """Whether it is text with or without markup, read in this process."""
        return not self.is_document and self is not MediaType.UNKNOWN

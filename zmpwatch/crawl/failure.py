"""From an exception or a response to a typed `Failure`, in words for the operator."""

from __future__ import annotations

import re
from collections.abc import Iterator

from OpenSSL import SSL
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from service_identity import VerificationError
from twisted.internet.error import ConnectionDone, ConnectionLost
from twisted.internet.error import TimeoutError as ConnectTimeout
from twisted.python.failure import Failure as TwistedFailure
from twisted.web._newclient import ParseError

from zmpwatch.errors import AddressRefused
from zmpwatch.model import Failure, FailureKind

__all__ = ["BudgetSpent", "FetchFailure", "classify"]

_SECONDS = re.compile(r"longer than ([\d.]+) seconds")
_BYTES = re.compile(r"""\bb(?P<quote>['"]).*(?P=quote)""", re.DOTALL)


class FetchFailure(IgnoreRequest):
    """One address that gives no page, with its kind. `absent` says that there is none, and no other trouble."""

    def __init__(self, kind: FailureKind, detail: str, *, absent: bool = False) -> None:
        self.kind, self.detail, self.absent = kind, detail, absent
        super().__init__(detail)


class BudgetSpent(IgnoreRequest):
    """Not asked for: the visit, or the host, has had its share. No failure of the address."""


def _chain(error: BaseException) -> Iterator[BaseException]:
    """An exception, its causes, and the failures Twisted packs inside."""
    seen: set[int] = set()
    waiting: list[BaseException] = [error]
    while waiting:
        one = waiting.pop(0)
        if id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        waiting += [e for e in (one.__cause__, one.__context__) if e is not None]
        waiting += [r.value for r in getattr(one, "reasons", ()) or () if isinstance(r, TwistedFailure) and r.value]


def _tls_detail(error: BaseException) -> str:
    if isinstance(error, VerificationError):
        return "the certificate is for another host"
    reasons = [entry[2] for entry in error.args[0] if len(entry) > 2] if error.args else []
    if "certificate verify failed" in reasons:
        # the library does not say which; a handshake of its own does (`zmpwatch.crawl.certificate`)
        return "the certificate is out of date, signed by nobody we trust, or sent without those between"
    return f"TLS: {', '.join(map(str, reasons)) or type(error).__name__}"


def _broken_detail(reason: BaseException) -> str:
    """Why a connection gave no answer that could be understood."""
    if isinstance(reason, ConnectionDone):
        return "the connection was closed before an answer came"
    if isinstance(reason, ConnectionLost):
        return "the connection broke off"
    # what a parser of HTTP could not take: its words, without the bytes
    first = str(reason.args[0] if reason.args else reason).strip()
    told = _BYTES.sub("", first).rstrip(": ") or type(reason).__name__
    return f"no sound HTTP: {told}" if isinstance(reason, (ParseError, ValueError)) else told


def classify(error: BaseException, url: str) -> Failure:
    """Name what went wrong. Whatever is not known is INTERNAL: a fault of ours until shown otherwise."""
    chain = list(_chain(error))
    for one in chain:
        if isinstance(one, FetchFailure):
            return Failure(one.kind, url, one.detail)
        if isinstance(one, AddressRefused):
            return Failure(FailureKind.REFUSED_ADDRESS, url, str(one))
    for one in chain:
        if isinstance(one, (SSL.Error, VerificationError)):
            return Failure(FailureKind.TLS, url, _tls_detail(one))
    detail = str(error).strip() or type(error).__name__
    if isinstance(error, CannotResolveHostError):
        return Failure(FailureKind.UNREACHABLE, url, "the name does not resolve")
    if isinstance(error, DownloadConnectionRefusedError):
        return Failure(FailureKind.UNREACHABLE, url, "connection refused")
    if isinstance(error, DownloadTimeoutError) or any(isinstance(e, ConnectTimeout) for e in chain):
        waited = _SECONDS.search(detail)
        return Failure(FailureKind.TIMEOUT, url, f"no whole answer within {float(waited[1]):g} s" if waited else detail)
    if isinstance(error, ResponseDataLossError):
        return Failure(FailureKind.INCOMPLETE, url, "the connection ended before the body did")
    if isinstance(error, DownloadCancelledError):
        return Failure(FailureKind.TOO_BIG, url, "larger than the limit")
    if isinstance(error, UnsupportedURLSchemeError):
        return Failure(FailureKind.REFUSED_ADDRESS, url, detail)
    if isinstance(error, OSError) or any(type(e).__module__.startswith("twisted.") for e in chain):
        return Failure(FailureKind.UNREACHABLE, url, _broken_detail(chain[-1]))
    return Failure(FailureKind.INTERNAL, url, f"{type(error).__name__}: {detail}")

"""Scrapy's HTTP handler with the guarded reactor under it.

Twisted's handler, not the aiohttp one: only it says when a body may have been cut ("partial").
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from time import monotonic
from typing import Any, ClassVar

from scrapy import Request
from scrapy.core.downloader.contextfactory import _ScrapyClientContextFactory
from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _BindAddressAgent,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
    _ScrapyAgent,
)
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError, DownloadCancelledError
from scrapy.http import Headers, Response
from scrapy.utils._download_handlers import wrap_twisted_exceptions
from scrapy.utils.defer import maybe_deferred_to_future
from scrapy.utils.httpobj import urlparse_cached
from twisted.internet.defer import Deferred
from twisted.internet.interfaces import IAddress, IProtocol, IProtocolFactory, IStreamClientEndpoint
from twisted.web._newclient import HTTP11ClientProtocol, ParseError
from twisted.web._newclient import Request as TxRequest
from twisted.web._newclient import Response as TxResponse
from twisted.web.client import URI
from twisted.web.iweb import IResponse
from zope.interface import implementer  # type: ignore[import-untyped]

from zmpwatch.crawl.address import normal_host
from zmpwatch.crawl.guard import GuardedReactor, GuardedResolver
from zmpwatch.crawl.state import visit_of
from zmpwatch.errors import AddressRefused

__all__ = ["MAX_HEADER_LINES", "GuardedDownloadHandler"]

MAX_HEADER_LINES = 2_000
"""Lines before the body, interim responses included."""

_NAME_KEPT = 60.0
"""Seconds an answer of the name server is used for: one request must not need two look-ups."""

_HEADERS = "_zmpwatch_headers"
"""Under this name a response of Twisted's carries its headers as Scrapy has them."""

_ROOTS_KEPT = 86_400
"""Seconds the trusted roots of the system are used for before they are read again."""


class _BoundedParser(_LenientHTTPClientParser):
    """Gives up on a response whose head has no end: endless headers or "100 Continue"s (docs/faults.md 30, 32)."""

    _lines = 0

    def lineReceived(self, line: bytes) -> None:  # noqa: N802 - the interface is Twisted's
        self._lines += 1
        if self._lines > MAX_HEADER_LINES:
            raise ParseError(f"more than {MAX_HEADER_LINES} lines of headers", line[:100])  # type: ignore[no-untyped-call]
        super().lineReceived(line)


class _BoundedProtocol(_LenientHTTP11ClientProtocol):
    def request(self, request: TxRequest) -> Deferred[IResponse]:
        response = super().request(request)
        # Twisted names the class of the parser itself; Scrapy's protocol exchanges it in the same way
        if self._parser is not None:
            self._parser.__class__ = _BoundedParser
        return response


class _BoundedFactory(_LenientHTTP11ClientFactory):
    def buildProtocol(self, addr: IAddress | None) -> HTTP11ClientProtocol:  # noqa: ARG002, N802 - Twisted's
        return _BoundedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]


class _SharedTls(_ScrapyClientContextFactory):
    """Makes the TLS connections of all visits from one context.

    A context of its own, as Twisted gives each connection, holds all roots of the system: 2 MB, and as much CPU as some
    pages. What differs between connections, name and verdict on the certificate, Twisted sets on the connection.
    """

    _shared: ClassVar[dict[tuple[Any, ...], Any]] = {}

    def creatorForNetloc(self, hostname: bytes, port: int) -> Any:  # noqa: N802 - the interface is Twisted's
        """What makes a connection to a host (IPolicyForHTTPS); the roots are read again each day."""
        creator: Any = super().creatorForNetloc(hostname, port)
        key = (monotonic() // _ROOTS_KEPT, self._verify_certificates, self.tls_min_version, self.tls_max_version)
        if key not in self._shared:
            for old in [one for one in self._shared if one[0] != key[0]]:
                del self._shared[old]
            self._shared[key] = creator._createConnection
        creator._createConnection = self._shared[key]
        return creator


@implementer(IStreamClientEndpoint)
class _LateEndpoint:
    """What a connection is made by, put together when one is made: most requests go over one that is there."""

    def __init__(self, make: Callable[[], IStreamClientEndpoint]) -> None:
        self._make = make

    def connect(self, protocolFactory: IProtocolFactory) -> Deferred[IProtocol]:  # noqa: N803 - Twisted's
        """Connect (IStreamClientEndpoint)."""
        return self._make().connect(protocolFactory)  # type: ignore[call-arg, misc]  # the interface has no self


class _LateAgent(_BindAddressAgent):
    def _getEndpoint(self, uri: URI) -> _LateEndpoint:  # noqa: N802 - Twisted's
        return _LateEndpoint(lambda: self._endpointFactory.endpointForURI(uri))


class _GuardedAgent(_ScrapyAgent):
    """Makes agents on the guarded reactor; knows no proxies."""

    def __init__(self, *, guarded: GuardedReactor, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._guarded = guarded

    @staticmethod
    def _headers_from_twisted_response(response: TxResponse) -> Headers:
        """The headers, made once: Scrapy asks for them when they have come, and with the body."""
        headers: Headers | None = getattr(response, _HEADERS, None)
        if headers is None:
            headers = _ScrapyAgent._headers_from_twisted_response(response)
            setattr(response, _HEADERS, headers)
        return headers

    def _get_agent(self, request: Request, timeout: float) -> _LateAgent:  # noqa: ARG002 - Scrapy's
        return _LateAgent(
            reactor=self._guarded,  # type: ignore[arg-type]
            contextFactory=self._contextFactory,
            connectTimeout=timeout,
            pool=self._pool,
        )


class GuardedDownloadHandler(HTTP11DownloadHandler):
    """Downloads over http and https; every connection passes the visit's address policy."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = _BoundedFactory
        self._contextFactory = _SharedTls.from_crawler(crawler)  # type: ignore[assignment]  # Twisted marks no class
        from twisted.internet import reactor  # noqa: PLC0415 - importing it earlier would install one

        state = visit_of(crawler)
        state.aborts.append(self._abort)
        self._state = state
        self._running: set[Deferred[Response]] = set()
        self._resolver = GuardedResolver(state.policy, crawler.settings.getfloat("DNS_TIMEOUT"), keep=_NAME_KEPT)
        self._guarded = GuardedReactor(reactor, self._resolver)

    def _abort(self) -> None:
        for download in tuple(self._running):
            download.cancel()

    async def close(self) -> None:
        """Close idle connections; those that are not closed in time are left to the reactor.

        Scrapy bounds the wait by firing the Deferred that is waited for. Where the loop was busy for as long, it is
        fired twice: many visits that end at once then leave a traceback each in the log.
        """
        closing: Deferred[None] = self._pool.closeCachedConnections()  # type: ignore[no-untyped-call]
        closed = maybe_deferred_to_future(closing)
        done, _ = await asyncio.wait({asyncio.ensure_future(closed)}, timeout=self._disconnect_timeout)
        for one in done:
            one.result()

    async def _address(self, host: str, port: int) -> str:
        """The first address of a host: what the limit an address counts by; the host itself where there is none."""
        try:
            found = await self._resolver.addresses(host, port)
        except AddressRefused:
            raise
        except (OSError, UnicodeError, TimeoutError):
            return host  # the agent finds the same, and says so
        return found[0] if found else host

    async def download_request(self, request: Request) -> Response:
        """Fetch.

        Raises:
            AddressRefused: the policy forbids the host, or an address it resolves to.
        """
        agent = _GuardedAgent(
            guarded=self._guarded,
            contextFactory=self._contextFactory,
            pool=self._pool,
            maxsize=self._default_maxsize,
            warnsize=self._default_warnsize,
            fail_on_dataloss=self._fail_on_dataloss,
            crawler=self._crawler,
            tls_verbose_logging=self._tls_verbose_logging,
        )
        url = urlparse_cached(request)
        port = url.port or (443 if url.scheme == "https" else 80)
        try:
            async with self._state.gate.passed(await self._address(url.hostname or "", port)):
                if self._state.given_up:
                    raise DownloadCancelledError("the visit was given up")
                with wrap_twisted_exceptions():
                    download = agent.download_request(request)
                    self._running.add(download)
                    try:
                        return await maybe_deferred_to_future(download)
                    finally:
                        self._running.discard(download)
        except CannotResolveHostError as error:
            reason = self._resolver.refused.get((normal_host(url.hostname or ""), port))
            if reason:
                raise AddressRefused(reason) from error
            raise

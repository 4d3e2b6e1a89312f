"""The address policy where no request gets past it: at the resolver and where it connects (docs/faults.md 22, 23)."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.interfaces import (
    IHostnameResolver,
    IHostResolution,
    IReactorPluggableNameResolver,
    IReactorTCP,
    IReactorTime,
    IResolutionReceiver,
)
from zope.interface import implementer  # type: ignore[import-untyped]

from zmpwatch.crawl.address import AddressPolicy, normal_host, parse_literal
from zmpwatch.errors import AddressRefused

__all__ = ["GuardedReactor", "GuardedResolver", "Lookup"]

Lookup = Callable[[str, int], Sequence[str]]
"""Blocking look-up of a name: its addresses, IPv4 and IPv6. Raises OSError when there are none."""


def system_lookup(host: str, port: int) -> list[str]:
    """Ask the system's resolver."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@implementer(IHostResolution)
class _Resolution:
    def __init__(self, name: str) -> None:
        self.name = name

    def cancel(self) -> None:
        """Nothing to cancel: the look-up ends by its own time-out."""


@implementer(IHostnameResolver)
class GuardedResolver:
    """Resolves names, and gives only the addresses the policy lets through.

    One object serves one visit. `refused` remembers what was kept back, so that the failure can say why.

    Args:
        policy: decides.
        timeout: seconds a look-up may take.
        lookup: how names are resolved.
        keep: seconds an answer is used for.
    """

    def __init__(
        self, policy: AddressPolicy, timeout: float, lookup: Lookup = system_lookup, *, keep: float = 0.0
    ) -> None:
        self.policy, self.timeout, self._lookup, self.keep = policy, timeout, lookup, keep
        self.refused: dict[tuple[str, int], str] = {}
        self._looked_up: dict[tuple[str, int], tuple[float, Sequence[str]]] = {}
        self._granted: dict[tuple[str, int], str] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def resolveHostName(  # noqa: N802 - the interface is Twisted's
        self,
        resolutionReceiver: IResolutionReceiver,  # noqa: N803 - Twisted's name
        hostName: str,  # noqa: N803 - Twisted's name
        portNumber: int = 0,  # noqa: N803 - Twisted's name
        addressTypes: Sequence[type[Any]] | None = None,  # noqa: ARG002, N803 - Twisted's
        transportSemantics: str = "TCP",  # noqa: ARG002, N803 - Twisted's
    ) -> IHostResolution:
        """Look a name up (IHostnameResolver); a refused name has no addresses."""
        resolution = _Resolution(hostName)
        resolutionReceiver.resolutionBegan(resolution)  # type: ignore[call-arg, misc]
        task = asyncio.get_running_loop().create_task(self._resolve(resolutionReceiver, hostName, portNumber))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return resolution  # type: ignore[return-value]

    async def _resolve(self, receiver: IResolutionReceiver, host: str, port: int) -> None:
        try:
            for address in await self.addresses(host, port):
                kind = IPv6Address if ":" in address else IPv4Address
                receiver.addressResolved(kind("TCP", address, port))  # type: ignore[call-arg, misc]
        except (OSError, UnicodeError, TimeoutError, AddressRefused) as error:
            if isinstance(error, AddressRefused):
                self.refused[normal_host(host), port] = str(error)
        finally:
            receiver.resolutionComplete()  # type: ignore[misc]

    async def addresses(self, host: str, port: int) -> list[str]:
        """The addresses of a host that may be connected to.

        Raises:
            AddressRefused: the host, or one of its addresses, is refused. One bad address refuses the name: an honest
                public site has no private one.
            OSError: the name does not resolve.
            TimeoutError: not within the time given.
        """
        self.policy.check_host(host, port)
        literal = parse_literal(host)
        if literal is not None:
            found: Sequence[str] = [str(literal)]
        else:
            found = await self._look_up(host, port)
        for address in found:
            self.policy.check_address(address, host, port)
            self._granted[address, port] = host
        return list(found)

    async def _look_up(self, host: str, port: int) -> Sequence[str]:
        """The addresses of a name, looked up anew each minute; whatever they are, the policy judges them each time."""
        at, found = self._looked_up.get((host, port), (0.0, ()))
        now = time.monotonic()
        if not found or now - at >= self.keep:
            found = await asyncio.wait_for(self._in_thread(host, port), self.timeout)
            self._looked_up[host, port] = (now, found)
        return found

    async def _in_thread(self, host: str, port: int) -> Sequence[str]:
        """Look a name up in a daemon thread: a look-up that hangs holds up no other, nor the end of the process."""
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Sequence[str]] = loop.create_future()

        def give(found: Sequence[str], error: Exception | None) -> None:
            if answer.done():
                return
            if error is None:
                answer.set_result(found)
            else:
                answer.set_exception(error)

        def work() -> None:
            found: Sequence[str] = ()
            failed: Exception | None = None
            try:
                found = self._lookup(host, port)
            except Exception as error:  # noqa: BLE001 - raised again where it is awaited
                failed = error
            with contextlib.suppress(RuntimeError):  # the loop has closed: no one waits any more
                loop.call_soon_threadsafe(give, found, failed)

        threading.Thread(target=work, name=f"lookup {host}", daemon=True).start()
        return await answer

    def check_connect(self, address: str, port: int) -> None:
        """Decide on the address that is about to be connected to.

        Raises:
            AddressRefused: it was not given out for this port by this resolver, and is not public.
        """
        host = self._granted.get((address, port))
        self.policy.check_address(address, address if host is None else host, port)


@implementer(IReactorTCP, IReactorTime, IReactorPluggableNameResolver)
class GuardedReactor:
    """A reactor whose TCP connections ask the policy first; all else is the reactor's own."""

    def __init__(self, reactor: Any, resolver: GuardedResolver) -> None:
        self._reactor = reactor
        self.nameResolver = resolver

    def __getattr__(self, name: str) -> Any:
        return getattr(self._reactor, name)

    def connectTCP(  # noqa: N802 - the interface is Twisted's
        self,
        host: str,
        port: int,
        factory: Any,
        timeout: float = 30,
        bindAddress: Any = None,  # noqa: N803 - Twisted's name
    ) -> Any:
        """Connect, unless the address is refused (IReactorTCP).

        Raises:
            AddressRefused: see `GuardedResolver.check_connect`.
        """
        self.nameResolver.check_connect(host, port)
        return self._reactor.connectTCP(host, port, factory, timeout, bindAddress)

"""Twisted's reactor on the asyncio loop that is running, for Scrapy beside Playwright on one loop.

Twisted has one reactor a process, bound to one loop; a program may look at one shop after another, each with a loop of its
own. So a loop that has none yet gets a new reactor. Scrapy and Twisted import the reactor where they use it.
"""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import logging
import socket
import sys
from collections.abc import Sequence
from typing import Any

from twisted.internet import asyncioreactor
from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.error import ConnectionDone
from twisted.internet.interfaces import IHostnameResolver, IHostResolution
from twisted.logger import STDLibLogObserver, globalLogBeginner
from twisted.python.failure import Failure
from zope.interface import implementer

_NAME = "twisted.internet.reactor"
_began_logging = False


def on_running_loop() -> None:
    """Make sure that there is a reactor on the running loop, and that it resolves names as we do."""
    loop = asyncio.get_running_loop()
    installed = sys.modules.get(_NAME)
    if getattr(installed, "_asyncioEventloop", None) is loop:
        return
    _log_to_logging()
    if installed is not None:
        _retire(installed)
    asyncioreactor.install(loop)
    from twisted.internet import reactor

    reactor.installNameResolver(LoopResolver(loop))
    reactor.startRunning(installSignalHandlers=False)


def _retire(reactor: Any) -> None:
    """Close what a reactor still holds open (the pipe that wakes it, at least); its loop is gone."""
    for reader in reactor.getReaders():
        with contextlib.suppress(RuntimeError):  # the loop is closed
            reader.connectionLost(Failure(ConnectionDone()))
    del sys.modules[_NAME]


def _log_to_logging() -> None:
    """Twisted's messages go where Python's go; until somebody says so it keeps them all in memory."""
    global _began_logging
    if not _began_logging:
        globalLogBeginner.beginLoggingTo([STDLibLogObserver("twisted")], redirectStandardIO=False, discardBuffer=True)
        _began_logging = True


def is_loopback_name(host: str) -> bool:
    """RFC 6761 section 6.3: ``localhost`` and every name below it is this machine, whatever a resolver says."""
    host = host.lower().rstrip(".")
    return host == "localhost" or host.endswith(".localhost")


async def addresses_of(host: str) -> list[str]:
    """The IP addresses of a host, in the order to try them; empty when it cannot be resolved."""
    if is_loopback_name(host):
        return ["127.0.0.1", "::1"] if host.lower().rstrip(".") == "localhost" else ["127.0.0.1"]
    try:
        return [str(ipaddress.ip_address(host.strip("[]")))]
    except ValueError:
        pass
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return list(dict.fromkeys(str(item[4][0]) for item in found))


@implementer(IHostResolution)
class _Resolution:
    def __init__(self, name: str) -> None:
        self.name = name

    def cancel(self) -> None:
        """A look-up runs to its end; its result is dropped by who asked."""


@implementer(IHostnameResolver)
class LoopResolver:
    """Resolves names through the loop, so that Twisted's thread pool is never started."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._running: set[asyncio.Task[None]] = set()

    def resolveHostName(
        self,
        resolutionReceiver: Any,
        hostName: str,
        portNumber: int = 0,
        addressTypes: Sequence[type] | None = None,
        transportSemantics: str = "TCP",
    ) -> IHostResolution:
        """The interface's one method; the names of its parameters are Twisted's."""
        resolution = _Resolution(hostName)
        resolutionReceiver.resolutionBegan(resolution)
        task = self._loop.create_task(self._resolve(resolutionReceiver, hostName, portNumber, addressTypes))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return resolution

    async def _resolve(self, receiver: Any, host: str, port: int, wanted: Sequence[type] | None) -> None:
        try:
            for address in await addresses_of(host):
                kind = IPv6Address if ":" in address else IPv4Address
                if wanted is None or kind in wanted:
                    receiver.addressResolved(kind("TCP", address, port))
        except Exception:
            logging.getLogger("twisted").exception("resolving %s", host)
        finally:
            receiver.resolutionComplete()

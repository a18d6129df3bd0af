"""What the shop's further hosts resolve to: a name of the shop's own may be another name of a tracker's (CNAME cloaking)."""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import Iterable
from urllib.parse import urlsplit

import dns.asyncresolver
import dns.exception
import dns.message
import dns.resolver

from auditor.config import Config
from auditor.model import HostAlias, Request
from auditor.store import Run
from auditor.urls import host_of, same_site

LIMIT = 3.0  # seconds for one name
AT_ONCE = 8
MAX_HOSTS = 200


async def look_up(run: Run, config: Config) -> None:
    """Collector "aliases": ask once for each host of the shop's own that the visits sent requests to."""
    known = {alias.host for alias in run.fetch(HostAlias)}
    for alias in await resolve(sorted(_further_hosts(run, config) - known)[:MAX_HOSTS], config.visits.resolver):
        run.add(alias)


def _further_hosts(run: Run, config: Config) -> set[str]:
    """Hosts that are the shop's own by their name, but for those that the shop itself is at.

    The system's DNS servers are not asked for names of this machine.
    """
    start = run.noted("start_url") or config.shop
    urls = {host_of(url): url for _, url in run.values(Request, "url")}
    own = {host for host, url in urls.items() if same_site(url, start) or host in config.crawl.hosts}
    further = own - {"", host_of(start), host_of(config.shop)}
    return {host for host in further if not _is_address(host) and (config.visits.resolver or not _is_local(host))}


def _is_local(host: str) -> bool:
    return host == "localhost" or host.endswith(".localhost")


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


async def resolve(hosts: Iterable[str], server: str = "") -> list[HostAlias]:
    """The aliases of each host, asked of a DNS server (``127.0.0.1:5353``; "" = those of the system)."""
    first, *others = hosts or [""]
    if not first:
        return []
    try:
        resolver = _resolver(server)
    except (dns.exception.DNSException, OSError) as error:
        return [HostAlias(host=host, failure=f"no DNS server is known ({error})") for host in (first, *others)]
    gate = asyncio.Semaphore(AT_ONCE)
    answer, reached = await _ask(resolver, first, gate)
    if not reached:
        # Nobody answers, so nobody is asked again and again.
        return [HostAlias(host=host, failure=answer.failure) for host in (first, *others)]
    return [answer, *(alias for alias, _ in await asyncio.gather(*(_ask(resolver, host, gate) for host in others)))]


def _resolver(server: str) -> dns.asyncresolver.Resolver:
    resolver = dns.asyncresolver.Resolver(configure=not server)
    if server:
        parts = urlsplit(f"//{server}")
        resolver.nameservers, resolver.port = [parts.hostname or ""], parts.port or 53
    resolver.lifetime = LIMIT
    return resolver


async def _ask(resolver: dns.asyncresolver.Resolver, host: str, gate: asyncio.Semaphore) -> tuple[HostAlias, bool]:
    """The aliases of a host, and whether a DNS server was reached at all."""
    async with gate:
        try:
            answer = await resolver.resolve(f"{host}.", "A", raise_on_no_answer=False, search=False)
        except dns.resolver.NXDOMAIN as error:
            # Where the last name of a chain does not exist (any more), the chain itself does.
            aliases = _chain(next(iter(error.responses().values())))
            return HostAlias(host=host, aliases=aliases, failure="" if aliases else "the name does not exist"), True
        except dns.resolver.NoNameservers:
            return HostAlias(host=host, failure="the DNS server could not answer"), True
        except (dns.exception.Timeout, OSError):
            return HostAlias(host=host, failure=f"no DNS server answered within {LIMIT:.0f} seconds"), False
        except (dns.exception.DNSException, ValueError) as error:
            return HostAlias(host=host, failure=f"the name could not be resolved ({error})"), True
    return HostAlias(host=host, aliases=_chain(answer.response)), True


def _chain(response: dns.message.Message) -> tuple[str, ...]:
    """The names that a host is another name for, in order; the last one has the address."""
    names = [rrset[0].target for rrset in response.resolve_chaining().cnames]
    return tuple(name.to_text(omit_final_dot=True).lower() for name in names)

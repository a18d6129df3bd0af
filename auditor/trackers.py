"""Who is behind a host, and what their trade is: our own table of addresses, then the facts of third-party-web.

A host in neither is no clean host: what it does decides (``auditor.consent``).
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from typing import Any
from urllib.parse import urlsplit

from auditor.cookies import DATA, read_table
from auditor.model import record
from auditor.urls import host_of, site_of

TRACKING = frozenset({"ad", "analytics"})
# What a visit or a purchase needs, or what asks for consent: no tracker, whatever is sent.
NEEDED = frozenset({"captcha", "payment", "security", "consent-provider"})
# Hosts of other people's files: a script from there says nothing about who wrote it.
FILES = frozenset({"cdn", "hosting"})
IN_WORDS = {
    "ad": "advertising",
    "analytics": "statistics",
    "social": "social network",
    "tag-manager": "tag manager",
    "captcha": "captcha",
    "payment": "payment",
    "security": "protection against fraud",
    "consent-provider": "consent tool",
    "customer-success": "chat and support",
}


@record
class Party:
    """Who answers at an address. ``category`` "" = unknown; ``sure`` when our own table says so."""

    company: str = ""
    category: str = ""
    sure: bool = False

    @property
    def trade(self) -> str:
        """The category in words, "" when unknown."""
        return IN_WORDS.get(self.category, self.category if self.category not in ("mixed", "other") else "")


NOBODY = Party()


@lru_cache(maxsize=8192)
def party(url: str) -> Party:
    """Who answers at an address, as far as it is known."""
    host = host_of(url)
    address = host + urlsplit(url).path if host else ""
    listed = _in_table(host)
    for pattern, item in _addresses().get(site_of(host), ()):
        if pattern.match(address):
            vague = not item.company or item.company.startswith(("a ", "an "))
            name = listed.company if vague and listed.company else item.company
            return Party(company=name, category=item.category, sure=True)
    return listed


def party_of_host(host: str) -> Party:
    """Who is behind a host, whatever the path."""
    return party(f"https://{host.lstrip('.')}/") if host else NOBODY


def bare(url: str) -> str:
    """An address without query and fragment."""
    return url.partition("?")[0].partition("#")[0]


@cache
def parameters() -> dict[str, frozenset[str]]:
    """Names of request parameters (lower case) by what they are for: ``fleeting``, ``version``, ``report``."""
    return {kind: frozenset(names) for kind, names in _own_table()["parameters"].items()}


@cache
def _own_table() -> dict[str, Any]:
    return tomllib.loads((DATA / "trackers.toml").read_text("utf-8"))


@cache
def _addresses() -> dict[str, list[tuple[re.Pattern[str], Party]]]:
    """Our own table: registrable domain -> patterns of host and path, in the order of the table."""
    table: dict[str, list[tuple[re.Pattern[str], Party]]] = {}
    for entry in _own_table()["known"]:
        item = Party(company=entry["company"], category=entry["category"], sure=True)
        for address in entry["at"]:
            table.setdefault(site_of(address.partition("/")[0]), []).append((address_pattern(address), item))
    return table


def address_pattern(address: str) -> re.Pattern[str]:
    """A host or host/path pattern of the tables (``*`` = any characters) as a regular expression on host and path."""
    host, slash, path = address.partition("/")
    rest = re.escape(slash + path).replace(r"\*", ".*") + r"(?![0-9A-Za-z-])" * (not path.endswith("*")) if path else ""
    return re.compile(r"(?:[^/]+\.)?" + re.escape(host) + (rest or r"(?:/|$)"))


@cache
def _hosts() -> dict[str, Party]:
    rows = read_table("hosts.tsv")
    return {host: Party(company=name, category=category) for category, name, hosts in rows for host in hosts.split()}


def _in_table(host: str) -> Party:
    """The entry of the longest domain that the host lies below."""
    table = _hosts()
    while host:
        if host in table:
            return table[host]
        host = host.partition(".")[2]
    return NOBODY

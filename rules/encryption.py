"""Addresses that are neither encrypted nor of this very computer."""

from __future__ import annotations

from urllib.parse import urlsplit

from auditor.urls import host_of


def unencrypted(url: str) -> bool:
    """Whether an address is plain http to another computer."""
    host = host_of(url)
    here = host == "localhost" or host.endswith(".localhost") or host.startswith("127.") or host in ("::1", "[::1]")
    return urlsplit(url).scheme == "http" and not here

"""How the crawl introduces itself, and the credentials that it sends to the shop and to nobody else."""

from __future__ import annotations

import base64
from typing import Any
from urllib.parse import urlsplit

from auditor import __version__
from auditor.config import Config, Secrets
from auditor.spiders.reactor import is_loopback_name
from auditor.urls import host_of

PRODUCT = "storefront-auditor"


def user_agent(config: Config) -> str:
    """The honest User-Agent (RFC 9110 section 10.1.5): who asks, in which version, and where to complain."""
    contact = f"+{config.contact}" if config.contact else "privacy-compliance audit"
    own = f"{PRODUCT}/{__version__} ({contact})"
    return f"{config.user_agent} {own}" if config.user_agent else own


def meta_for(url: str, config: Config) -> dict[str, Any]:
    """Scrapy's meta of a request: its timeout, and no proxy for this machine."""
    host = host_of(url)
    meta: dict[str, Any] = {"download_timeout": config.crawl.timeout}
    if is_loopback_name(host) or host.startswith("127.") or host == "::1":
        meta["proxy"] = None
    return meta


def headers_for(url: str, config: Config, secrets: Secrets) -> dict[str, str]:
    """The headers of a request to the shop.

    Credentials go over plain http only when the audit was told to begin there.
    """
    headers = {
        "User-Agent": user_agent(config),
        "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "Accept-Language": "en",
    }
    if urlsplit(url).scheme == "https" or config.shop.startswith("http://"):
        headers |= _credentials(secrets)
    return headers


def _credentials(secrets: Secrets) -> dict[str, str]:
    headers = dict(secrets.headers)
    if secrets.basic_auth:
        headers["Authorization"] = "Basic " + base64.b64encode(secrets.basic_auth.encode()).decode("ascii")
    if secrets.cookies:
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in secrets.cookies)
    return headers

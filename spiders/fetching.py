"""One page, asked for once: for whoever names its address."""

from __future__ import annotations

import ssl
from urllib.request import HTTPSHandler, ProxyHandler, Request, build_opener

from w3lib.encoding import html_to_unicode

from auditor.config import Config, Secrets
from auditor.spiders.identity import headers_for, meta_for


def fetch(url: str, config: Config, limit: int) -> tuple[str, str]:
    """Where ``url`` ends and its text, at most ``limit`` bytes of it. Raises OSError (URLError, HTTPError, timeouts)."""
    handlers = [HTTPSHandler(context=_tls(config))]
    if "proxy" in meta_for(url, config):
        handlers.append(ProxyHandler({}))
    request = Request(url, headers=headers_for(url, config, Secrets()))
    with build_opener(*handlers).open(request, timeout=config.crawl.timeout) as answer:
        body = answer.read(limit)
        _, text = html_to_unicode(answer.headers.get("Content-Type"), body)
        return answer.url, text


def _tls(config: Config) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=config.ca_file or None)
    if not config.tls_verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context

"""One page, asked for once: for whoever names its address."""

from __future__ import annotations

import ssl
from urllib.error import HTTPError, URLError
from urllib.request import BaseHandler, HTTPSHandler, ProxyHandler, Request, build_opener

from w3lib.encoding import html_to_unicode

from auditor.config import Config, Secrets
from auditor.spiders.identity import headers_for, meta_for


def fetch(url: str, config: Config, limit: int) -> tuple[str, str]:
    """Where ``url`` ends and its text, at most ``limit`` bytes of it. Raises OSError when it is not there."""
    handlers: list[BaseHandler] = [HTTPSHandler(context=_tls(config))]
    if "proxy" in meta_for(url, config):
        handlers.append(ProxyHandler({}))
    request = Request(url, headers=headers_for(url, config, Secrets()))
    try:
        with build_opener(*handlers).open(request, timeout=config.crawl.timeout) as answer:
            _, text = html_to_unicode(answer.headers.get("Content-Type"), answer.read(limit))
            return answer.url, text
    except HTTPError as error:
        raise OSError(f"answers with status {error.code}") from error
    except URLError as error:
        raise OSError(str(error.reason)) from error


def _tls(config: Config) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=config.ca_file or None)
    if not config.tls_verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context

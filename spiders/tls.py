"""Certificates: an extra authority for staging shops, and what is wrong with a certificate in words."""

from __future__ import annotations

import asyncio
import ssl
from typing import Any
from urllib.parse import urlsplit

from OpenSSL import SSL
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from twisted.internet._sslverify import IOpenSSLTrustRoot
from twisted.internet.ssl import platformTrust
from twisted.web.client import BrowserLikePolicyForHTTPS
from zope.interface import implementer

from auditor.config import Config, ConfigError
from auditor.spiders.reactor import addresses_of

DIAGNOSIS_TIMEOUT = 10.0


@implementer(IOpenSSLTrustRoot)
class ExtraAuthority:
    """Trusts what the system trusts and the authorities in a PEM file.

    Twisted can trust the one or the other by its public interface, but not both.
    """

    def __init__(self, ca_file: str) -> None:
        self._ca_file = ca_file

    def _addCACertsToContext(self, context: SSL.Context) -> None:
        platformTrust()._addCACertsToContext(context)
        context.load_verify_locations(self._ca_file)


class ExtraAuthorityHandler(HTTP11DownloadHandler):
    """Scrapy's handler, which verifies against the setting AUDITOR_CA_FILE as well."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._contextFactory = BrowserLikePolicyForHTTPS(trustRoot=ExtraAuthority(crawler.settings["AUDITOR_CA_FILE"]))


def context_for(config: Config) -> ssl.SSLContext:
    """What Python needs to verify as the crawl does. Raises ConfigError when ``ca_file`` cannot be read."""
    context = ssl.create_default_context()
    if config.ca_file:
        try:
            context.load_verify_locations(config.ca_file)
        except (OSError, ssl.SSLError) as error:
            raise ConfigError(f"ca_file: {config.ca_file} cannot be read as PEM certificates ({error})") from error
    return context


async def certificate_problem(url: str, config: Config) -> str:
    """What is wrong with the certificate at an https address, in words; "" when nothing is or it cannot be told.

    OpenSSL tells Twisted only that verification failed; one handshake of Python's own tells why.
    """
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or 443
    try:
        async with asyncio.timeout(DIAGNOSIS_TIMEOUT):
            for address in (await addresses_of(host))[:1]:
                streams = await asyncio.open_connection(
                    address, port, ssl=context_for(config), server_hostname=host.strip("[]")
                )
                streams[1].close()
    except ssl.SSLCertVerificationError as error:
        return _in_words(error)
    except ssl.SSLError as error:
        return f"TLS failed: {error.reason or error}".lower().replace("_", " ")
    except (OSError, TimeoutError):
        return ""
    return ""


_PROBLEMS = (
    ("expired", "it has expired"),
    ("not yet valid", "it is not valid yet"),
    ("hostname mismatch", "it was issued for another host name"),
    ("ip address mismatch", "it was issued for another address"),
    ("self-signed", "it is self-signed"),
    ("self signed", "it is self-signed"),
    ("unable to get local issuer", "it was issued by an authority that is not trusted here"),
    ("revoked", "it was revoked"),
)


def _in_words(error: ssl.SSLCertVerificationError) -> str:
    message: Any = error.verify_message or str(error)
    found = next((words for mark, words in _PROBLEMS if mark in message.lower()), message)
    return f"the certificate is not accepted: {found}"

"""Why there was no answer, and why a shop as a whole could not be audited: in sentences."""

from __future__ import annotations

import math
from http import HTTPStatus

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.http import Response

from auditor.config import Config
from auditor.spiders.tls import certificate_problem
from auditor.urls import host_of, site_of

_CERTIFICATE = ("certificate verify failed", "certificate_verify_failed", "verificationerror", "does not match")
_NO_TLS = ("wrong version number", "wrong_version_number", "unknown protocol", "record layer failure", "http request")


def texts_of(error: BaseException | None) -> str:
    """Everything that an error and those inside of it say, in lower case."""
    parts = []
    while error is not None and len(parts) < 10:
        parts.append(f"{type(error).__name__} {error} {getattr(error, 'reasons', '')}")
        error = error.__cause__
    return " ".join(parts).lower()


def is_final(error: BaseException) -> bool:
    """Whether asking again is of no use: a bad certificate stays bad."""
    said = texts_of(error)
    return any(mark in said for mark in (*_CERTIFICATE, *_NO_TLS))


def failure_of(error: BaseException, url: str, config: Config) -> str:
    """Why an address gave no answer, for Page.failure."""
    said = texts_of(error)
    if isinstance(error, CannotResolveHostError):
        return f"the host name {host_of(url)} cannot be resolved"
    if isinstance(error, DownloadConnectionRefusedError) or "connection was refused" in said:
        return "the connection was refused"
    if isinstance(error, DownloadTimeoutError) or "timeouterror" in said:
        return f"no answer within {config.crawl.timeout:g} seconds"
    if isinstance(error, DownloadCancelledError | IgnoreRequest) and "size" in said:
        return f"the answer is larger than {config.crawl.max_size} bytes"
    if any(mark in said for mark in _CERTIFICATE):
        return "the certificate is not accepted"
    if any(mark in said for mark in _NO_TLS):
        return "it does not speak TLS"
    if isinstance(error, ResponseDataLossError) or "dataloss" in said:
        return "the answer was cut short"
    if "parseerror" in said or "malformed" in said or "badheader" in said:
        return "the answer is not HTTP"
    return "the connection was closed without an answer"


async def about_start(url: str, error: Exception, config: Config) -> str:
    """Why the audit could not begin."""
    why = failure_of(error, url, config)
    if "certificate" in why:
        detail = await certificate_problem(url, config) or why
        return f"{url}: {detail}; trust it with --ca-file FILE, or do without with --insecure."
    return f"{url} does not answer: {why}."


def about_status(response: Response) -> str:
    """Why an answer with an error status is no shop."""
    status, url = response.status, response.url
    try:
        phrase = f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        phrase = str(status)
    if status in (401, 403, 407):
        hint = "credentials for a staging shop go into AUDITOR_BASIC_AUTH, AUDITOR_HEADERS or AUDITOR_COOKIES"
        return f"{url} is behind a login or refuses the crawl ({phrase}); {hint}."
    if status >= 500:
        return f"{url} fails on its own side ({phrase})."
    if status == 429:
        return f"{url} refuses more requests for now ({phrase}); try again later, with --delay and less --concurrency."
    return f"{url} answers {phrase}; is the address right?"


def about_robots(url: str, reason: str) -> str:
    """Why the crawl may not begin."""
    if reason == "robots.txt":
        return f"robots.txt forbids {url}; allow storefront-auditor there, or crawl your own shop with --no-robots."
    return f"{url} may not be crawled: {reason}, which forbids everything (RFC 9309); --no-robots crawls all the same."


def about_login(url: str) -> str:
    """When all that there is to see is a login form."""
    return f"{url} is behind a login: every page leads to a form that asks for a password; AUDITOR_COOKIES can hold a session."


def about_end(pages: int) -> str:
    """When the shop stopped answering on the way."""
    return f"The shop stopped answering ({pages} pages were read); go on with --resume when it is back."


def about_pause(seconds: float, pages: int) -> str:
    """When the shop asks for a pause that is too long to be waited."""
    minutes = math.ceil(seconds / 60)
    return f"The shop asks for a pause of {minutes} minutes ({pages} pages were read); go on with --resume then."


def about_type(url: str, content_type: str) -> str:
    return f"{url} is no HTML page but {content_type or 'of no known type'}."


def about_circle(url: str) -> str:
    """When every redirect leads to the next."""
    return f"{url} redirects for ever: no page comes of it."


def about_redirect(url: str, target: str, hops: int) -> str:
    """Why a redirect of the start address leads nowhere."""
    if hops > 0 and site_of(host_of(url)) == site_of(host_of(target)):
        return f"{url} redirects for ever (now to {target})."
    return f"{url} redirects to {target}, which is another site; audit that address, or add its host with --host."

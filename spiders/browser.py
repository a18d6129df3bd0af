"""Finds a Chromium, proves what it does with third-party cookies, and opens it with a fresh profile.

Debian's ``chromium`` refuses third-party cookies in a fresh profile and ``chromium-headless-shell`` takes them, so the
profile's preferences say what is wanted and a canary between two loopback hosts proves what happens.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import hashlib
import json
import os
import re
import shutil
import signal
import socket
import ssl
import tempfile
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.async_api import BrowserContext, Error, Playwright, async_playwright

from auditor.config import Config
from auditor.model import record
from auditor.spiders.collectors.wire import within
from auditor.urls import host_of

COMMANDS = (
    "chromium-headless-shell",
    "chromium",
    "google-chrome",
    "google-chrome-stable",
    "chromium-browser",
)
PREFERENCES = {
    "profile": {"cookie_controls_mode": 0, "block_third_party_cookies": False},
    "credentials_enable_service": False,
    "translate": {"enabled": False},
    "safebrowsing": {"enabled": False},
}
ARGUMENTS = (
    # Some consent tools hide their banner from automated browsers.
    "--disable-blink-features=AutomationControlled",
    # Frames of other sites stay in the page's process: one CDP session sees them all, and a frame costs no process.
    "--disable-site-isolation-trials",
    "--disable-domain-reliability",
)
# Without this one Chromium opens no window that the visitor did not ask for, as visitors' browsers do.
LEFT_OUT = ("--disable-popup-blocking",)
# The commonest screen of a phone, in CSS pixels.
PHONE_SCREEN = (390, 844)
PHONE: dict[str, Any] = {
    "viewport": {"width": PHONE_SCREEN[0], "height": PHONE_SCREEN[1]},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
START_LIMIT = 30.0  # seconds
CLOSE_LIMIT = 10.0


class BrowserError(Exception):
    """No browser can be used; the message says why and what to do."""


@record
class Chromium:
    """A browser that starts, and what it was seen to do."""

    path: str
    product: str  # "Chrome/156.0.8078.79"
    user_agent: str  # as a visitor's browser would say it
    third_party_cookies: bool

    def manifest(self) -> dict[str, Any]:
        return {"product": self.product, "path": self.path, "third_party_cookies": self.third_party_cookies}


# --- finding ----------------------------------------------------------------------------------------------------


async def find(playwright: Playwright, wanted: str = "") -> str:
    """The path of the browser to use: the one ``wanted``, else the first of the system's that starts, else Playwright's."""
    if wanted:
        path = shutil.which(os.path.expanduser(wanted))
        if path is None:
            raise BrowserError(f"visits.browser is {wanted}, but there is no program of that name")
        return path
    candidates = [path for command in COMMANDS if (path := shutil.which(command))]
    for path in [*candidates, playwright.chromium.executable_path]:
        if await _starts(path):
            return path
    raise BrowserError(
        "no Chromium was found, so no page can be visited. Install one: `apt-get install chromium` (Debian, Ubuntu), "
        "`dnf install chromium` (Fedora), `playwright install chromium` (anywhere), or set visits.browser to its path"
    )


async def _starts(path: str) -> bool:
    """Being there is not enough: Ubuntu's ``chromium-browser`` is a script that asks for a snap."""
    if not os.path.exists(path):
        return False
    quiet = asyncio.subprocess.DEVNULL
    try:
        process = await asyncio.create_subprocess_exec(path, "--version", stdin=quiet, stdout=quiet, stderr=quiet)
    except OSError:
        return False
    try:
        return await asyncio.wait_for(process.wait(), START_LIMIT) == 0
    except TimeoutError:
        process.kill()
        return False


# --- opening ----------------------------------------------------------------------------------------------------


@asynccontextmanager
async def driver() -> AsyncIterator[Playwright]:
    """Playwright's driver. Its end is not waited for for ever: where a browser died, it may never be told."""
    try:
        playwright = await within(START_LIMIT, async_playwright().start())
    except TimeoutError as error:
        raise BrowserError("Playwright's driver does not start") from error
    try:
        yield playwright
    finally:
        with contextlib.suppress(TimeoutError, Error):
            await within(CLOSE_LIMIT, playwright.stop())


@asynccontextmanager
async def fresh_profile(
    playwright: Playwright,
    path: str,
    config: Config,
    *,
    user_agent: str = "",
    cookies: Iterable[dict[str, Any]] = (),
    phone: bool = False,
) -> AsyncIterator[BrowserContext]:
    """A browser with a profile of its own, which is thrown away at the end; raises BrowserError when it doesn't start.

    ``phone``: with the screen, the touch and the name of one.
    """
    folder = Path(tempfile.mkdtemp(prefix="auditor-profile-"))
    try:
        (folder / "Default").mkdir()
        (folder / "Default" / "Preferences").write_text(json.dumps(PREFERENCES))
        context = await _launch(playwright, path, config, folder, user_agent, phone=phone)
        try:
            if cookies:
                await context.add_cookies(list(cookies))
            yield context
        finally:
            await asyncio.shield(_close(context, folder))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


async def _launch(
    playwright: Playwright, path: str, config: Config, folder: Path, user_agent: str, *, phone: bool
) -> BrowserContext:
    arguments = [*ARGUMENTS]
    if user_agent:
        arguments.append(f"--user-agent={on_phone(user_agent) if phone else user_agent}")
    if config.ca_file and config.tls_verify:
        arguments.append(f"--ignore-certificate-errors-spki-list={','.join(await trusted_keys(config))}")
    options: dict[str, Any] = {
        "executable_path": path,
        "headless": True,
        "args": arguments,
        "ignore_default_args": list(LEFT_OUT),
        "viewport": {"width": config.visits.width, "height": config.visits.height},
        "accept_downloads": False,
        "ignore_https_errors": not config.tls_verify,
        "timeout": START_LIMIT * 1000,
        "handle_sigint": False,
        "handle_sigterm": False,
        "handle_sighup": False,
        **(PHONE if phone else {}),
    }
    # Chromium refuses to run as root inside its sandbox; elsewhere the sandbox may be impossible (containers).
    sandboxes = (False,) if _is_root() else (True, False)
    for sandbox in sandboxes:
        try:
            return await playwright.chromium.launch_persistent_context(folder, chromium_sandbox=sandbox, **options)
        except Error as error:
            trouble = error
    raise BrowserError(f"{path} does not start: {_first_lines(str(trouble))}")


def on_phone(user_agent: str) -> str:
    """The User-Agent as the same browser on Android says it (its platform is always ``Android 10; K``)."""
    said = re.sub(r"\([^)]*\)", "(Linux; Android 10; K)", user_agent, count=1)
    return re.sub(r" Safari/", " Mobile Safari/", said, count=1)


async def _close(context: BrowserContext, folder: Path) -> None:
    """Close the browser; one that hangs is killed."""
    lock = folder / "SingletonLock"
    owner = os.readlink(lock) if lock.is_symlink() else ""
    try:
        await within(CLOSE_LIMIT, context.close())
    except (TimeoutError, Error):
        pid = owner.rpartition("-")[2]
        if pid.isdigit():
            with contextlib.suppress(OSError):
                os.kill(int(pid), signal.SIGKILL)


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _first_lines(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return " / ".join(lines[:3])[:500]


# --- an extra certificate authority -----------------------------------------------------------------------------


async def trusted_keys(config: Config) -> list[str]:
    """SHA-256 of the public keys that the browser is to trust because ``ca_file`` vouches for them, in base64.

    Chromium takes no file of authorities. It can be told to trust a key that is in the chain which a server
    sends, so: the authorities' own keys, and the keys that the shop's hosts show once Python has verified them.
    """
    try:
        pem = Path(config.ca_file).read_bytes()
        authorities = x509.load_pem_x509_certificates(pem)
    except (OSError, ValueError) as error:
        raise BrowserError(f"ca_file {config.ca_file} cannot be read: {error}") from error
    keys = [_key_of(certificate) for certificate in authorities]
    parts = urlsplit(config.shop)
    if parts.scheme == "https":
        hosts = dict.fromkeys([host_of(config.shop), *config.crawl.hosts])
        shown = await asyncio.gather(*(_verified_key(host, parts.port or 443, config.ca_file) for host in hosts))
        keys += [key for key in shown if key]
    return list(dict.fromkeys(keys))


async def _verified_key(host: str, port: int, ca_file: str) -> str:
    """The key of the certificate that a host shows, when the authority vouches for it; else ""."""
    context = ssl.create_default_context(cafile=ca_file)
    address = "127.0.0.1" if host == "localhost" or host.endswith(".localhost") else host
    opening = asyncio.open_connection(address, port, ssl=context, server_hostname=host)
    try:
        _, writer = await asyncio.wait_for(opening, START_LIMIT)
    except (OSError, ssl.SSLError, TimeoutError):
        return ""
    der = writer.get_extra_info("ssl_object").getpeercert(binary_form=True)
    writer.close()
    return _key_of(x509.load_der_x509_certificate(der))


def _key_of(certificate: x509.Certificate) -> str:
    info = certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(hashlib.sha256(info).digest()).decode()


# --- the canary -------------------------------------------------------------------------------------------------

_proven: dict[str, Chromium] = {}


async def prove(playwright: Playwright, config: Config) -> Chromium:
    """The browser to use, with what it was seen to do; proven once a process. Raises BrowserError."""
    path = await find(playwright, config.visits.browser)
    if path not in _proven:
        plain = Config(visits=config.visits)
        async with fresh_profile(playwright, path, plain) as context:
            page = context.pages[0] if context.pages else await context.new_page()
            cdp = await context.new_cdp_session(page)
            version = await within(START_LIMIT, cdp.send("Browser.getVersion"))
            taken = await _canary(page.goto)
        _proven[path] = Chromium(
            path=path,
            product=version["product"].replace("Headless", ""),
            user_agent=version["userAgent"].replace("Headless", ""),
            third_party_cookies=taken,
        )
    return _proven[path]


CANARY_LIMIT = 15.0
_CANARY = """<!doctype html><link rel=icon href="data:,"><script>
const load = (path, then) => { const image = new Image(); image.onload = image.onerror = then; image.src = path; };
load("http://there.localhost:PORT/set", () => load("http://there.localhost:PORT/seen", () => {}));
</script>"""


async def _canary(goto: Any) -> bool:
    """Whether a cookie that another site's image sets is taken and sent back, between two loopback hosts.

    Names below ``.localhost`` are trustworthy without TLS, so that ``SameSite=None; Secure`` works there.
    """
    seen: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()
            return
        path = head.split()[1]
        if path == "/seen" and not seen.done():
            seen.set_result("canary=1" in head)
        cookie = "Set-Cookie: canary=1; SameSite=None; Secure; Path=/\r\n" if path == "/set" else ""
        body = _CANARY.replace("PORT", str(port)) if path == "/" else ""
        writer.write(
            f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{cookie}Content-Length: {len(body)}\r\n"
            f"Connection: close\r\n\r\n{body}".encode()
        )
        with contextlib.suppress(ConnectionError):
            await writer.drain()
        writer.close()

    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    async with await asyncio.start_server(answer, sock=listener):
        try:
            await goto(f"http://here.localhost:{port}/", timeout=CANARY_LIMIT * 1000)
            return await asyncio.wait_for(seen, CANARY_LIMIT)
        except (Error, TimeoutError):
            return False

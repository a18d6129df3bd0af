"""Makes sure of a Chromium for the visits: the system's, else Playwright's, else one that it installs.

Run by `make setup`. Exits 0 and names the browser, or exits 1 and says exactly what to install.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable

COMMANDS = (
    "chromium-headless-shell",
    "chromium",
    "google-chrome",
    "google-chrome-stable",
    "chromium-browser",
)
# Without the fonts, screenshots of Chinese, Japanese and Korean shops show boxes.
DEBIAN_PACKAGES = ("chromium", "fonts-noto-cjk")
ADVICE = f"""\
No Chromium was found and none could be installed. Install one of these and run `make setup` again:
  Debian:  apt-get install {" ".join(DEBIAN_PACKAGES)}
  Fedora:  dnf install chromium google-noto-sans-cjk-fonts
  others:  .venv/bin/playwright install --with-deps chromium, or any of {", ".join(COMMANDS)} on the PATH
"""


def main() -> int:
    attempts: tuple[Callable[[], None], ...] = (_nothing, _apt_install, _playwright_install)
    for attempt in attempts:
        attempt()
        browser = find()
        if browser:
            print(f"Chromium: {browser}")
            return 0
    print(ADVICE, end="", file=sys.stderr)
    return 1


def find() -> str | None:
    """The path of the first browser that starts: the system's, then Playwright's own."""
    system = (path for command in COMMANDS if (path := shutil.which(command)))
    return next((path for path in system if _starts(path)), None) or _playwrights()


def _starts(path: str) -> bool:
    """Ubuntu's `chromium-browser` is a script that only asks for a snap, so being there is not enough."""
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=30).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _playwrights() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if os.path.exists(path) and _starts(path) else None


def _nothing() -> None:
    """The first attempt: look before installing anything."""


def _apt_install() -> None:
    if not _is_root() or not shutil.which("apt-get"):
        return
    print(f"No Chromium found: installing {' and '.join(DEBIAN_PACKAGES)} with apt-get …", flush=True)
    _run(["apt-get", "update", "-qq"])
    _run(["apt-get", "install", "-qq", "-y", "--no-install-recommends", *DEBIAN_PACKAGES])


def _playwright_install() -> None:
    print("No Chromium found: asking Playwright for its own …", flush=True)
    system_libraries = ["--with-deps"] if _is_root() else []
    _run([sys.executable, "-m", "playwright", "install", *system_libraries, "chromium"])


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _run(command: list[str]) -> None:
    """Run an installer; when it fails, say so and let the next attempt, or the advice, follow."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, errors="replace")
    if done.returncode:
        print(f"{' '.join(command)} failed:\n{done.stderr.strip()[-500:]}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())

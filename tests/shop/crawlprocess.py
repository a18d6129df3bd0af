"""Crawls a shop in a process of its own: ``python crawlprocess.py URL FOLDER``; a run that exists is resumed.

Prints a line a page: pages done and the process' memory (VmRSS) in kB; at the end one line that begins with "end".
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import time
from pathlib import Path

from auditor.config import Config, Crawl, Secrets, Visits
from auditor.progress import Silent
from auditor.spiders.stages import look
from auditor.store import FILE, Run


def memory() -> int:
    """Resident memory of this process, in kB."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0])


class Told(Silent):
    def __init__(self, every: int) -> None:
        self.every = every

    def pages(self, done: int, queued: int, url: str) -> None:
        if done % self.every == 0:
            print(done, memory(), flush=True)


def main(url: str, folder: Path, every: int, options: dict) -> None:
    run = Run.open(folder) if (folder / FILE).exists() else Run.create(folder)
    config = Config(shop=url, crawl=Crawl(**options), visits=Visits(pages="none"))
    began, usage = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF)
    asyncio.run(look(run, config, Secrets(), Told(every)))
    now = resource.getrusage(resource.RUSAGE_SELF)
    cpu = now.ru_utime + now.ru_stime - usage.ru_utime - usage.ru_stime
    outcome = {**run.noted("crawl"), "seconds": time.monotonic() - began, "cpu": cpu}
    print("end", json.dumps(outcome), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), json.loads(sys.argv[4]) if len(sys.argv) > 4 else {})

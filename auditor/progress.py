"""What a long stage tells about itself while it works. The command line draws it; tests and programs pass ``Silent()``."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Calls are cheap and may come thousands of times; text is hostile and must be escaped by whoever prints it."""

    def stage(self, name: str) -> None:
        """A stage begins: "crawl", "visit", "check", "report"."""

    def pages(self, done: int, queued: int, url: str) -> None:
        """The crawl has ``done`` pages, knows of ``queued`` more and just finished ``url``."""

    def visits(self, done: int, total: int, scenario: str, url: str) -> None:
        """``done`` of ``total`` visits are made; the last was ``url`` under ``scenario``."""

    def judged(self, done: int, total: int, findings: int) -> None:
        """``done`` of ``total`` rules have judged, with ``findings`` so far."""

    def note(self, text: str) -> None:
        """Something that the reader should know once, in a sentence."""


class Silent:
    """Tells nobody."""

    def stage(self, name: str) -> None: ...

    def pages(self, done: int, queued: int, url: str) -> None: ...

    def visits(self, done: int, total: int, scenario: str, url: str) -> None: ...

    def judged(self, done: int, total: int, findings: int) -> None: ...

    def note(self, text: str) -> None: ...

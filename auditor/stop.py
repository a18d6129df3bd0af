"""Ctrl-C and its relatives: the first asks the audit to stop, the second ends the process at once."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Callable
from types import FrameType

# Ctrl-C; what a CI system, `timeout` or a service manager sends; what a closed terminal sends.
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stop:
    """A context manager for the main thread: while it is entered, signals are handled as above.

    The first signal cancels the task that was given to ``aim``; without one it raises KeyboardInterrupt.
    ``last_words`` is called before the second one ends the process (a terminal wants its cursor back).
    """

    def __init__(self, last_words: Callable[[], None] = lambda: None) -> None:
        self.requested = False
        self._last_words = last_words
        self._cancel: Callable[[], object] | None = None
        self._before: dict[signal.Signals, object] = {}

    def __enter__(self) -> Stop:
        if threading.current_thread() is threading.main_thread():
            heard = [number for number in SIGNALS if signal.getsignal(number) is not signal.SIG_IGN]  # nohup
            self._before = {number: signal.signal(number, self._on_signal) for number in heard}
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def aim(self, task: asyncio.Task, tell: Callable[[], None]) -> None:
        """From now on the first signal calls ``tell`` and cancels this task of the running loop."""
        loop = asyncio.get_running_loop()

        def cancel() -> None:
            tell()
            task.cancel()

        self._cancel = lambda: loop.call_soon_threadsafe(cancel)
        if self.requested:
            cancel()

    def rest(self) -> None:
        """There is no task to cancel any more."""
        self._cancel = None

    def _on_signal(self, number: int, _: FrameType | None) -> None:
        if self.requested:
            self._last_words()
            signal.signal(number, signal.SIG_DFL)
            os.kill(os.getpid(), number)
        self.requested = True
        if self._cancel is None:
            raise KeyboardInterrupt
        self._cancel()

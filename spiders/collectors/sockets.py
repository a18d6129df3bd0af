"""Web sockets: what the page says on them."""

from __future__ import annotations

import binascii
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from auditor.model import Phase, Request
from auditor.spiders.collectors.bodies import Body, merged, shapes
from auditor.spiders.collectors.times import Clock, Redactor

MAX_MESSAGES = 100  # kept of one socket
MAX_MESSAGE = 20_000  # characters kept of each
TEXT = 1  # opcode, RFC 6455 section 5.2


@dataclass(slots=True)
class Socket:
    """What was sent on one socket."""

    messages: list[tuple[float, Body]] = field(default_factory=list)
    left_out: int = 0

    def keep(self, time: float, frame: dict[str, Any]) -> None:
        """Keep a frame as CDP tells it: text, or bytes in base64."""
        if len(self.messages) >= MAX_MESSAGES:
            self.left_out += 1
            return
        payload = frame["payloadData"][:MAX_MESSAGE]
        data = payload.encode("utf-8", "replace") if frame["opcode"] == TEXT else binascii.a2b_base64(payload)
        self.messages.append((time, Body(data)))

    def records(self, handshake: Request, clock: Clock, redactor: Redactor) -> Iterator[Request]:
        """The handshake with what was sent in its phase; what tells something in another one is a request of its own."""
        by_phase: dict[Phase | None, list[tuple[float, Body]]] = {handshake.phase: []}
        for time, body in self.messages:
            by_phase.setdefault(clock.phase(time), []).append((time, body))
        for phase, messages in by_phase.items():
            fields, trouble = merged(shapes(body, redactor) for _, body in messages)
            if self.left_out:
                trouble = f"only its first {MAX_MESSAGES} messages were read"
            size = sum(len(body.data) for _, body in messages)
            told = replace(handshake, body=fields, body_unread=trouble, body_size=size)
            if phase == handshake.phase:
                yield told
            elif phase is not None and any(shape.parts for shape in fields.values()):
                yield replace(told, phase=phase, at=clock.since_start(messages[0][0]), cookies_sent=())

"""A client that talks to the demo shop's port whatever the resolver says of names under .localhost."""

from __future__ import annotations

import http.client
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from auditor.demo import DemoShop

# With these a page is the same on every request, and the visitor counts as somebody who is known to the shop.
KNOWN = "pf_session=s; csrf_token=t"


@dataclass(frozen=True)
class Reply:
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    def header(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    @property
    def cookies(self) -> dict[str, str]:
        """Name to the attributes of every Set-Cookie."""
        lines = (value for key, value in self.headers if key.lower() == "set-cookie")
        return {line.partition("=")[0]: line.partition("; ")[2] for line in lines}


@dataclass(frozen=True)
class Client:
    shop: DemoShop

    def get(self, path: str, cookie: str = KNOWN, host: str = "", method: str = "GET") -> Reply:
        connection = http.client.HTTPConnection("127.0.0.1", self.shop.hosts.port, timeout=10)
        try:
            name = host or self.shop.hosts.shop
            headers = {"Host": f"{name}:{self.shop.hosts.port}", "Connection": "close"}
            connection.request(method, path, headers={**headers, "Cookie": cookie} if cookie else headers)
            answer = connection.getresponse()
            return Reply(answer.status, tuple(answer.getheaders()), answer.read())
        finally:
            connection.close()


@pytest.fixture
def serve() -> Iterator[Callable[..., Client]]:
    """Starts demo shops that are stopped when the test ends."""
    started: list[DemoShop] = []

    def start(*faults: str) -> Client:
        shop = DemoShop(faults)
        started.append(shop)
        return Client(shop.__enter__())

    yield start
    for shop in started:
        shop.stop()

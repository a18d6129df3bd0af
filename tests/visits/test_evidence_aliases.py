"""Aliases of the shop's hosts, asked of a real DNS server on loopback."""

from __future__ import annotations

import socketserver
import threading
import time
from collections.abc import Iterator

import dns.flags
import dns.message
import dns.rcode
import dns.rrset
import pytest
from pydantic import ValidationError
from shopserver import Shop

from auditor.config import Config, Secrets, Visits
from auditor.model import HostAlias
from auditor.progress import Silent
from auditor.spiders.collectors import aliases
from auditor.spiders.collectors.aliases import look_up, resolve
from auditor.spiders.stages import look
from auditor.store import Run

ADDRESS = "127.0.0.1"


class NameServer:
    """Answers from ``zone``: name -> the name that it is an alias of, or an address, or "" for a refusal to answer."""

    def __init__(self, zone: dict[str, str]) -> None:
        self.zone, self.asked = zone, []
        server = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                data, socket = self.request
                reply = server.answer(dns.message.from_wire(data))
                if reply is not None:
                    socket.sendto(reply.to_wire(), self.client_address)

        self._server = socketserver.ThreadingUDPServer((ADDRESS, 0), Handler)
        self.at = f"{ADDRESS}:{self._server.server_address[1]}"

    def answer(self, question: dns.message.Message) -> dns.message.Message | None:
        name = question.question[0].name.to_text(omit_final_dot=True)
        self.asked.append(name)
        reply = dns.message.make_response(question, recursion_available=True)
        if self.zone.get(name) == "silence":
            return None
        if self.zone.get(name) == "":
            reply.set_rcode(dns.rcode.SERVFAIL)
            return reply
        for _ in range(len(self.zone)):
            target = self.zone.get(name)
            if target is None:
                reply.set_rcode(dns.rcode.NXDOMAIN)
                break
            is_address = target.replace(".", "").isdigit()
            end = "" if is_address else "."
            reply.answer.append(dns.rrset.from_text(f"{name}.", 60, "IN", "A" if is_address else "CNAME", target + end))
            if is_address:
                break
            name = target
        return reply

    def __enter__(self) -> NameServer:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def name_server() -> Iterator[NameServer]:
    zone = {
        "plain.shop.example": ADDRESS,
        "metrics.shop.example": "shop.hit.example",
        "shop.hit.example": "edge.Hit.example",
        "edge.Hit.example": ADDRESS,
        "edge.hit.example": ADDRESS,
        "left.shop.example": "gone.hit.example",
        "broken.shop.example": "",
        "slow.shop.example": "silence",
    }
    with NameServer(zone) as server:
        yield server


async def test_chains_and_failures(name_server, monkeypatch):
    monkeypatch.setattr(aliases, "LIMIT", 0.5)
    hosts = ["plain", "metrics", "left", "none", "broken", "slow", "-".join(["x" * 40] * 3)]
    found = {a.host.partition(".")[0]: a for a in await resolve([f"{h}.shop.example" for h in hosts], name_server.at)}
    assert (found["plain"].aliases, found["plain"].failure) == ((), "")
    assert found["metrics"].aliases == ("shop.hit.example", "edge.hit.example")
    assert (found["left"].aliases, found["left"].failure) == (("gone.hit.example",), "")
    assert found["none"].failure == "the name does not exist"
    assert found["broken"].failure == "the DNS server could not answer"
    assert found["slow"].failure.startswith("no DNS server answered within")
    assert found[hosts[-1]].failure.startswith("the name could not be resolved")


async def test_nobody_is_asked_again_when_nobody_answers(name_server, monkeypatch):
    monkeypatch.setattr(aliases, "LIMIT", 0.5)
    name_server.zone.update({f"h{n}.shop.example": "silence" for n in range(30)})
    began = time.monotonic()
    found = await resolve([f"h{n}.shop.example" for n in range(30)], name_server.at)
    assert time.monotonic() - began < 3
    assert len(found) == 30 and {alias.failure for alias in found} == {found[0].failure} and found[0].failure
    assert set(name_server.asked) == {"h0.shop.example"}


async def test_no_hosts_and_no_server(monkeypatch):
    def none_known(configure: bool) -> None:
        raise dns.resolver.NoResolverConfiguration

    assert await resolve([]) == []
    monkeypatch.setattr(aliases.dns.asyncresolver, "Resolver", none_known)
    (alias,) = await resolve(["a.shop.example"])
    assert alias.failure.startswith("no DNS server is known")


@pytest.mark.parametrize("value", ["dns.example", "127.0.0.1:x", "127.0.0.1:0", ":53", "localhost"])
def test_a_resolver_that_is_no_address_is_refused(value):
    with pytest.raises(ValidationError, match="is not the IP address of a DNS server"):
        Visits(resolver=value)


@pytest.mark.parametrize("value", ["", "127.0.0.1", "127.0.0.1:5353", "[::1]:5353"])
def test_a_resolver(value):
    assert Visits(resolver=value).resolver == value


@pytest.mark.xdist_group("evidence")
async def test_an_audit_asks_for_the_shop_s_further_hosts(tmp_path):
    with Shop(host="www.cloak.localhost", otherwise="ok") as shop, NameServer({"m.cloak.localhost": "hit.localhost", "hit.localhost": ADDRESS}) as names:  # fmt: skip
        other = shop.at("/pixel", host="m.cloak.localhost")
        shop.pages["/"] = f'<title>Shop</title><img src="{other}"><img src="{shop.at("/x", host="else.localhost")}">'
        visits = Visits(quiet=0.2, settle_limit=1.0, scenarios=("untouched",), resolver=names.at)
        config = Config(shop=shop.url, visits=visits)
        with Run.create(tmp_path / "run") as run:
            await look(run, config, Secrets(), Silent())
            (alias,) = run.fetch(HostAlias)
            assert (alias.host, alias.aliases) == ("m.cloak.localhost", ("hit.localhost",))
            asked = len(names.asked)
            await look_up(run, config)
            assert len(names.asked) == asked, "what is known is not asked again"
            without = config.model_copy(update={"visits": visits.model_copy(update={"resolver": ""})})
            assert aliases._further_hosts(run, without) == set()

"""Why something on the device needs consent or not: each opinion by a small run, and the wording that a reader gets."""

from pathlib import Path
from urllib.parse import urljoin

import pytest

from auditor.config import Config
from auditor.consent import Judge
from auditor.model import Cause, Cookie, CookieWrite, Request, StorageItem, ValueShape, Visit
from auditor.site import Site
from auditor.store import Run

SHOP = "https://www.fernhill-supply.shop/"
HOST = "www.fernhill-supply.shop"
UUIDS = ("550e8400-e29b-41d4-a716-446655440000", "7d44b1d2-91c1-4a1e-8f7e-0c1d2e3f4a5b")
YEAR = 31_536_000.0


@pytest.fixture
def run(tmp_path: Path):
    with Run.create(tmp_path / "run") as run:
        run.note("start_url", SHOP)
        yield run


def judge(run: Run, make, profiles=("untouched", "rejected"), **settings) -> Judge:
    """A judge of one visit in each fresh profile; ``make(shape, uuid)`` gives the records of a visit."""
    for scenario, uuid in zip(profiles, UUIDS, strict=False):
        visit = Visit(url=SHOP, scenario=scenario, profile=f"{scenario}-1")
        run.add_visit(visit, make(lambda value: ValueShape.of(value, run.value_key()), uuid))
    return Judge(Site(run, Config.model_validate({"shop": SHOP, **settings})))


def cookie(shape, value, name="xq", domain=HOST, via="document.cookie", script="/js/shop.js", **fields):
    """A cookie in the jar and the write that made it."""
    common = {"visit": "", "phase": "before", "name": name, "domain": domain, "value": shape(value), **fields}
    common = {"third_party": not domain.endswith(HOST), **common}
    cause = Cause(url=urljoin(SHOP, script), line=7) if via != "header" else Cause()
    return [Cookie(**common), CookieWrite(via=via, cause=cause, **common)]


def verdict(judge: Judge, name="xq", site="", kind="cookie"):
    return judge.verdict(judge.ledger.entry(kind, name, site))


def test_the_configuration_goes_before_everything(run):
    seen = judge(run, lambda s, u: cookie(s, u, "_ga", lifetime=YEAR), consent={"necessary": ["_g?"]})
    assert verdict(seen, "_ga").need == "necessary"
    assert "configuration" in verdict(seen, "_ga").why


def test_a_known_name_names_its_vendor(run):
    found = verdict(judge(run, lambda s, u: cookie(s, "fb.1.1700000000000.123456789", "_fbp")), "_fbp")
    assert (found.need, found.confidence, found.purpose) == ("needs-consent", "high", "marketing")
    assert found.vendor in found.why


def test_the_trade_of_its_owner_decides_on_a_third_partys_cookie(run):
    def make(shape, uuid):
        return cookie(shape, uuid, "a", ".criteo.com") + cookie(shape, uuid, "b", "m.stripe.com", lifetime=YEAR)

    seen = judge(run, make)
    assert verdict(seen, "a", "criteo.com").need == "needs-consent"
    assert verdict(seen, "b", "stripe.com").need == "necessary"


@pytest.mark.parametrize(
    ("script", "need"),
    [
        ("https://static.hotjar.com/c/x.js", "needs-consent"),
        ("https://js.stripe.com/v3/", "necessary"),
        ("/js/shop.js", "unclear"),
    ],
)
def test_the_trade_of_the_writing_script_decides_on_an_unknown_name(run, script, need):
    assert verdict(judge(run, lambda s, u: cookie(s, "v1", script=script))).need == need


def test_an_identifier_that_stays_needs_consent_and_one_that_dies_with_the_session_does_not(run):
    def make(shape, uuid):
        return cookie(shape, uuid, "long", lifetime=YEAR) + cookie(shape, uuid, "brief")

    seen = judge(run, make)
    assert verdict(seen, "long").need == "needs-consent"
    assert "for 12 months" in verdict(seen, "long").why
    assert verdict(seen, "brief").need == "unclear"


def test_the_same_value_for_everybody_identifies_nobody(run):
    assert verdict(judge(run, lambda s, u: cookie(s, UUIDS[0], lifetime=YEAR))).need == "unclear"


def test_one_profile_alone_makes_less_sure(run):
    found = verdict(judge(run, lambda s, u: cookie(s, u, lifetime=YEAR), profiles=("untouched",)))
    assert (found.need, found.confidence) == ("needs-consent", "medium")


@pytest.mark.parametrize(
    ("http_only", "lifetime", "need"),
    [(True, None, "necessary"), (True, YEAR, "unclear"), (False, 3600.0, "necessary"), (False, YEAR, "needs-consent")],
)
def test_what_the_shops_server_sets_under_an_unknown_name(run, http_only, lifetime, need):
    def make(shape, uuid):
        return cookie(shape, uuid, via="header", http_only=http_only, lifetime=lifetime)

    assert verdict(judge(run, make)).need == need


def test_an_identifier_of_the_session_that_is_sent_away_needs_consent(run):
    def make(shape, uuid):
        url = "https://hub.example/hit"
        sent = Request(visit="", phase="before", url=url, third_party=True, params={"u": shape(uuid)})
        return [*cookie(shape, uuid), sent]

    found = verdict(judge(run, make))
    assert found.need == "needs-consent"
    assert "sent to hub.example" in found.why


def test_what_comes_with_the_choice_records_it(run):
    def make(shape, uuid):
        return cookie(shape, uuid, "shop_cookie_x", lifetime=YEAR, phase="after")

    for scenario, uuid in zip(("accepted", "rejected"), UUIDS, strict=True):
        visit = Visit(url=SHOP, scenario=scenario, profile=f"{scenario}-1", choice_at=1.0)
        run.add_visit(visit, make(lambda value: ValueShape.of(value, run.value_key()), uuid))
    seen = Judge(Site(run, Config.model_validate({"shop": SHOP})))
    assert verdict(seen, "shop_cookie_x").need == "necessary"


def test_the_same_name_that_was_there_before_the_choice_records_nothing(run):
    seen = judge(run, lambda s, u: cookie(s, u, "shop_prefer_x", lifetime=YEAR))
    assert verdict(seen, "shop_prefer_x").need == "needs-consent"


def test_storage_of_the_shop(run):
    def make(shape, uuid):
        values = {"device": uuid, "theme": "dark", "basket": uuid}
        return [
            StorageItem(visit="", phase="before", area="localStorage", origin=SHOP[:-1], key=key, value=shape(value))
            for key, value in values.items()
        ]

    seen = judge(run, make)
    needs = {key: verdict(seen, key, kind="localStorage").need for key in ("device", "theme", "basket")}
    assert needs == {"device": "needs-consent", "theme": "unclear", "basket": "necessary"}
    assert [entry.name for entry in seen.needing] == ["device"]

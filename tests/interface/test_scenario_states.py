"""Whether a scenario can be judged, from what its visits recorded."""

from __future__ import annotations

import pytest

from auditor.config import Config
from auditor.model import ConsentAction, ConsentUi, Visit, scenarios_for
from auditor.site import Site
from auditor.store import Run

SHOP = "https://www.fernhill-supply.shop/"
ASKED = ConsentUi(visit="", present=True)
ACCEPTED = ConsentAction(visit="", action="accept", confirmed=True)


@pytest.fixture
def run(tmp_path):
    with Run.create(tmp_path / "run") as run:
        yield run


def visit(run, scenario: str, *records, **fields) -> None:
    run.add_visit(Visit(**{"url": SHOP, "scenario": scenario, "profile": f"{scenario}-1", **fields}), records)


def site(run, **config) -> Site:
    return Site(run, Config.model_validate({"shop": SHOP, **config}))


def withdrew(**fields) -> ConsentAction:
    return ConsentAction(**{"visit": "", "action": "withdraw", **fields})


@pytest.mark.parametrize(
    ("action", "state", "reason"),
    [
        (withdrew(confirmed=True, way="footer link"), "ok", ""),
        (withdrew(reason="no way back was found"), "no-way-back", "no way back was found"),
        (withdrew(way="footer link", reason="nothing opened"), "failed", "nothing opened"),
    ],
)
def test_withdrawal(run, action, state, reason):
    visit(run, "withdrawn", ASKED, ACCEPTED)
    visit(run, "withdrawn", ConsentUi(visit="", present=False), action, order=1)
    found = site(run).scenario_state("withdrawn")
    assert (found.state, found.reason) == (state, reason)


def test_an_acceptance_alone_is_no_withdrawal(run):
    visit(run, "withdrawn", ASKED, ACCEPTED)
    assert site(run).scenario_state("withdrawn").state == "failed"


def test_consent_that_was_never_given_cannot_be_withdrawn(run):
    visit(run, "withdrawn", ASKED, ConsentAction(visit="", action="accept", reason="nothing happened"), withdrew())
    found = site(run).scenario_state("withdrawn")
    assert (found.state, found.reason) == ("failed", "nothing happened")


def test_scrolling_is_no_choice(run):
    visit(run, "untouched", ASKED, ConsentAction(visit="", action="scroll", confirmed=True))
    visit(run, "rejected", ASKED, ConsentAction(visit="", action="scroll", confirmed=True))
    assert site(run).scenario_state("untouched").state == "ok"
    assert site(run).scenario_state("rejected").state == "failed"


def test_global_privacy_control_matters_where_it_is_an_opt_out(run):
    assert "gpc" in scenarios_for(["eu", "us-ca"])
    assert "gpc" not in site(run, profile="eu,de").scenarios
    visit(run, "gpc")
    assert site(run, profile="us-ca").scenario_state("gpc").state == "ok"


def test_banners_of_the_phone_are_asked_for(run):
    visit(run, "untouched", ConsentUi(visit="", present=True, text="wide"))
    visit(run, "untouched", ConsentUi(visit="", present=True, text="narrow"), viewport="phone", profile="untouched-2")
    seen = site(run)
    assert [ui.text for ui in seen.banners("untouched")] == ["wide"]
    assert [ui.text for ui in seen.banners("untouched", "phone")] == ["narrow"]
    assert [ui.text for ui in seen.banners("untouched", None)] == ["wide", "narrow"]

"""What consent frameworks of real pages are heard to say."""

from __future__ import annotations

import json

import pytest
from banners import bar, buttons, page
from shopserver import typed

from auditor import shelves
from auditor.judge import judge_one
from auditor.model import ApiCall, CollectorFailure, ConsentSignal
from auditor.spiders.collectors.signals import listen

pytestmark = pytest.mark.xdist_group("signals")

PIXEL = typed(b"GIF89a\x01\x00\x01\x00\x00\xff\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x00;", "image/gif")

# As in tests/test_tcf.py: made with @iabtechlabtcf/core and @iabgpp/cmpapi.
NOTHING = "CQt-4cAQuCLYAEsAHCENCPFgAAAAAAAAAAYgAAAAAAAA.IAAA.YAAAAAAAAAAA"
ALL = "CQt-4cAQuCLYAEsAHCENCPFsAP_gAEPgAAYgH0wBQABAAGgAQABgC8wH0gfTAFAAEAAaABAAGALzAfSAAAAA.IAAA.YAAAAAAAAAAA"
USNAT = "DBABLA~CAAWAAAAAABA.YA"

# A consent tool with a TC string: as of TCF 2.2 there is no getTCData, one listens.
TOOL = """
let tc = %s, heard = 0;
window.listeners = {};
window.__tcfapi = (command, version, back, id) => {
  if (command === "ping") back({ gdprApplies: true, cmpLoaded: true, cmpStatus: "loaded", displayStatus: "visible" }, true);
  else if (command === "addEventListener") {
    listeners[++heard] = back;
    back({ tcString: tc, eventStatus: "cmpuishown", gdprApplies: true, listenerId: heard, purpose: { consents: { 1: true, 2: false } } }, true);
  } else if (command === "removeEventListener") { delete listeners[id]; back(true); }
  else back(null, false);
};
"""


def signals(seen, framework: str, scenario: str = "untouched", phase: str | None = None) -> list[ConsentSignal]:
    return [signal for signal in seen.all(ConsentSignal, scenario, phase) if signal.framework == framework]


async def test_an_interface_of_tcf_2_2_is_asked_and_left_as_it_was(tab_in_loop, visit, shop):
    body = f"<title>Shop</title><script>{TOOL % json.dumps(ALL)}</script>"
    seen = await visit(shop({"/": body}).url)
    (signal,) = signals(seen, "tcf")
    assert (signal.state, signal.phase, signal.data["source"]) == ("present", "before", "interface")
    assert (signal.data["purposes"], signal.data["interests"], signal.data["policy_version"]) == ("1-11", "2,7-11", 5)
    assert signal.data["vendors"] == "2,6,8-12,755,1001" and signal.data["disclosed"] == ""
    assert (signal.data["eventStatus"], signal.data["cmpStatus"], signal.data["told_purposes"]) == (
        "cmpuishown",
        "loaded",
        [1],
    )
    assert ALL not in str(signal) and not seen.all(CollectorFailure, "untouched")

    await tab_in_loop.load(shop({"/": body}).url)
    heard = await listen(tab_in_loop, 0.0)
    assert heard.said["tcf"]["tcString"] == ALL
    assert await tab_in_loop.page.evaluate("[heard, Object.keys(listeners).length]") == [1, 0]


async def test_frameworks_of_the_united_states_and_google(visit, shop):
    body = f"""<title>Shop</title><script>
    window.__gpp = (command, back) => back({{ cmpStatus: "loaded", signalStatus: "ready", gppString: "{USNAT}", applicableSections: [7] }}, true);
    window.__uspapi = (command, version, back) => back({{ version: 1, uspString: "1YNN" }}, true);
    window.google_tag_data = {{ ics: {{ entries: {{ ad_storage: {{ default: false, update: true }}, x: 1 }} }} }};
    </script>"""
    seen = await visit(shop({"/": body}).url)
    (gpp,), (usp,), (mode,) = (signals(seen, name) for name in ("gpp", "usp", "consent-mode"))
    assert gpp.data["sections"] == [7] and gpp.data["applicable"] == [7] and gpp.data["signalStatus"] == "ready"
    assert gpp.data["opt_outs"]["usnat"] == {
        "sale": "opted-out", "sharing": "opted-out", "targeted-advertising": "not-opted-out", "gpc": "yes",
    }  # fmt: skip
    assert usp.data == {"source": "interface", "string": "1YNN"}
    assert mode.data == {"ad_storage": {"default": False, "update": True}, "x": {}}


async def test_frameworks_that_do_not_answer_or_break(visit, shop):
    body = """<title>Shop</title><script>
    window.__tcfapi = (...args) => { (window.__tcfapi.queue ||= []).push(args); };
    window.__gpp = () => { throw new Error("no\\nway"); };
    window.__uspapi = (command, version, back) => back({ uspString: "x".repeat(1e6) }, true);
    </script>"""
    seen = await visit(shop({"/": body}).url)
    (tcf,), (gpp,), (usp,) = (signals(seen, name) for name in ("tcf", "gpp", "usp"))
    assert (tcf.state, gpp.state, usp.state) == ("stub", "broken", "broken")
    assert gpp.reason == "no\nway" and usp.reason == "the string cannot be decoded: it is no US Privacy string"
    assert not seen.all(CollectorFailure, "untouched")


async def test_a_framework_that_never_ends_costs_no_visit(visit, shop):
    seen = await visit(shop({"/": "<title>Shop</title><script>window.__uspapi = () => { for (;;); };</script>"}).url)
    (home,) = seen.site.visits_in("untouched")
    assert home.outcome == "ok"
    (failure,) = seen.all(CollectorFailure, "untouched")
    assert failure.collector == "signals"


async def test_stored_strings_are_decoded_wherever_they_are(visit, shop):
    body = f"""<title>Shop</title><script>
    document.cookie = "euconsent-v2={ALL}"; document.cookie = "usprivacy=1YYN";
    localStorage.setItem("tool", JSON.stringify({{ tc: "{NOTHING}", id: "CAfeBabe0123456789abcdefghijklmnopqrstuvwxyzABC" }}));
    localStorage.setItem("us", "{USNAT}"); document.cookie = "eupubconsent-v2=nonsense";
    </script>"""
    seen = await visit(shop({"/": body}).url)
    found = {signal.data["source"]: signal for signal in seen.all(ConsentSignal, "untouched")}
    assert set(found) == {
        "cookie euconsent-v2", "cookie usprivacy", "localStorage tool", "localStorage us", "cookie eupubconsent-v2",
    }  # fmt: skip
    assert found["cookie euconsent-v2"].data["purposes"] == "1-11" and found["localStorage tool"].data["purposes"] == ""
    assert found["cookie usprivacy"].data["string"] == "1YYN" and found["localStorage us"].framework == "gpp"
    assert found["cookie eupubconsent-v2"].state == "broken"


async def test_the_data_layer_under_any_name_in_its_order(visit, shop):
    body = """<title>Shop</title><script>
    window.tagLayer = [{ page: "home" }];
    function gtag() { tagLayer.push(arguments); }
    gtag("consent", "default", { ad_storage: "granted", analytics_storage: "denied", region: ["US", "CA"], wait_for_update: 500 });
    gtag("js", new Date()); gtag("config", "G-TEST"); gtag("event", "view_item", { value: 3 });
    tagLayer.push({ "gtm.start": Date.now(), event: "gtm.js" });
    window.lamps = ["consent", "shade"]; window.rows = [["a", 1], ["b", 2]];
    </script>"""
    seen = await visit(shop({"/": body}).url)
    calls = seen.all(ApiCall, "untouched")
    assert [(call.api, call.action, call.data.get("order")) for call in calls] == [
        ("consent-mode", "default", "1"), ("data-layer", "js", "2"), ("data-layer", "config", "3"), ("data-layer", "event", "4"),
        ("data-layer", "gtm.start", "5"),
    ]  # fmt: skip
    assert calls[0].data == {
        "layer": "tagLayer", "order": "1", "ad_storage": "granted", "analytics_storage": "denied", "region": "US CA", "wait_for_update": "500",
    }  # fmt: skip
    assert calls[3].data["about"] == "view_item" and calls[0].phase == "before"


# A consent tool that tells Google's tags and writes a TC string; faults are switched on by the words in ``faults``.
TELLING = """
const faults = new Set(%s), chosen = (document.cookie.match(/(?:^|; )consent=(\\w+)/) || [])[1];
const granted = (yes) => ({ ad_storage: yes ? "granted" : "denied", analytics_storage: yes ? "granted" : "denied",
  ad_user_data: yes ? "granted" : "denied", ad_personalization: yes ? "granted" : "denied" });
window.dataLayer = []; function gtag() { dataLayer.push(arguments); }
gtag("consent", "default", granted(faults.has("granted default") || (faults.has("remembers for ever") && localStorage.google))); gtag("js", new Date()); gtag("config", "G-TEST");
const strings = { yes: "%s", no: "%s" };
let tc = faults.has("early string") || chosen === "granted" ? strings.yes : strings.no;
window.__tcfapi = (command, version, back) => back(command === "ping" ? { cmpLoaded: true, gdprApplies: true } : { tcString: tc, gdprApplies: true }, true);
function tell(said) {
  if (faults.has("remembers for ever") && localStorage.google) return;
  if (said === "granted") localStorage.google = "granted";
  if (!faults.has("no update")) gtag("consent", "update", granted(said === "granted"));
  tc = said === "granted" || faults.has("deaf string") ? strings.yes : strings.no;
}
if (chosen) tell(chosen);
const store = answer;
answer = (said) => { store(said); tell(said); };
"""


def telling_shop(shop, *faults: str):
    made = page(bar(buttons(settings=False)), head="")
    script = f"<script>{TELLING % (json.dumps(faults), ALL, NOTHING)}</script>"
    again = "<a href='#' onclick=\"document.cookie = 'consent=; max-age=0; path=/'; location.reload()\">Cookie settings</a></footer>"
    told = made.replace("</head>", f"{script}</head>", 1).replace("</footer>", again, 1)
    return shop({"/": told, "/a": told})


def outcome(seen, rule_id: str) -> tuple[str, list[str]]:
    result = judge_one(shelves.rules()[rule_id], seen.site)
    return result.outcome, [finding.subject for finding in result.findings]


RULES = (
    "consent-mode-default-granted",
    "consent-mode-update-missing",
    "tcf-consent-before-choice",
    "tcf-string-inconsistent",
)
SCENARIOS = ("untouched", "rejected", "accepted")


async def test_a_tool_that_tells_every_choice_is_clean(visit, shop):
    seen = await visit(telling_shop(shop).url, *SCENARIOS, paths=("/a",))
    assert {rule_id: outcome(seen, rule_id) for rule_id in RULES} == dict.fromkeys(RULES, ("pass", []))
    told = {(call.action, call.phase): call for call in seen.all(ApiCall, "accepted") if call.api == "consent-mode"}
    assert ("default", "before") in told and told["update", "after"].data["ad_storage"] == "granted"
    assert ("update", "before") not in told


async def test_a_tool_that_tells_nothing_or_too_early(visit, shop):
    seen = await visit(
        telling_shop(shop, "granted default", "no update", "early string", "deaf string").url, *SCENARIOS, paths=("/a",)
    )
    found = {rule_id: outcome(seen, rule_id) for rule_id in RULES}
    assert found["consent-mode-default-granted"] == ("fail", ["default"])
    assert found["consent-mode-update-missing"] == ("fail", ["after the refusal"])
    assert found["tcf-consent-before-choice"] == ("fail", ["purposes", "special features", "vendors"])
    assert found["tcf-string-inconsistent"] == ("fail", ["after the refusal"])


async def test_an_acceptance_that_is_not_told(visit, shop):
    seen = await visit(telling_shop(shop, "no update").url, *SCENARIOS, paths=("/a",))
    assert outcome(seen, "consent-mode-update-missing") == ("fail", ["after the acceptance"])
    assert outcome(seen, "consent-mode-default-granted") == ("pass", [])


# An advertiser with a cookie of its own; a shop that honours Global Privacy Control does not load it.
ADVERTISER = """
%s {
  const id = localStorage.getItem("aid") || crypto.randomUUID();
  localStorage.setItem("aid", id);
  new Image().src = "%s?uid=" + id;
}
"""


@pytest.mark.parametrize(
    ("condition", "wanted"), [("if (true)", "fail"), ("if (!navigator.globalPrivacyControl)", "pass")]
)
async def test_an_advertiser_under_global_privacy_control(visit, shop, condition, wanted):
    other = shop({"/px": PIXEL})
    body = f"<title>Shop</title><p>Lamps</p><script>{ADVERTISER % (condition, other.at('/px'))}</script>"
    seen = await visit(shop({"/": body, "/a": body}).url, "untouched", "gpc", paths=("/a",), profile=("us-ca",))
    assert outcome(seen, "gpc-ignored") == (wanted, [other.host] if wanted == "fail" else [])


@pytest.mark.parametrize(
    ("faults", "wanted"), [(("remembers for ever",), ("fail", ["after the withdrawal"])), ((), ("pass", []))]
)
async def test_a_withdrawal_that_is_told_or_not(visit, shop, faults, wanted):
    server = telling_shop(shop, *faults)
    seen = await visit(server.url, *SCENARIOS, "withdrawn", paths=("/a",))
    assert seen.site.scenario_state("withdrawn").state == "ok"
    assert outcome(seen, "consent-mode-update-missing") == wanted

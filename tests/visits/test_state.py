"""What stored values say of a choice, and which of autoconsent's rules are tried."""

from __future__ import annotations

import pytest

from auditor.spiders.consent.state import change, verdict
from auditor.spiders.consent.tools import rules_for


def test_rules_that_may_apply():
    names = {rule["name"] for rule in rules_for("https://shop.example/", main=True)}
    assert "cookieconsent3" in names and len(names) < 400
    assert len(rules_for("https://cmp.example/", main=False)) < len(names)


@pytest.mark.parametrize(
    ("name", "value", "yes", "no"),
    [
        ("cookieconsent_status", "deny", 0, 1),
        ("cookieconsent_status", "allow", 1, 0),
        ("cookieconsent_status", "dismiss", 0, 0),
        ("klaro", "%7B%22matomo%22%3Afalse%2C%22ads%22%3Atrue%7D", 1, 1),
        ("tarteaucitron", "!gtag=false!matomo=true", 1, 1),
        ("OptanonConsent", "isGpcEnabled=0&datestamp=Mon&version=6.1&groups=C0001:1,C0002:0,C0004:0", 0, 2),
        ("CookieConsent", "{stamp:'x',necessary:true,preferences:false,statistics:false,marketing:false,ver:1}", 0, 3),
        ("cc_cookie", '{"categories":["necessary"],"revision":0}', 0, 1),
        ("cc_cookie", '{"categories":["necessary","analytics"],"revision":0}', 1, 0),
        ("consent", "eyJhbmFseXRpY3MiOmZhbHNlLCJhZHMiOmZhbHNlfQ==", 0, 2),
        ("cookie_consent", "1", 1, 0),
        ("cookie-notice", "0", 0, 1),
    ],
)
def test_verdict_of_stored_values(name, value, yes, no):
    assert verdict(name, value) == (yes, no)


def test_change_minds_consent_only():
    before = {("cookie", "h", "sid"): "1"}
    after = {("cookie", "h", "sid"): "2", ("cookie", "h", "cookie_consent"): "denied", ("cookie", "h", "cart"): "true"}
    found = change(before, after)
    assert found.names == ("cookie_consent",) and found.speaks_for("reject") and found.speaks_against("accept")

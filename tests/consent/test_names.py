"""What is known of names, and what a name decides by itself."""

import pytest

from auditor.cookies import hint, is_generic, known, stable_names

NECESSARY = """
    PHPSESSID JSESSIONID ASP.NET_SessionId connect.sid laravel_session sessionid frontend form_key OCSESSID ECS_ID wp_woocommerce_session_0123abcd
    woocommerce_cart_hash AWSALB AWSALBCORS SERVERID BIGipServerpool_http __cf_bm cf_clearance XSRF-TOKEN csrftoken __RequestVerificationToken_abc
    __stripe_mid CookieConsent OptanonConsent euconsent-v2 cc_cookie klaro tarteaucitron borlabs-cookie cookieyes-consent didomi_token uc_settings
    cookie-notice my_cookie_policy_seen acceptCookies hasConsented gdpr_choice _shopify_essential secure_customer_sig _tracking_consent
"""
STATISTICS = "_ga _ga_AB12 _gid _pk_id.1.abcd _hjSessionUser_1 _clck ajs_anonymous_id mp_ab_mixpanel _shopify_y _shopify_s ai_user _vwo_uuid_v2 tk_ai ph_phc_ab_posthog _ym_uid Hm_lvt_ab"
MARKETING = "_fbp _fbc _gcl_au sbjs_first sbjs_session _uetsid _uetvid _ttp __kla_id hubspotutk cto_bundle _pin_unauth li_fat_id _scid _landing_page"
ANYBODYS = "id ID sid SID uid UID uuid session session_id user_id visitor_id test lang token s t c fr A1 i sp store login _s _y c_user_id visitor tracking"


@pytest.mark.parametrize("name", NECESSARY.split())
def test_necessary(name):
    assert known(name).purpose == "necessary"


@pytest.mark.parametrize(
    ("name", "purpose"), [(n, "analytics") for n in STATISTICS.split()] + [(n, "marketing") for n in MARKETING.split()]
)
def test_needs_consent(name, purpose):
    found = known(name)
    assert (found.purpose, bool(found.vendor), found.sure) == (purpose, True, True)


@pytest.mark.parametrize(
    "name",
    ANYBODYS.split(),
)
def test_a_name_that_many_use_decides_nothing(name):
    assert known(name).purpose == "unknown"


@pytest.mark.parametrize("name", ["id", "_sid", "user-id", "sessionId", "ab", "token_2"])
def test_generic(name):
    assert is_generic(name)


def test_a_generic_name_is_known_on_the_domain_that_it_belongs_to():
    assert known("uid", "adform.net").purpose == "marketing"
    assert known("SID", "google.com").purpose == "marketing"
    assert known("lang", "linkedin.com").purpose == "functional"
    assert known("uid", "another.example").purpose == "unknown"


def test_a_consent_record_is_the_shops_own():
    assert known("my_cookie_banner").kind == "the visitor's consent"
    assert known("my_cookie_banner", "tracker.example").purpose == "unknown"


@pytest.mark.parametrize(
    ("name", "suggestion"),
    [
        ("basketId", "cart"),
        ("guest_access_token", "auth"),
        ("accessToken", "auth"),
        ("shop.session", "session"),
        ("visitorId", "tracking"),
        ("cart_tracker_id", "tracking"),
        ("UTM_SOURCE", "tracking"),
        ("my-csrf", "csrf"),
        ("darkMode", "choice"),
        ("xq", ""),
    ],
)
def test_hints(name, suggestion):
    assert hint(name) == suggestion


def test_names_that_stay_and_names_that_change():
    stable = stable_names(
        {
            "untouched-1": ["_ga_AB12CD34", "_hjSession_12345", "cart_5f2a91c0", "_pk_id.1.1fff", "only_here_a1b2c3d4"],
            "rejected-1": ["_ga_AB12CD34", "_hjSession_12345", "cart_77aa01d2", "_pk_id.1.1fff"],
        }
    )
    assert stable["_ga_AB12CD34"] == "_ga_AB12CD34"
    assert stable["_hjSession_12345"] == "_hjSession_12345"
    assert stable["cart_5f2a91c0"] == stable["cart_77aa01d2"] == "cart_*"
    assert stable["_pk_id.1.1fff"] == "_pk_id*"
    assert stable["only_here_a1b2c3d4"] == "only_here_a1b2c3d4"


def test_a_uuid_or_a_time_in_a_name_changes_whatever_else_was_seen():
    assert stable_names({"p": ["v:550e8400-e29b-41d4-a716-446655440000"]}) == {
        "v:550e8400-e29b-41d4-a716-446655440000": "v:*"
    }
    assert stable_names({"p": ["seen_1700000000123"]}) == {"seen_1700000000123": "seen_*"}


def test_a_name_that_is_nothing_but_changing_is_told_as_it_is():
    assert stable_names({"p": ["a1b2c3d4"], "q": ["d4c3b2a1"]}) == {"a1b2c3d4": "a1b2c3d4", "d4c3b2a1": "d4c3b2a1"}

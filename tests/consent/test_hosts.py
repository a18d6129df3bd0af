"""Who is behind an address."""

import pytest

from auditor.trackers import bare, party, party_of_host

KNOWN = [
    ("https://region1.google-analytics.com/g/collect?v=2", "Google Analytics", "analytics"),
    ("https://www.facebook.com/tr/?id=1", "Meta", "ad"),
    ("https://www.facebook.com/tr?id=1", "Meta", "ad"),
    ("https://connect.facebook.net/de_DE/fbevents.js", "Meta", "ad"),
    ("https://connect.facebook.net/de_DE/sdk.js", "Meta", "social"),
    ("https://stats.g.doubleclick.net/dc.js", "Google Ads", "ad"),
    ("https://www.googletagmanager.com/gtm.js?id=GTM-1", "Google Tag Manager", "tag-manager"),
    ("https://www.google.com/recaptcha/api.js", "Google reCAPTCHA", "captcha"),
    ("https://js.stripe.com/v3/", "Stripe", "payment"),
    ("https://cdn.cookielaw.org/scripttemplates/otSDKStub.js", "Optanon", "consent-provider"),
    ("https://fonts.gstatic.com/s/a.woff2", "Google Fonts", "cdn"),
    ("https://www.youtube.com/embed/1", "YouTube", "video"),
    ("https://hm.baidu.com/hm.js?1", "Baidu Tongji", "analytics"),
    ("https://wcs.naver.net/wcslog.js", "Naver Analytics", "analytics"),
]


@pytest.mark.parametrize(("url", "company", "category"), KNOWN)
def test_known(url, company, category):
    assert (party(url).company, party(url).category) == (company, category)


@pytest.mark.parametrize(
    "url",
    [
        "https://www.facebook.com/trending",
        "https://www.google.com/maps/embed",
        "https://www.bing.com/search",
        "https://widget.trustpilot.com/x.js",
        "https://notgoogle-analytics.com/collect",
        "https://google-analytics.com.evil.example/collect",
        "https://hotjar.com.example/x.js",
        "https://nobody.localhost/t.js",
        "",
        "data:image/gif;base64,R0lGOD",
        "https://[broken/",
    ],
)
def test_no_tracker_by_address(url):
    assert party(url).category not in ("ad", "analytics")


def test_an_unknown_host_is_nobody():
    assert party("https://nobody.example/x") == party_of_host("") == party("https://10.0.0.1/")
    assert party_of_host(".stats.hotjar.com").company == "Hotjar"


def test_bare():
    assert bare("https://a.example/x?y=1#z") == "https://a.example/x"

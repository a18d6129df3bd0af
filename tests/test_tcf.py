"""Strings made by other encoders, and strings that are broken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.tcf import Undecodable, gcd, gcs, gpp_string, how_many, members, tc_string, usp_string
from auditor.urls import redacted

# Made with @iabtechlabtcf/core 1.5.21 for a vendor list with the vendors 2, 6, 8 to 12, 755 and 1001; cmp 300, version 7.
NOTHING = "CQt-4cAQuCLYAEsAHCENCPFgAAAAAAAAAAYgAAAAAAAA.IAAA.YAAAAAAAAAAA"
ALL = "CQt-4cAQuCLYAEsAHCENCPFsAP_gAEPgAAYgH0wBQABAAGgAQABgC8wH0gfTAFAAEAAaABAAGALzAfSAAAAA.IAAA.YAAAAAAAAAAA"
SOME = "CQt-4cAQuCLYAEsAHCENCPFgALAAAEKAAAYgF5wAwABAAGAXmABgB8AEEABAAMAA.IF5wBAABAAGgAQABgC8w.eAAAAEAAAAAA"
CORE_ONLY = "CQt-4cAQuCLYAEsAHCENCPFgAIAAAAAAAAYgAAAAAAAA"
# Made with @iabgpp/cmpapi 3.2.0.
USNAT = "DBABLA~CAAWAAAAAABA.YA"
USCA_AND_USP = "DBACTMA~1YNN~BAkAAABA.QA"
TCF_AND_UTAH = "DBACNGA~CQuPXIAQuPXIAEsAAAENAAFgAKAAAAAAAAAAAAAAAAAA.IAAA.YAAAAAAAAAAA~BAEAAAQA"


def test_what_a_tc_string_says():
    found = tc_string(SOME)
    assert (found.version, found.policy_version, found.list_version) == (2, 5, 143)
    assert (found.cmp, found.cmp_version, found.screen, found.language, found.country) == (300, 7, 2, "EN", "DE")
    assert (found.created, found.updated) == (1_795_132_800.0, 1_795_219_200.0)  # 20 and 21 November 2026
    assert found.service_specific and not found.purpose_one_treatment
    assert (found.purposes, found.interests, found.special_features) == ("1,3-4", "2,7,9", "")
    assert (found.vendors, found.vendor_interests, found.disclosed) == ("2,6,755", "8-12", "2,6,8-12,755")
    assert found.restrictions == ((1, "not allowed", "6"),)
    assert (found.publisher_purposes, found.publisher_interests, found.allowed) == ("1-2", "7", None)


def test_everything_and_nothing():
    yes, no = tc_string(ALL), tc_string(NOTHING)
    assert (yes.purposes, yes.interests, yes.special_features) == ("1-11", "2,7-11", "1-2")
    assert yes.vendors == yes.vendor_interests == "2,6,8-12,755,1001"
    assert (no.purposes, no.interests, no.vendors, no.vendor_interests, no.special_features) == ("",) * 5
    assert no.disclosed == "" and tc_string(CORE_ONLY).disclosed is None
    assert yes.data()["purposes"] == "1-11" and yes.data()["restrictions"] == []


def test_numbers():
    assert how_many("2,6,8-12,755") == 8 and how_many("") == 0
    assert members("1,3-5", (1, 2, 4, 6)) == [1, 4]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "ends too early"),
        (SOME[:30], "ends too early"),
        (SOME.replace(".IF5w", ".I"), "ends too early"),
        ("BOEFEAyOEFEAyAHABDENAI4AAAB9vABAASA", "its version is 1"),
        ("CPé", "none of base64url"),
        ("C" * 60_000, "too long"),
    ],
)
def test_broken_tc_strings(text, reason):
    with pytest.raises(Undecodable, match=reason):
        tc_string(text)


@given(st.text(alphabet="ABCDPQvw019-_.~", max_size=400))
def test_whatever_comes_is_read_or_refused(text):
    for read in (tc_string, gpp_string, usp_string):
        for candidate in (text, "C" + text, "DB" + text, SOME + text):
            try:
                read(candidate)
            except Undecodable as error:
                assert str(error)


@given(st.integers(0, len(SOME)), st.characters(codec="ascii"))
def test_one_wrong_character(place, character):
    try:
        found = tc_string(SOME[:place] + character + SOME[place + 1 :])
    except Undecodable:
        return
    assert found.version == 2 and how_many(found.vendors) <= 0xFFFF


def test_gpp():
    found = gpp_string(USNAT)
    assert found.sections == (7,)
    assert found.opt_outs == {
        "usnat": {"sale": "opted-out", "sharing": "opted-out", "targeted-advertising": "not-opted-out", "gpc": "yes"}
    }
    found = gpp_string(USCA_AND_USP)
    assert found.sections == (6, 8) and found.usp == "1YNN"
    assert found.opt_outs == {"usca": {"sale": "not-opted-out", "sharing": "opted-out", "gpc": "no"}}
    found = gpp_string(TCF_AND_UTAH)
    assert found.sections == (2, 11) and found.tcf.purposes == "1,3" and found.opt_outs == {}
    assert gpp_string("DBAA").sections == ()


@pytest.mark.parametrize("text", ["", "DB", "DBABLA", "DBABLA~", "CBAA", "1YNN"])
def test_broken_gpp(text):
    with pytest.raises(Undecodable):
        gpp_string(text)


def test_us_privacy():
    assert usp_string("1yn-") == "1YN-"
    for text in ("", "1YN", "2YNN", "1YNNN", "yes"):
        with pytest.raises(Undecodable):
            usp_string(text)


def test_google_on_the_wire():
    assert gcs("G100") == {"ad_storage": "denied", "analytics_storage": "denied"}
    assert gcs("G10-") == {"ad_storage": "denied"} and gcs("G1--") == gcs("G2") == gcs("") == {}
    assert gcd("13p3q3t2r5l1") == {
        "ad_storage": ("denied", ""),
        "analytics_storage": ("denied", "denied"),
        "ad_user_data": ("granted", ""),
        "ad_personalization": ("denied", "granted"),
    }
    assert set(gcd("11l1l1l1l1").values()) == {("", "")} and gcd("…") == {}


def test_what_google_is_told_of_consent_stays_readable():
    url, shapes = redacted(
        "https://tracker.example/g/collect?gcs=G111&gcd=13r3r3r2r5l1&cid=1234567890.1700000000", b"key"
    )
    assert url == "https://tracker.example/g/collect?gcs=G111&gcd=13r3r3r2r5l1&cid=…" and set(shapes) == {
        "gcs",
        "gcd",
        "cid",
    }

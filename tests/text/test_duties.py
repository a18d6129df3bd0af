"""Whole policies that the ranker's training has not seen: what they leave out is told, and what they say is quoted at its place."""

from auditor.reading import Reading
from auditor.rules.policy.duties import ABSENT, PRESENT
from auditor.rules.policy.ranker import Said
from auditor.rules.policy.request_channel_missing import request_channel_missing
from auditor.rules.policy.retention_period_missing import retention_period_missing
from auditor.rules.policy.right_of_access_missing import right_of_access_missing
from tests.text.duties import judged


def test_missing_items_are_told_and_the_right_passages_quoted():
    duties = judged()
    assert duties.f1() >= 0.92, duties.notes
    assert duties.macro >= 0.85, duties.notes
    assert duties.citation >= 0.92, duties.notes


def test_a_duty_named_only_in_a_placeholder_is_absent():
    html = "<h1>Privacy policy</h1><h2>Retention</h2><p>[Please state here how long order data are stored.]</p>"
    page = Reading(html, kind="privacy", language="en").page
    assert retention_period_missing(page).state == "absent"


def test_a_clause_is_quoted_from_its_first_to_its_last_character():
    html = "<h1>Privacy policy</h1><p>Welcome. You may ask for a copy of the data we hold about you. Tea is green.</p>"
    reading = Reading(html, kind="privacy", language="en")
    item = right_of_access_missing(reading.page)
    assert (item.state, reading.quote(item.start, item.end)) == (
        "present",
        "You may ask for a copy of the data we hold about you.",
    )


def test_a_clause_that_may_name_the_channel_is_for_a_person_also_without_an_address():
    page = Reading("<h1>Privacy policy</h1><p>Requests are dealt with.</p>", kind="privacy", language="en").page
    page.document.memo["policy"] = {"channel": Said(chance=(ABSENT + PRESENT) / 2, start=15, end=39)}
    assert request_channel_missing(page).state == "uncertain"

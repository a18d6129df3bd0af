"""The rule ``kr-footer-registration-number-missing``."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Finding, Unknown
from auditor.rules.identity import korea
from auditor.shelves import rule
from auditor.site import Site


@rule(
    severity="error",
    articles={"kr": ("E-Commerce Act Art. 10(1)(4)", "E-Commerce Act Enforcement Rule Art. 7")},
    languages=korea.LANGUAGES,
)
def kr_footer_registration_number_missing(site: Site) -> Iterator[Finding | Unknown]:
    """The home page does not show the business registration number (사업자등록번호).

    Why: with the number anybody can look the shop up at the Fair Trade Commission and the tax service.

    Fix: show the number in the footer of the home page, linked to the Commission's page on the business (사업자정보확인).
    """
    yield from korea.duty(site, "registration-number", "the business registration number (사업자등록번호)")

"""The rule ``kr-footer-mail-order-number-missing``."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Finding, Unknown
from auditor.rules.identity import korea
from auditor.shelves import rule
from auditor.site import Site


@rule(
    severity="error",
    articles={"kr": ("E-Commerce Act Art. 12(1)", "E-Commerce Act Art. 13(1)")},
    languages=korea.LANGUAGES,
)
def kr_footer_mail_order_number_missing(site: Site) -> Iterator[Finding | Unknown]:
    """The home page does not show the mail-order report number (통신판매업 신고번호).

    Why: who sells at a distance has to report to the local authority and to show the number; below thresholds one is exempt.

    Fix: show number and authority in the footer of the home page: “통신판매업 신고: 제2026-…-0000호”; write “신고 면제” where the shop is exempt.
    """
    yield from korea.duty(site, "mail-order-number", "the mail-order report number (통신판매업 신고번호)")

"""The rule ``kr-footer-registry-link-missing``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.model import Finding, Unknown
from auditor.rules.identity.korea import SUBJECT
from auditor.rules.identity.places import Place, home_of
from auditor.shelves import rule
from auditor.site import Site

LINK = re.compile(r"ftc\.go\.kr|bizCommPop|wrkr_no", re.IGNORECASE)
NUMBER = re.compile(r"wrkr_no=(\d{3})-?(\d{2})-?(\d{5})(?!\d)")
# A button that opens a page of the shop's own or of its platform, which leads on
BUTTON = re.compile(r"사업자 ?정보 ?(?:확인|조회|공개)|사업자 ?확인")


@rule(severity="warning", articles={"kr": ("E-Commerce Act Enforcement Rule Art. 7(2)",)}, languages=("ko",))
def kr_footer_registry_link_missing(site: Site) -> Iterator[Finding | Unknown]:
    """The home page has no link to the Fair Trade Commission's page about the shop (사업자정보확인).

    Why: the link has to stand beside the mail-order report number, so that buyers can check what the shop says of itself.

    Fix: link “사업자정보확인” to https://www.ftc.go.kr/bizCommPop.do?wrkr_no= and the business registration number.
    """
    home = home_of(site, "ko")
    if home is None:
        yield Unknown(reason="the home page's text was not kept or is written by scripts")
        return
    source = site.html(home.page) or ""
    shown = {fact.value for fact in home.numbers if fact.scheme == "kr-business"}
    linked = {"".join(match.groups()) for match in NUMBER.finditer(source)}
    if linked and shown and not linked & shown:
        yield _finding(
            home, f"The link to the Commission's page is that of {min(linked)}, not of the shop's number {min(shown)}"
        )
    elif LINK.search(source):
        return
    elif not shown:
        yield Unknown(
            reason="the home page shows no business registration number to be looked up", evidence=home.evidence
        )
    elif BUTTON.search(source):
        yield Unknown(reason="a button may lead to the Commission's page: look in a browser", evidence=home.evidence)
    else:
        yield _finding(home, "The home page has no link to the Fair Trade Commission's page about the shop")


def _finding(home: Place, message: str) -> Finding:
    return Finding(message=message, subject=SUBJECT, evidence=home.evidence, pages=home.pages)

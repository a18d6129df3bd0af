"""The rule ``kr-footer-host-missing``."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Finding, Unknown
from auditor.rules.identity import korea
from auditor.shelves import rule
from auditor.site import Site


@rule(
    severity="warning",
    articles={"kr": ("E-Commerce Act Art. 10(1)(6)", "E-Commerce Act Enforcement Rule Art. 7")},
    languages=korea.LANGUAGES,
)
def kr_footer_host_missing(site: Site) -> Iterator[Finding | Unknown]:
    """The home page does not say who hosts the shop (호스팅 서비스).

    Why: since 2012 the host belongs to the identity on the first screen, so that a vanished shop can be traced.

    Fix: name the host in the footer of the home page: “호스팅 서비스: …”; also where the shop hosts itself.
    """
    yield from korea.duty(site, "host", "who hosts the shop (호스팅 서비스)")

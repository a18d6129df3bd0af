from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Finding, Unknown
from auditor.rules.links.missing import missing_links
from auditor.shelves import rule
from auditor.site import Site


@rule(
    severity="warning",
    articles={
        "eu": ("Directive 2000/31/EC Art. 10(3)", "Directive 2011/83/EU Art. 6(1)"),
        "de": ("BGB § 305(2)", "BGB § 312i(1) no. 4"),
        "fr": ("Code civil Art. 1127-1", "Code de la consommation Art. L221-5"),
        "uk": (
            "Electronic Commerce (EC Directive) Regulations 2002 reg. 9(3)",
            "Consumer Contracts Regulations 2013 reg. 13",
        ),
        "kr": ("E-Commerce Act Art. 10(1)", "Act on the Regulation of Terms and Conditions Art. 3(2)"),
        "cn": ("E-Commerce Law Art. 50",),
        "br": ("Decreto 7.962/2013 Art. 4", "CDC Art. 46"),
        "qc": ("Consumer Protection Act s. 54.4",),
    },
)
def terms_link_missing(site: Site) -> Iterator[Finding | Unknown]:
    """A page has no link to the terms of sale or use.

    Why: The buyer has to be able to read and keep the terms before the contract is made; in Korea they belong on the
    shop's first screen. Terms that could not be found may not bind the buyer.

    Fix: Link the terms (terms of sale, AGB, CGV, 이용약관, 服务协议, 利用規約 …) in the footer of every template, and beside
    the order button.
    """
    yield from missing_links(site, "the terms of sale or use", kinds=("terms",), own=("terms",))

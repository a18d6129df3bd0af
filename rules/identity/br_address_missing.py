"""The rule ``br-address-missing``."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Finding, Unknown
from auditor.rules.identity.brazil import missing
from auditor.shelves import rule
from auditor.site import Site


@rule(severity="warning", articles={"br": ("Decreto 7.962/2013 Art. 2",)}, languages=("pt",))
def br_address_missing(site: Site) -> Iterator[Finding | Unknown]:
    """The site shows no postal address of the shop.

    Why: the decree on e-commerce wants the physical address where it is easily seen; an e-mail address is no substitute.

    Fix: put the full address with its CEP into the footer of every page.
    """
    yield from missing(site, "address", "postal address of the shop")

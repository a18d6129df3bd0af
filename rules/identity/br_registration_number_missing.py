"""The rule ``br-registration-number-missing``."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Finding, Unknown
from auditor.rules.identity.brazil import missing
from auditor.shelves import rule
from auditor.site import Site


@rule(severity="warning", articles={"br": ("Decreto 7.962/2013 Art. 2",)}, languages=("pt",))
def br_registration_number_missing(site: Site) -> Iterator[Finding | Unknown]:
    """The site shows no registration number of the shop (CNPJ or CPF).

    Why: the number is what a buyer needs to look the seller up, to complain and to sue; the decree on e-commerce wants it where it is easily seen.

    Fix: put name and CNPJ (or CPF) into the footer of every page.
    """
    yield from missing(site, "number", "registration number (CNPJ or CPF)")

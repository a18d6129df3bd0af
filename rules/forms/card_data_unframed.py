from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Finding, Page
from auditor.rules.forms.articles import SAFE
from auditor.rules.forms.personal import Sighting, kind_of, sightings
from auditor.shelves import rule
from auditor.site import Site
from auditor.trackers import party, party_of_host


@rule(severity="error", needs=("pages",), articles=SAFE)
def card_data_unframed(site: Site) -> Iterator[Finding]:
    """The number of a payment card is typed into the shop's own form.

    Why: Then every script of the page can read it, and the shop has to protect card data like a bank (PCI DSS). A payment service's frame
    keeps the number away from the shop. Pages that load a payment service's script are left alone: it may take the field over.

    Fix: Use the hosted fields or the payment page of the payment service.
    """
    for one in sightings(site):
        if _card_field(one) and not _payment_on(one.page) and party(one.form.action).category != "payment":
            yield Finding(
                message=f"The {one.purpose} form takes the number of a payment card itself.",
                subject=one.subject,
                evidence=(one.page.id,),
                pages=one.pages,
                confidence="medium",
            )


def _card_field(one: Sighting) -> bool:
    """A field that browsers fill with a card's number, or such a number together with its check digits."""
    numbers = [item for item in one.form.fields if kind_of(item) == "card"]
    sure = any(item.autocomplete.endswith("cc-number") for item in numbers)
    return bool(numbers) and (sure or any(kind_of(item) == "card-code" for item in one.form.fields))


def _payment_on(page: Page) -> bool:
    return any(party_of_host(host).category == "payment" for host in (*page.script_hosts, *page.frame_hosts))

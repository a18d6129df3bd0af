"""The rule ``registration-number-invalid``."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.identity import Fact
from auditor.model import Finding, Inapplicable, Pages, Unknown
from auditor.rules.identity.places import Place, places, unread
from auditor.rules.identity.schemes import is_dummy, name_of
from auditor.shelves import rule
from auditor.site import Site


@rule(
    severity="warning",
    needs=("legal-pages",),
    articles={
        "eu": ("Directive 2000/31/EC Art. 5(1)(d), (g)",),
        "de": ("DDG § 5(1) no. 4, 6",),
        "fr": ("LCEN Art. 1-1", "Code de commerce Art. R123-237"),
        "uk": ("Electronic Commerce (EC Directive) Regulations 2002 reg. 6(1)",),
        "kr": ("E-Commerce Act Art. 10(1)(4)",),
        "cn": ("E-Commerce Law Art. 15",),
        "br": ("Decreto 7.962/2013 Art. 2(I)",),
    },
)
def registration_number_invalid(site: Site) -> Iterator[Finding | Inapplicable | Unknown]:
    """A registration or tax number of the shop cannot exist: its check digits are wrong.

    Why: the number is how customers, authorities and business buyers look the company up. One wrong digit leads to nobody or
    to another company, and invoices with a wrong VAT number are refused.

    Fix: copy the number from the register extract or the tax office's letter into the shop's settings, and use it in all texts.
    """
    doubts = list(unread(site))
    told: dict[str, list[tuple[Place, Fact]]] = {}
    checked = False
    for place in places(site):
        for fact in place.numbers:
            checked = checked or fact.valid is not None
            if fact.valid is False and fact.whose != "other" and not is_dummy(place, fact):
                told.setdefault(f"{fact.scheme}: {fact.value}", []).append((place, fact))
    for subject, shown in told.items():
        yield _finding(subject, shown)
    yield from doubts
    if not checked and not doubts:
        yield Inapplicable(reason="no labelled number with check digits was found on the legal pages and the home page")


def _finding(subject: str, shown: list[tuple[Place, Fact]]) -> Finding:
    """One finding a number, which shows it where it stands first outside the page's frame."""
    place, fact = min(
        shown, key=lambda item: (item[0].document.block_at(item[1].start).part == "frame", not item[0].kinds)
    )
    message = f"The {name_of(fact.scheme)} “{place.of(fact)}” cannot exist: its check digits are wrong"
    evidence = tuple(dict.fromkeys(record for other, _ in shown for record in other.evidence))
    return place.finding(
        fact, message, subject, evidence=evidence, pages=Pages.of(url for other, _ in shown for url in other.urls)
    )

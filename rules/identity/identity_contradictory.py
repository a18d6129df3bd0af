"""The rule ``identity-contradictory``."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Finding, Inapplicable, Unknown
from auditor.rules.identity.contradictions import Clash, clashes, compared
from auditor.rules.identity.places import unread
from auditor.rules.identity.schemes import name_of
from auditor.shelves import rule
from auditor.site import Site

THINGS = {"name": "company name", "address": "postal address"}


@rule(
    severity="warning",
    needs=("legal-pages",),
    articles={
        "eu": ("GDPR Art. 13(1)(a)", "Directive 2000/31/EC Art. 5(1)", "Directive 2011/83/EU Art. 6(1)(b)-(c)"),
        "de": ("DDG § 5(1)",),
        "fr": ("LCEN Art. 1-1",),
        "uk": ("UK GDPR Art. 13(1)(a)", "Electronic Commerce (EC Directive) Regulations 2002 reg. 6(1)"),
        "us-ca": ("FTC Act § 5 (15 U.S.C. § 45)",),
        "kr": ("E-Commerce Act Art. 10(1)", "PIPA Art. 30(1)"),
        "cn": ("E-Commerce Law Art. 15",),
        "jp": ("Specified Commercial Transactions Act Art. 11",),
        "br": ("Decreto 7.962/2013 Art. 2",),
    },
)
def identity_contradictory(site: Site) -> Iterator[Finding | Inapplicable | Unknown]:
    """Two pages of the shop give different values for one thing of its operator: the company's name, a number, the address.

    Why: one of the two is wrong, mostly that of a former company or address, or of the shop that a text was copied from. Buyers
    do not know with whom they have a contract, and whom to sue. Only values that both pages call the operator's are compared,
    and a page that gives both values is trusted to say why.

    Fix: find out which value is right and put it everywhere; keep such values in the shop's settings and let the texts use them.
    """
    found = list(clashes(site))
    yield from map(_finding, found)
    doubts = list(unread(site))
    yield from doubts
    if not found and not doubts and not compared(site):
        yield Inapplicable(reason="no two pages name the operator, an address or a number of it")


def _finding(clash: Clash) -> Finding:
    thing = THINGS.get(clash.thing) or name_of(clash.thing)
    said, other = clash.place.of(clash.fact), clash.reference.of(clash.known)
    where = clash.reference.path if clash.reference.kinds else "the home page"
    return clash.place.finding(
        clash.fact,
        f"The operator's {thing} is “{said}” here and “{other}” on {where}",
        f"{clash.thing} {clash.place.path if clash.place.kinds else 'home page'}",
        evidence=tuple(dict.fromkeys([*clash.place.evidence, *clash.reference.evidence])),
        confidence="medium" if clash.thing in THINGS else "high",
    )

"""What the three rules on missing links share: from pages without a link to findings."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Finding, Unknown
from auditor.rules import carrying
from auditor.rules.links.legal_links import LegalLinks
from auditor.site import Site


def missing_links(
    site: Site, document: str, kinds: tuple[str, ...], own: tuple[str, ...]
) -> Iterator[Finding | Unknown]:
    """A finding a template whose pages link to no legal page of ``kinds``.

    ``document`` names it in messages ("the privacy policy"). The pages that are that document themselves (``own`` kinds) are
    excused: few shops link a page to itself.
    """
    links = LegalLinks.of(site)
    found = carrying.survey(
        site,
        on_page=lambda page: links.on_page(page, *kinds),
        on_visit=lambda visit: links.on_visit(visit, *kinds),
        excused=lambda page: links.is_one(page, *own),
    )

    def finding(absence: carrying.Absence) -> Finding:
        return _finding(site, links, absence, document, kinds)

    yield from carrying.told(found, finding, f"a link to {document}")


def _finding(
    site: Site, links: LegalLinks, absence: carrying.Absence, document: str, kinds: tuple[str, ...]
) -> Finding:
    sample = site.page(absence.tally.best[0][1])
    dead = links.dead_link(sample, *kinds) if sample else None
    cause = f'the link “{dead.text}” leads nowhere (href="{dead.href}")' if dead else ""
    verb = "has" if absence.tally.count == 1 and absence.of > 1 else "have"
    return Finding(
        message=f"{absence.where} {verb} no link to {document}.",
        subject=absence.subject,
        evidence=absence.tally.evidence,
        pages=absence.tally.pages,
        quote=dead.text if dead else "",
        cause=cause,
        # Scripts may open the document although the link has no target.
        confidence="medium" if dead else absence.confidence,
    )

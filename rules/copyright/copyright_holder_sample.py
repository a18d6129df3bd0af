"""The rule ``copyright-holder-sample``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.legal_names import fold
from auditor.model import Finding, Inapplicable
from auditor.rules.copyright.articles import HOLDER
from auditor.rules.copyright.notices import shown
from auditor.rules.copyright.words import lexicon
from auditor.shelves import rule
from auditor.site import Site


@rule(severity="warning", articles=HOLDER)
def copyright_holder_sample(site: Site) -> Iterator[Finding | Inapplicable]:
    """The copyright notice names the shop's software, its theme or a sample shop as the holder.

    Why: the notice came with the software and claims that the shop's texts and pictures belong to somebody else. Where nobody
    changed it, other settings of the shop are often samples, too.

    Fix: put the company's name into the notice; a line on the software (“powered by …”) stands apart from it.
    """
    found = list(shown(site))
    if not found:
        yield Inapplicable(reason="no page shows a copyright notice")
    for item in found:
        if is_sample(item.notice.holder, site.domain):
            yield Finding(
                message=f"The copyright notice “{item.notice.text}” names “{item.notice.holder}”, which is no company's own name here.",
                subject=f"notice of {item.notice.holder[:80]}",
                evidence=item.tally.evidence,
                pages=item.tally.pages,
                quote=item.notice.text,
            )


def is_sample(holder: str, domain: str) -> bool:
    """Whether a holder is a platform or a sample and nothing else; a platform's own site is the platform's."""
    words = lexicon()
    name = " ".join(re.sub(r"[.,™®()\[\]]+(?=\s|$)|^[(\[]", " ", fold(holder)).split())
    if name in words["samples"]:
        return not _is_own(name, domain)
    beside = {fold(word) for word in words["beside"]}
    for platform in words["platforms"]:
        if name.startswith(platform) or name.endswith(platform):
            rest = name.replace(platform, " ", 1).split()
            alone = all(word in beside or re.fullmatch(r"v?[\d.]+", word) for word in rest)
            return alone and not _is_own(platform, domain)
    return False


def _is_own(name: str, domain: str) -> bool:
    """Whether the shop's domain has the name in it."""
    return re.sub(r"\W", "", name) in re.sub(r"\W", "", domain)

from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.market import said_in


@duty_rule(
    severity="error",
    articles={"fr": ("Loi n° 2004-575 (LCEN) Art. 1-1",)},
    languages=(),
    kinds=("imprint",),
)
def mentions_host_missing(page: LegalPage) -> Item:
    """The legal notice does not name the host.

    Why: Who wants unlawful content taken down turns to the host.

    Fix: Name the host (« hébergeur »).
    """
    return said_in("fr", page, "mentions", "host")

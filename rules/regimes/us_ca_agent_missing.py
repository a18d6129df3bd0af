from __future__ import annotations

from auditor.legal import LegalPage
from auditor.passages import Item, duty_rule
from auditor.rules.regimes.said import said


@duty_rule(
    severity="warning",
    articles={
        "us-ca": (
            "Cal. Code Regs. tit. 11, § 7011(e)(3)(G)",
            "Cal. Code Regs. tit. 11, § 7063",
        )
    },
    languages=("en", "es"),
)
def us_ca_agent_missing(page: LegalPage) -> Item:
    """The policy does not say how an authorized agent can make a request.

    Why: Californians may have somebody else act for them, and the policy must tell how.

    Fix: Say what an agent needs: signed permission, or a power of attorney.
    """
    return said(page, "us_ca", "agent")

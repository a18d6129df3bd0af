from __future__ import annotations

from collections.abc import Iterator

from auditor.model import ConsentSignal, Finding, Inapplicable, Pages, Unknown, Visit
from auditor.rules.signals.articles import TCF_NOT_GIVEN
from auditor.rules.signals.evidence import Fault, findings, heard
from auditor.rules.signals.strings import applies, called, unheard
from auditor.shelves import rule
from auditor.site import Site
from auditor.tcf import how_many

KINDS = {
    "purposes": ("purposes", "consent to {} of the purposes"),
    "vendors": ("vendors", "consent to {} of the vendors"),
    "special_features": ("special features", "an opt-in to {} of the special features"),
}


@rule(severity="error", needs=("visits:untouched", "signals", "cookies", "storage"), articles=TCF_NOT_GIVEN)
def tcf_consent_before_choice(site: Site) -> Iterator[Finding | Unknown | Inapplicable]:
    """The TC string says that the visitor has consented before the visitor has chosen anything.

    Why: Advertisers read consent from the TC string alone. A string with consent to purposes or vendors that nobody gave lets all
    of them process data without a legal basis. Legitimate interest is not consent and may be in the string at once.

    Fix: Let the consent tool write no TC string, or one without any consent, until the visitor has answered.
    """
    visits = site.visits_in("untouched", "ok")
    signals = [(visit, signal) for visit in visits for signal in heard(site, visit, "tcf", "before")]
    if not signals:
        yield Inapplicable(reason="no TCF interface and no TC string was seen")
        return
    abroad = [(visit, signal) for visit, signal in signals if not applies(signal)]
    if abroad:
        reason = (
            "the consent tool says that the GDPR does not apply to this visitor: audit from a country where it does"
        )
        yield Unknown(
            reason=reason,
            evidence=tuple(signal.id for _, signal in abroad[:5]),
            pages=Pages.of(v.url for v, _ in abroad),
        )
    yield from unheard(signals)
    yield from findings(
        site, (fault for visit, signal in signals if applies(signal) for fault in _faults(visit, signal))
    )


def _faults(visit: Visit, signal: ConsentSignal) -> Iterator[Fault]:
    for name, (subject, what) in KINDS.items():
        number = how_many(signal.data.get(name, ""))
        if number:
            message = f"The TC string {called(signal)} already says {what.format(number)} before the visitor has chosen anything."
            yield Fault(subject=subject, message=message, visit=visit, evidence=(signal.id,))

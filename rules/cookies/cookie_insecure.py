from __future__ import annotations

from collections.abc import Iterator

from auditor.cookies import hint, known
from auditor.ledger import IDENTIFYING, Entry, deletes
from auditor.model import CookieWrite, Finding, Inapplicable, Pages, Visit
from auditor.rules.consent.evidence import address, script_line, subject
from auditor.shelves import rule
from auditor.site import Site

ARTICLES = {
    "eu": ("GDPR Art. 32(1)", "GDPR Art. 5(1)(f)"),
    "uk": ("UK GDPR Art. 32(1)",),
    "us-ca": ("California Civil Code § 1798.100(e)", "California Civil Code § 1798.150"),
    "kr": ("PIPA Art. 29",),
    "cn": ("PIPL Art. 51",),
    "jp": ("APPI Art. 23",),
    "br": ("LGPD Art. 46",),
    "qc": ("Act respecting the protection of personal information in the private sector, s. 10",),
}
REFUSED = "without Secure, but with SameSite=None, so that browsers refuse it"
FORMS = "protection of forms"  # as auditor/data/cookies.toml calls it
Seen = tuple[Visit, CookieWrite]


@rule(severity="warning", needs=("visits:untouched", "cookies", "writes"), articles=ARTICLES)
def cookie_insecure(site: Site) -> Iterator[Finding | Inapplicable]:
    """A cookie that a login or a session hangs on is not protected as it could be.

    Why: A session cookie without Secure travels in clear with the first unencrypted request, and one without HttpOnly can be read by every
    script on the page, those of third parties included: whoever has it is logged in. Tokens against forged forms must be readable, but
    they need Secure, too. Browsers refuse whatever asks for SameSite=None without Secure.

    Fix: Set it with Secure and HttpOnly, and with SameSite=Lax or Strict.
    """
    if not site.url.startswith("https:"):
        yield Inapplicable(reason="the shop is not served over https, where cookies could be protected")
        return
    for entry in site.consent.ledger.entries():
        if entry.kind == "cookie" and not entry.site:
            yield from _findings(site, entry)


def _door(site: Site, entry: Entry) -> str:
    """What hangs on a cookie, by its name and because its value is another one for everybody: session, csrf or ""."""
    if site.consent.verdict(entry).purpose in ("analytics", "marketing") or entry.likeness() not in IDENTIFYING:
        return ""  # a statistics tool's session opens nothing
    hints = {hint(name) for name in entry.raw_names}
    kinds = {known(name).kind for name in entry.raw_names}
    if "csrf" in hints or FORMS in kinds:
        return "csrf"
    return "session" if hints & {"session", "auth"} or any(kind.startswith("session") for kind in kinds) else ""


def _lacking(door: str, writes: list[Seen]) -> dict[str, list[Seen]]:
    """What is missing -> where."""
    taken = [(visit, write) for visit, write in writes if not write.blocked]
    clear = [(visit, write) for visit, write in taken if not write.secure and write.url.startswith("https:")]
    found = {
        "without Secure": clear if door else [],
        "without HttpOnly": [(visit, write) for visit, write in taken if write.via == "header" and not write.http_only]
        if door == "session"
        else [],
        REFUSED: [(visit, write) for visit, write in writes if write.same_site.lower() == "none" and not write.secure],
    }
    return {name: seen for name, seen in found.items() if seen}


def _findings(site: Site, entry: Entry) -> Iterator[Finding]:
    door = _door(site, entry)
    lacking = _lacking(door, [(visit, write) for visit, write in entry.writes if not deletes(write)])
    if not lacking:
        return
    seen = [one for found in lacking.values() for one in found]
    _, write = seen[0]
    header = write.via == "header"
    hangs = {"session": ", on which a session hangs,", "csrf": ", which protects forms,"}.get(door, "")
    yield Finding(
        message=f"The cookie {entry.shown}{hangs} is set {' and '.join(lacking)}.",
        subject=subject(entry),
        evidence=tuple(dict.fromkeys(one for visit, write in seen for one in (write.id, visit.id)))[:12],
        pages=Pages.of(visit.url for visit, _ in seen),
        cause=f"Set-Cookie header of {address(site, write.url)}" if header else script_line(site, write.cause),
        fix=f"Set {entry.shown} with {' and '.join(dict.fromkeys('HttpOnly' if 'HttpOnly' in n else 'Secure' for n in lacking))}.",
    )

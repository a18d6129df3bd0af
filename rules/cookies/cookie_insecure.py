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
Seen = tuple[Visit, CookieWrite]


@rule(severity="warning", needs=("visits:untouched", "cookies", "writes"), articles=ARTICLES)
def cookie_insecure(site: Site) -> Iterator[Finding | Inapplicable]:
    """A cookie that a login or a session hangs on is not protected as it could be.

    Why: A session cookie without Secure travels in clear with the first unencrypted request, and one without HttpOnly can be read by every
    script on the page, those of third parties included: whoever has it is logged in. Cookies against forged forms must be readable.

    Fix: Set it with Secure and HttpOnly, and with SameSite=Lax or Strict.
    """
    if not site.url.startswith("https:"):
        yield Inapplicable(reason="the shop is not served over https, where cookies could be protected")
        return
    for entry in site.consent.ledger.entries():
        if entry.kind == "cookie" and not entry.site and _opens_a_door(entry):
            writes = [(visit, write) for visit, write in entry.writes if not deletes(write) and not write.blocked]
            yield from _findings(site, entry, writes)


def _opens_a_door(entry: Entry) -> bool:
    """Whether a session or a login hangs on it: by its name, and because its value is another one for everybody."""
    hints = {hint(name) for name in entry.raw_names} | {known(name).kind.partition(" ")[0] for name in entry.raw_names}
    return bool(hints & {"session", "auth", "login"}) and not hints & {"csrf"} and entry.likeness() in IDENTIFYING


def _findings(site: Site, entry: Entry, writes: list[Seen]) -> Iterator[Finding]:
    open_to = {
        "Secure": [(visit, write) for visit, write in writes if not write.secure and write.url.startswith("https:")],
        "HttpOnly": [(visit, write) for visit, write in writes if write.via == "header" and not write.http_only],
    }
    lacking = [name for name, seen in open_to.items() if seen]
    if not lacking:
        return
    _, write = open_to[lacking[0]][0]
    header = write.via == "header"
    yield Finding(
        message=f"The cookie {entry.shown}, on which a session hangs, is set without {' and without '.join(lacking)}.",
        subject=subject(entry),
        evidence=tuple(dict.fromkeys(one for name in lacking for v, w in open_to[name] for one in (w.id, v.id)))[:12],
        pages=Pages.of(visit.url for name in lacking for visit, _ in open_to[name]),
        cause=f"Set-Cookie header of {address(site, write.url)}" if header else script_line(site, write.cause),
        fix=f"Set {entry.shown} with {' and '.join(lacking)}.",
    )

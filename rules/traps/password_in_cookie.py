"""The rule ``password-in-cookie``."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.language import SUPPORTED
from auditor.legal import LegalPage
from auditor.passages import Passage, text_rule
from auditor.rules.clauses import told
from auditor.rules.traps.articles import PASSWORDS


@text_rule(severity="error", articles=PASSWORDS, languages=SUPPORTED, kinds=("privacy", "cookies", "terms"))
def password_in_cookie(page: LegalPage) -> Iterator[Passage]:
    """Passwords are kept in cookies.

    Why: a cookie is readable for everybody at the device and for scripts of the page; a password in it opens the
    account, and often others.

    Fix: keep a random session identifier in the cookie, and the password nowhere but as a salted hash on the
    server.
    """
    yield from told(page, __name__, "A cookie keeps the customer's password")

"""The rule ``passwords-encrypted``."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.language import SUPPORTED
from auditor.legal import LegalPage
from auditor.passages import Passage, text_rule
from auditor.rules.clauses import told
from auditor.rules.traps.articles import SECURITY


@text_rule(severity="notice", articles=SECURITY, languages=SUPPORTED, kinds=("privacy", "cookies"))
def passwords_encrypted(page: LegalPage) -> Iterator[Passage]:
    """Passwords are encrypted rather than hashed.

    Why: what is encrypted can be read again by whoever has the key; passwords must be stored so that nobody can.

    Fix: store passwords as salted hashes and say so.
    """
    yield from told(
        page,
        __name__,
        "Passwords are said to be encrypted; what can be decrypted protects nobody. Store salted hashes.",
    )

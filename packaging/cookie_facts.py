"""Makes ``auditor/data/cookies.tsv`` from the Open Cookie Database.

    python packaging/cookie_facts.py open-cookie-database.csv > auditor/data/cookies.tsv

Only facts are carried over (name or prefix, purpose, vendor, domain, retention), no descriptions.
"""

import csv
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

SOURCE = "https://github.com/jkwakman/Open-Cookie-Database (Apache-2.0)"
PURPOSES = {
    "Functional": "functional",
    "Personalization": "functional",
    "Security": "necessary",
    "Necessary": "necessary",
    "Analytics": "analytics",
    "Marketing": "marketing",
}
HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")


def facts(rows: Iterable[Mapping[str, str]]) -> Iterator[tuple[str, ...]]:
    """(pattern, purpose, vendor, domain, retention) of every row that says something; each once, sorted."""
    yield from sorted({fact for row in rows if (fact := _fact(row))})


def _fact(row: Mapping[str, str]) -> tuple[str, ...] | None:
    name = _clean(row["Cookie / Data Key name"])
    purpose = PURPOSES.get(row["Category"])
    if not name or not purpose or any(mark in name for mark in "%[]"):
        return None
    pattern = name if name.endswith("*") else name + "*" * (row["Wildcard match"] == "1")
    domain = HOST.search(row["Domain"].lower())
    vendor = _clean(row["Data Controller"])
    return pattern, purpose, vendor, domain.group() if domain else "", _clean(row["Retention period"])


def _clean(text: str) -> str:
    """White space folded, soft hyphens and zero-width spaces (pasted from web pages) dropped."""
    return " ".join(re.sub("[\u00ad\u200b]", "", text).split())


def main(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        found = list(facts(csv.DictReader(file)))
    print(f"# Facts of {SOURCE}, made by packaging/cookie_facts.py.")
    print("# name (with * at its end: prefix), purpose, vendor, domain, retention; separated by tabs")
    for fact in found:
        print("\t".join(fact))


if __name__ == "__main__":
    main(Path(sys.argv[1]))

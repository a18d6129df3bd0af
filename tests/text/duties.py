"""How well the ranker tells what whole policies say: ``policies/*.toml``, which the training has not seen.

``said`` lists each item with pieces of text (parted by ``|``) of which one lies in a right quote; all other items are missing.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from auditor import shelves
from auditor.reading import Reading
from auditor.rules.policy.features import words_of

WORDS = dict(words_of("words", "en"))
POLICIES = Path(__file__).parent / "policies"


@dataclass
class Duties:
    """Counts over policies: missing items told rightly, wrongly and not at all, by item; quotes."""

    right: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    wrong: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    overlooked: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    quoted: int = 0
    misquoted: int = 0
    notes: list[str] = field(default_factory=list)

    def f1(self, item: str = "") -> float:
        items = [item] if item else [*self.right, *self.wrong, *self.overlooked]
        right, wrong, overlooked = (
            sum(counts.get(one, 0) for one in set(items)) for counts in (self.right, self.wrong, self.overlooked)
        )
        return 2 * right / max(2 * right + wrong + overlooked, 1)

    @property
    def macro(self) -> float:
        items = {*self.right, *self.wrong, *self.overlooked}
        return sum(self.f1(item) for item in items) / max(len(items), 1)

    @property
    def citation(self) -> float:
        return self.quoted / max(self.quoted + self.misquoted, 1)


def html_of(text: str) -> str:
    """A policy's plain text with ``#`` headings, ``-`` items and ``|`` rows as HTML."""
    marks = (("## ", "h2"), ("# ", "h1"), ("- ", "li"))
    lines = []
    for line in filter(None, map(str.strip, text.splitlines())):
        if line.startswith("|"):
            lines.append(
                f"<table><tr>{''.join(f'<td>{cell.strip()}</td>' for cell in line.strip('|').split('|'))}</tr></table>"
            )
            continue
        mark, tag = next(((mark, tag) for mark, tag in marks if line.startswith(mark)), ("", "p"))
        lines.append(f"<{tag}>{line.removeprefix(mark)}</{tag}>")
    return f"<html><body><main>{''.join(lines)}</main></body></html>"


def judged() -> Duties:
    """All policies against what their files say of them."""
    duties = Duties()
    for path in sorted(POLICIES.glob("*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        _judge(duties, path.stem, data["text"], data["language"], dict(data["said"]))
    return duties


def _judge(duties: Duties, name: str, text: str, language: str, said: dict[str, str]) -> None:
    reading = Reading(html_of(text), markup=True, kind="privacy", language=language)
    if "contact" in said:  # an address for everything is one for requests, too
        said.setdefault("channel", said["contact"])
    rules = [rule for rule in shelves.rules().values() if rule.item and rule.family == "policy"]
    for rule, item in reading.items(rules):
        what = _item_of(rule)
        absent = item.state in ("absent", "uncertain")
        quote = reading.quote(item.start, item.end)
        if what not in said:
            (duties.right if absent else duties.overlooked)[what] += 1
        elif absent:
            duties.wrong[what] += 1
        if (what in said) == absent:
            duties.notes.append(f"{name}: {what} {item.state}: {quote[:100]}")
        if what in said and not absent:
            _cite(duties, name, what, quote, said[what])


def _item_of(rule: shelves.Rule) -> str:
    """The ranker's word for what a rule asks after: it stands in the rule's code as the second argument."""
    assert rule.item is not None
    return next((const for const in rule.item.__code__.co_consts if const in WORDS), "channel")


def _cite(duties: Duties, name: str, what: str, quote: str, pieces: str) -> None:
    if any(" ".join(re.split(r"\s+", piece)) in quote for piece in pieces.split("|")):
        duties.quoted += 1
    else:
        duties.misquoted += 1
        duties.notes.append(f"{name}: {what} quoted as: {quote[:120]}")


def main() -> None:
    """Print the measures."""
    duties = judged()
    for note in duties.notes:
        print(note)
    for item in sorted({*duties.right, *duties.wrong, *duties.overlooked}):
        print(
            f"{item:22}{duties.right.get(item, 0):5}{duties.wrong.get(item, 0):5}{duties.overlooked.get(item, 0):5}{duties.f1(item):8.3f}"
        )
    print(
        f"missing items: micro-F1 {duties.f1():.3f}, macro {duties.macro:.3f}; right passage quoted {duties.citation:.3f}"
    )


if __name__ == "__main__":
    main()

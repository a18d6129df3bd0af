"""How well the text rules find the places marked in the passages beside this file: ``make eval``.

A told place is right when it and a marked one share at least half of the characters that either has, and the rule is the same;
``found`` counts marked places by any overlap. F1 is of right places; alarms are clean passages of which anything is told.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from auditor import shelves
from auditor.reading import Reading
from tests.text.lawful import alarms

HERE = Path(__file__).parent
FOLDER = HERE / "passages"


@dataclass
class Score:
    """Counts of one language or one rule."""

    marked: int = 0
    found: int = 0
    right: int = 0
    told: int = 0
    clean: int = 0
    alarmed: int = 0

    @property
    def f1(self) -> float:
        return 2 * self.right / max(self.marked + self.told, 1)

    def row(self, name: str) -> str:
        alarms = f"{self.alarmed:4} of {self.clean:4}" if self.clean else ""
        return f"{name:28}{self.marked:7}{self.found:7}{self.right:7}{self.told:7}{self.f1:8.3f}   {alarms}"


@dataclass
class Scores:
    """By language, by rule, in all; and what went wrong."""

    languages: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    rules: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    all: Score = field(default_factory=Score)
    wrong: list[str] = field(default_factory=list)

    def add(self, language: str, rule: str, **counts: int) -> None:
        for score in (self.languages[language], self.all, *([self.rules[rule]] if rule else [])):
            for name, count in counts.items():
                setattr(score, name, getattr(score, name) + count)


def main() -> None:
    """Print the table."""
    scores = Scores()
    for passage in passages():
        _judge(scores, *passage)
    print(f"{'':28}{'marked':>7}{'found':>7}{'right':>7}{'told':>7}{'F1':>8}   clean passages alarmed")
    for name, score in (*sorted(scores.languages.items()), *sorted(scores.rules.items()), ("all", scores.all)):
        print(score.row(name))
    count, told = alarms()
    print(f"lawful clauses: {count}, alarmed {len(told)}")
    print("\n".join(["", *scores.wrong, *map(str, told)]))


def passages() -> Iterator[tuple[str, str, str, str]]:
    """Language, kind of page, rule ("" for a clean one) and text of every passage."""
    for path in sorted(FOLDER.glob("*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        page = path.name.partition(".")[0], data.get("kind", "privacy")
        yield from ((*page, "", text) for text in data["clean"])
        yield from ((*page, rule, text) for rule, text in data["dirty"])


def _judge(scores: Scores, language: str, kind: str, rule: str, passage: str) -> None:
    source, marked = _marked(passage)
    reading = Reading(source, markup=True, kind=kind, language=language)
    told = [
        (one.id, set(range(*reading.in_source(gap.start, gap.end))))
        for one, gap in reading.passages(shelves.rules().values())
        if not gap.unsure
    ]
    if not rule:
        scores.add(language, "", clean=1, alarmed=bool(told))
    else:
        right = sum(one == rule and 2 * len(place & marked) >= len(place | marked) for one, place in told)
        found = any(one == rule and place & marked for one, place in told)
        scores.add(language, rule, marked=1, found=found, right=min(right, 1))
    for one, _ in told:
        scores.add(language, one, told=1)
    if [one for one, _ in told] != ([rule] if rule else []):
        scores.wrong.append(f"{language} {rule or 'clean'}: {passage} -> {Counter(one for one, _ in told)}")


def _marked(passage: str) -> tuple[str, set[int]]:
    """A passage as HTML, and the positions of its marked characters there."""
    text = re.sub(
        r"<(?!/?(?:a|b|i|p|h\d|ul|ol|li|br|img|span|div|dl|dt|dd|table|t[rhd]|form|label|input|textarea|address)\b)",
        "&lt;",
        passage,
    )
    text = text if passage.startswith("<") else f"<p>{text}</p>"
    start, end = text.find("⟦"), text.find("⟧") - 1
    return re.sub("[⟦⟧]", "", text), set(range(start, end)) if start >= 0 else set()


if __name__ == "__main__":
    main()

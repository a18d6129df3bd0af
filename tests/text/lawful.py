"""Sentences as lawful policies have them, of which nothing may be told: those that the ranker is trained on, some of each line."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path

from auditor import shelves
from auditor.reading import Reading

PACKAGING = Path(__file__).parents[2] / "packaging"
EACH = 4  # sentences of one line


def sentences() -> Iterator[tuple[str, str, str]]:
    """(language, heading, sentence); lines that say no item are left out: some of them are at fault."""
    spec = importlib.util.spec_from_file_location("clause_texts", PACKAGING / "clause_texts.py")
    assert spec is not None and spec.loader is not None
    texts = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(texts)
    for path in sorted((PACKAGING / "clauses").glob("*.txt")):
        counts: dict[int, int] = {}
        for line, items, heading, sentence in texts.sentences(path):
            counts[line] = counts.get(line, 0) + 1
            if items and counts[line] <= EACH:
                yield path.stem, heading, sentence


def alarms() -> tuple[int, list[tuple[str, str, str]]]:
    """How many sentences there are, and (rule, sentence, quote) of those that a text rule tells."""
    rules = [rule for rule in shelves.rules().values() if rule.look]
    count, told = 0, []
    for language, heading, sentence in sentences():
        count += 1
        source = f"<h2>{heading}</h2><p>{sentence}</p>"
        reading = Reading(source, markup=True, kind="privacy", language=language)
        told += [
            (rule.id, sentence, reading.quote(place.start, place.end))
            for rule, place in reading.passages(rules)
            if not place.unsure
        ]
    return count, told

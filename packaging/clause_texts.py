"""Sentences of privacy policies, in words of our own, drawn from ``clauses/LANG.txt``.

A line of a text reads ``items | heading >> sentence``; ``{a|b}`` stands for either, ``-`` for a sentence that says none of what a policy must say.
``@item = a|b`` gives names of a right and ``@and = , |and`` what parts and ends a list: ``% heading >> sentence {*}`` then stands for
sentences with lists of some of these rights.
"""

import random
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

DRAWS = 24  # sentences of one line
LISTS = 60  # of one with a list of rights
CHOICE = re.compile(r"\{([^{}]*)\}")


def drawn(line: str, rng: random.Random) -> str:
    """One sentence of a line."""
    while match := CHOICE.search(line):
        line = line[: match.start()] + rng.choice(match.group(1).split("|")) + line[match.end() :]
    return re.sub(r" ([.,;:)](?:\s|$))", r"\1", " ".join(line.split()))


def listed(names: Mapping[str, list[str]], line: str, rng: random.Random) -> tuple[frozenset[str], str]:
    """One sentence of a line with a list of rights, and which they are."""
    items = rng.sample(sorted(set(names) - {"and"}), rng.randint(2, len(names) - 1))
    words = [rng.choice(names[item]) for item in items]
    comma, last = names["and"]
    text = comma.join(words[:-1]) + last + words[-1]
    return frozenset(items), drawn(line.replace("{*}", text), rng)


def sentences(path: Path) -> Iterator[tuple[int, frozenset[str], str, str]]:
    """(number of the line, items, heading, sentence), as many of each line as it has, at most ``DRAWS``."""
    rng = random.Random(path.stem)
    names: dict[str, list[str]] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("@"):
            item, _, words = line[1:].partition(" = ")
            names[item] = words.split("|")
        elif line.startswith("%"):
            for items, text in sorted({listed(names, line[1:], rng) for _ in range(LISTS)}, key=lambda one: one[1]):
                yield number, items, *parts(text)
        elif line.strip() and not line.startswith("#"):
            labels, _, rest = line.partition("|")
            for text in sorted({drawn(rest, rng) for _ in range(DRAWS)}):
                yield number, frozenset(labels.split()) - {"-"}, *parts(text)


def parts(text: str) -> tuple[str, str]:
    """Heading and sentence."""
    heading, _, sentence = text.rpartition(">>")
    return heading.strip(), sentence.strip()

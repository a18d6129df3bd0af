"""Which items a policy's sentences say: words propose them, a linear model chooses.

The weights (``weights.json``, one model for all languages) come from sentences of our own (``packaging/train_clauses.py``).
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from auditor.document import Document
from auditor.model import record
from auditor.rules.policy.features import Words, features, heading_features, proposed, standing_in
from auditor.rules.policy.units import Unit, units

HERE = "auditor.rules.policy"
# Items that a value or a plain sentence says, without a telling word
SHOWN = frozenset(["contact", "controller", "date", "provision"])
SAYING = 4  # characters that can say something


@record
class Weights:
    """A linear model for each item: ``bias`` by item, ``weights`` by feature and item."""

    bias: Mapping[str, float]
    weights: Mapping[str, tuple[tuple[str, float], ...]]


@record
class Said:
    """The place that most likely says an item, and how likely (0 to 1)."""

    chance: float
    start: int
    end: int


@cache
def weights() -> Weights:
    """The model."""
    data = json.loads(files(HERE).joinpath("weights.json").read_text(encoding="utf-8"))
    items = data["items"]
    return Weights(
        bias=dict(zip(items, data["bias"], strict=True)),
        weights={
            name: tuple((items[int(at)], weight) for at, weight in row.items()) for name, row in data["weights"].items()
        },
    )


def said(
    document: Document,
    language: str,
    masked: tuple[tuple[int, int], ...] = (),
    holes: tuple[tuple[int, int], ...] = (),
    values: frozenset[str] = frozenset(),
) -> Mapping[str, Said]:
    """By item, the place of a document that says it best.

    ``masked``: places that say nothing, such as placeholders. ``holes``: places where a value is missing; what they touch says none of
    ``values``, the items that are one.
    """
    best: dict[str, Said] = {}
    words = standing_in(document, language)
    above: dict[str, _Seen] = {}
    for unit in units(document):
        if unit.heading not in above:
            shown = proposed(unit.heading, words)
            above[unit.heading] = _seen(heading_features(unit.heading, language, shown), shown)
        text = _text(document, unit, masked)
        if len(text) - text.count("…") < SAYING:
            continue
        hollow = any(start < unit.end and end > unit.start for start, end in holes)
        for item, chance in _chances(text, above[unit.heading], language, words).items():
            if (item not in best or chance > best[item].chance) and not (hollow and item in values):
                best[item] = Said(chance=chance, start=unit.start, end=unit.end)
    return best


@record
class _Seen:
    """What some features add to each item, and the items that words propose."""

    sums: Mapping[str, float]
    proposed: frozenset[str]
    telling: bool


def _seen(names: Iterable[str], words: Mapping[str, str]) -> _Seen:
    model = weights().weights
    sums: dict[str, float] = {}
    for name in names:
        for item, weight in model.get(name, ()):
            sums[item] = sums.get(item, 0.0) + weight
    some = frozenset(item for item, mark in words.items() if mark == "=" or item in SHOWN)
    return _Seen(sums=sums, proposed=some, telling="=" in words.values())


def _text(document: Document, unit: Unit, masked: tuple[tuple[int, int], ...]) -> str:
    text = document.text[unit.start : unit.end]
    for start, end in reversed(masked):
        if start < unit.end and end > unit.start:
            text = f"{text[: max(start - unit.start, 0)]} … {text[end - unit.start :]}"
    return text


def _chances(text: str, above: _Seen, language: str, lexicon: Words) -> dict[str, float]:
    words = proposed(text, lexicon)
    if "=" not in words.values() and not above.telling:
        return {}
    here = _seen(features(text, language, words), words)
    bias = weights().bias
    totals = {
        item: here.sums.get(item, 0.0) + above.sums.get(item, 0.0) + bias[item]
        for item in here.proposed | above.proposed
    }
    return {item: 1 / (1 + math.exp(-max(total, -30.0))) for item, total in totals.items()}

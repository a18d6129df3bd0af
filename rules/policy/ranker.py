"""Which items a policy's sentences say: words propose them, a linear model chooses.

The weights (``weights.json``, one model for all languages) come from sentences of our own (``packaging/train_clauses.py``).
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from auditor.document import Document
from auditor.model import record
from auditor.rules.policy.features import Words, features, proposed, standing_in
from auditor.rules.policy.units import Unit, units

HERE = "auditor.rules.policy"
SHOWN = frozenset(
    ["contact", "controller", "date", "provision"]
)  # items that a value or a plain sentence says, without a telling word
SAYING = 4  # characters that can say something


@record
class Weights:
    """A linear model a item: ``bias`` by item, ``weights`` by feature and item."""

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
    words = standing_in(document.text, language)
    above: dict[str, Mapping[str, str]] = {}
    for unit in units(document):
        if unit.heading not in above:
            above[unit.heading] = proposed(unit.heading, words)
        text = _text(document, unit, masked)
        if len(text) - text.count("…") < SAYING:
            continue
        hollow = any(start < unit.end and end > unit.start for start, end in holes)
        for item, chance in _chances(text, unit.heading, above[unit.heading], language, words).items():
            if (item not in best or chance > best[item].chance) and not (hollow and item in values):
                best[item] = Said(chance=chance, start=unit.start, end=unit.end)
    return best


def _text(document: Document, unit: Unit, masked: tuple[tuple[int, int], ...]) -> str:
    text = document.text[unit.start : unit.end]
    for start, end in reversed(masked):
        if start < unit.end and end > unit.start:
            text = f"{text[: max(start - unit.start, 0)]} … {text[end - unit.start :]}"
    return text


def _chances(text: str, heading: str, above: Mapping[str, str], language: str, lexicon: Words) -> dict[str, float]:
    words = proposed(text, lexicon)
    if "=" not in words.values() and "=" not in above.values():
        return {}
    model = weights()
    sums = dict.fromkeys(
        (item for some in (words, above) for item, mark in some.items() if mark == "=" or item in SHOWN), 0.0
    )
    for name in features(text, heading, language, words, above):
        for item, weight in model.weights.get(name, ()):
            if item in sums:
                sums[item] += weight
    return {item: 1 / (1 + math.exp(-max(total + model.bias[item], -30.0))) for item, total in sums.items()}

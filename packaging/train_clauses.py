"""Makes ``rules/policy/weights.json``, by which the ranker tells what a sentence of a privacy policy says, from ``clauses/LANG.txt``.

pip install scikit-learn; python packaging/train_clauses.py
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy
from clause_texts import sentences
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from auditor.rules.policy.features import features, heading_features, lexicon, proposed, words_of

HERE = Path(__file__).parent
WEIGHTS = HERE.parent / "rules" / "policy" / "weights.json"
STRENGTH = 1.0  # inverse of the regularisation
WEIGHT = 4.0  # of a sentence that says an item against one that does not
SMALL = 0.1  # weights that are left out
# Items that give the controller's contact, too, when an address stands there
ADDRESSED = frozenset(["controller", "channel"])
NAMED = 2  # kinds of data that a purpose names, from which on it says which data is collected
FOLDS = 8  # of the cross-validation by lines
THRESHOLDS = numpy.arange(-3.0, 0.75, 0.25)
RARE = 2  # sentences that a feature must stand in


def rows() -> Iterator[tuple[str, frozenset[str], frozenset[str]]]:
    """(line, items, features) of every sentence in every language."""
    for path in sorted((HERE / "clauses").glob("*.txt")):
        words = lexicon(path.stem)
        data = dict(words_of("telling", path.stem))["categories"]
        for line, items, heading, sentence in sentences(path):
            below = features(sentence, path.stem, proposed(sentence, words))
            above = heading_features(heading, path.stem, proposed(heading, words))
            seen = frozenset([*below, *above])
            if items & ADDRESSED and seen & {"«email»", "«postal»"}:
                items |= {"contact"}
            if "purposes" in items and sum(word in sentence.lower() for word in data) >= NAMED:
                items |= {"categories"}
            yield f"{path.stem}:{line}", items, seen


def matrix_of(seen: list[frozenset[str]]) -> tuple[csr_matrix, list[str]]:
    """A row a sentence, a column a feature that is not rare; and the features' names."""
    counts = Counter(name for row in seen for name in row)
    names = sorted(name for name, count in counts.items() if count >= RARE)
    number = {name: at for at, name in enumerate(names)}
    cells = [(at, number[name]) for at, row in enumerate(seen) for name in sorted(row) if name in number]
    return csr_matrix((numpy.ones(len(cells)), tuple(zip(*cells, strict=True))), shape=(len(seen), len(names))), names


def model() -> LogisticRegression:
    return LogisticRegression(C=STRENGTH, class_weight={0: 1.0, 1: WEIGHT}, max_iter=500, random_state=0)


def threshold(matrix: csr_matrix, wanted: numpy.ndarray, groups: numpy.ndarray) -> tuple[float, float]:
    """(best F1, the score from which on it is reached), judged on lines that the training has not seen."""
    scores = numpy.zeros(len(wanted))
    for train, test in GroupKFold(FOLDS).split(matrix, wanted, groups):
        scores[test] = model().fit(matrix[train], wanted[train]).decision_function(matrix[test])
    return max(
        (2 * ((scores > at) & wanted).sum() / ((scores > at).sum() + wanted.sum()), float(at)) for at in THRESHOLDS
    )


def trained() -> dict[str, object]:
    """``{"items": […], "bias": […], "weights": {feature: {number of the item: weight}}}``; a sentence says an item when its sum is above 0."""
    lines, labels, seen = zip(*rows(), strict=True)
    matrix, names = matrix_of(list(seen))
    groups = numpy.unique(lines, return_inverse=True)[1]
    items = sorted({item for row in labels for item in row})
    weights: dict[str, dict[str, float]] = defaultdict(dict)
    bias = []
    for at, item in enumerate(items):
        wanted = numpy.array([item in row for row in labels])
        score, limit = threshold(matrix, wanted, groups)
        print(f"{item:22} F1 on unseen lines {score:.2f}, threshold {limit:+.2f}")
        found = model().fit(matrix, wanted)
        bias.append(round(float(found.intercept_[0]) - limit, 2))
        for name, weight in zip(names, found.coef_[0], strict=True):
            if abs(weight) >= SMALL:
                weights[name][str(at)] = round(float(weight), 2)
    return {"items": items, "bias": bias, "weights": weights}


def main() -> None:
    data = trained()
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    WEIGHTS.write_text(text + "\n", encoding="utf-8")
    print(
        f"{WEIGHTS.name}: {len(data['items'])} items, {len(data['weights'])} features, {WEIGHTS.stat().st_size:,} bytes"
    )


if __name__ == "__main__":
    main()

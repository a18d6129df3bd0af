"""Page templates: clusters of pages of one make, found from the shapes of their addresses and their DOM skeletons.

Two makes are one when their skeletons are alike enough: less where the shapes of their addresses agree, more where they do
not. A template is what is connected by such likeness, so it does not depend on the order in which pages were crawled. Likely
pairs are found without comparing all with all: only digests that agree in a band of bins are compared (locality-sensitive
hashing, Indyk and Motwani 1998).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from urllib.parse import unquote, urlsplit

from auditor.model import Page
from auditor.spiders.answer import PAGE_TYPES
from auditor.store import Run

ALIKE = 0.5  # likeness of two makes of one shape
VERY_ALIKE = 0.8  # and of two shapes
MIN_FEATURES = 6  # below that, likeness of skeletons says nothing about different shapes
MAX_MAKES = 50_000  # more different makes than this are told apart by their shape alone
BATCH = 1000
HOME = "/"


@dataclass(slots=True)
class Make:
    """The pages that agree in shape and skeleton."""

    shape: str
    skeleton: bytes
    pages: int
    least: str  # the shortest, then first, of their paths


def name_templates(run: Run) -> None:
    """Cluster the run's pages and fill ``Page.template``."""
    makes: dict[tuple[str, str], Make] = {}
    for _, url, shape, skeleton in _html_pages(run):
        _count(makes, url, shape, skeleton)
    names = template_names(list(makes.values()))
    pages = _html_pages(run)
    while batch := list(islice(pages, BATCH)):
        run.update_pages("template", {page: names[_key(makes, shape, skeleton)] for page, _, shape, skeleton in batch})


def _html_pages(run: Run) -> Iterator[tuple[str, str, str, str]]:
    """Id, address, shape and skeleton of the pages that were read."""
    rows = run.values(Page, "url", "shape", "skeleton", "content_type", status=200, redirect_to="")
    return (row[:4] for row in rows if row[4] in PAGE_TYPES)


def _key(makes: dict[tuple[str, str], Make], shape: str, skeleton: str) -> tuple[str, str]:
    return (shape, skeleton) if (shape, skeleton) in makes else (shape, "")


def _count(makes: dict[tuple[str, str], Make], url: str, shape: str, skeleton: str) -> None:
    key = (shape, skeleton if len(makes) < MAX_MAKES or (shape, skeleton) in makes else "")
    path = path_of(url)
    make = makes.get(key)
    if make is None:
        makes[key] = Make(shape, bytes.fromhex(key[1]), 1, path)
        return
    make.pages += 1
    make.least = min(make.least, path, key=_by_length)


def path_of(url: str) -> str:
    """Path and query of an address as a reader writes them."""
    parts = urlsplit(url)
    path = unquote(parts.path) or "/"
    return f"{path}?{unquote(parts.query)}" if parts.query else path


def _by_length(text: str) -> tuple[int, str]:
    return len(text), text


# --- clusters ---


class _Clusters:
    """Union-find over indexes."""

    def __init__(self, size: int) -> None:
        self._parents = list(range(size))

    def root(self, index: int) -> int:
        while self._parents[index] != index:
            self._parents[index] = self._parents[self._parents[index]]
            index = self._parents[index]
        return index

    def unite(self, one: int, other: int) -> None:
        self._parents[self.root(one)] = self.root(other)

    def groups(self) -> list[list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for index in range(len(self._parents)):
            found[self.root(index)].append(index)
        return list(found.values())


def template_names(makes: Sequence[Make]) -> dict[tuple[str, str], str]:
    """The template of each make, given by shape and skeleton (hex digits)."""
    ordered = sorted(makes, key=lambda make: (make.shape, make.skeleton))
    clusters = _Clusters(len(ordered))
    by_shape: dict[str, list[int]] = defaultdict(list)
    for index, make in enumerate(ordered):
        by_shape[make.shape].append(index)
    for members in by_shape.values():
        _unite_alike(ordered, members, clusters, width=2, least=ALIKE)
    telling = [i for i, make in enumerate(ordered) if make.shape != HOME and _features(make.skeleton) >= MIN_FEATURES]
    _unite_alike(ordered, telling, clusters, width=4, least=VERY_ALIKE)
    return _named([[ordered[index] for index in group] for group in clusters.groups()])


def _unite_alike(makes: Sequence[Make], members: list[int], clusters: _Clusters, width: int, least: float) -> None:
    """Unite those of ``members`` that agree in a band of ``width`` bins and are alike."""
    leaders: dict[tuple[int, bytes], tuple[int, int]] = {}
    for index in members:
        skeleton = makes[index].skeleton
        for start in range(0, len(skeleton), width):
            band = skeleton[start : start + width]
            if not any(band):
                continue
            first, last = leaders.setdefault((start, band), (index, index))
            for other in {first, last} - {index}:
                if clusters.root(index) != clusters.root(other) and likeness(skeleton, makes[other].skeleton) >= least:
                    clusters.unite(index, other)
            leaders[start, band] = (first, index)
    _unite_equal(makes, members, clusters)


def _unite_equal(makes: Sequence[Make], members: Iterable[int], clusters: _Clusters) -> None:
    """Skeletons without any feature agree in no band, and yet with each other."""
    bare = [index for index in members if not any(makes[index].skeleton)]
    for one, other in pairwise(bare):
        if makes[one].shape == makes[other].shape:
            clusters.unite(one, other)


def likeness(one: bytes, other: bytes) -> float:
    """Estimated Jaccard likeness of the feature sets behind two digests, from 0 to 1."""
    pairs = [(a, b) for a, b in zip(one, other, strict=False) if a or b]
    return sum(a == b for a, b in pairs) / len(pairs) if pairs else 1.0


def _features(skeleton: bytes) -> int:
    return sum(1 for value in skeleton if value)


# --- names ---


def _named(clusters: list[list[Make]]) -> dict[tuple[str, str], str]:
    """A name for each cluster: its shape; of two with one name the smaller is told by the shortest of its paths."""
    taken: set[str] = set()
    names = {}
    for cluster in sorted(clusters, key=_size_then_path):
        least = min((make.least for make in cluster), key=_by_length)
        name = _name_of(cluster, least)
        if name in taken:
            name = f"{name} like {least}"
        taken.add(name)
        names |= {(make.shape, make.skeleton.hex()): name for make in cluster}
    return names


def _size_then_path(cluster: list[Make]) -> tuple[int, int, str]:
    return -sum(make.pages for make in cluster), *min(_by_length(make.least) for make in cluster)


def _name_of(cluster: list[Make], least: str) -> str:
    """The common shape; a single page at the top level (``/cart``) is its own name."""
    shapes = Counter()
    for make in cluster:
        shapes[make.shape] += make.pages
    if sum(shapes.values()) == 1 and not _tells(next(iter(shapes))):
        return least
    return _common_shape(shapes)


def _tells(shape: str) -> bool:
    """Whether a shape has a word of its own, as ``/product/*`` has."""
    path, _, query = shape.partition("?")
    return any(part and not part.startswith("*") for part in path.split("/")) or "=" in query


def _common_shape(shapes: Counter[str]) -> str:
    """The shapes of most pages that have one number of segments, with a ``*`` where they differ."""
    lengths: Counter[tuple[int, str]] = Counter()
    for shape, pages in shapes.items():
        lengths[_build(shape)] += pages
    build = min(lengths, key=lambda build: (-lengths[build], build))
    fitting = [shape.partition("?")[0].split("/") for shape in shapes if _build(shape) == build]
    path = "/".join(parts[0] if len(set(parts)) == 1 else _star(parts) for parts in zip(*fitting, strict=True))
    return path + build[1]


def _build(shape: str) -> tuple[int, str]:
    path, mark, query = shape.partition("?")
    return path.count("/"), mark + query


def _star(parts: Sequence[str]) -> str:
    endings = {part.rpartition(".")[2] if "." in part else "" for part in parts}
    ending = endings.pop() if len(endings) == 1 else ""
    return f"*.{ending}" if ending else "*"

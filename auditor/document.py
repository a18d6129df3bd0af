"""A legal page as text with positions: what a visitor reads, in order, and where links, pictures and controls stand in it.

``Document.text`` is the visible text of all blocks in the order of the source, a line a block: white space folded, every
picture and control one ``OBJECT`` character, a protected e-mail address in clear. Blocks and spans are ranges of that text. Text is
never reordered or cleaned, so a position in it belongs to one place in the source.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from html import unescape
from itertools import pairwise
from typing import Any, Literal

from bs4 import BeautifulSoup
from bs4.element import PreformattedString, Tag

OBJECT = "\ufffc"
MAX_HTML = 4_000_000  # characters read of a page; what is longer is no text that anybody wrote
MAX_DEPTH = 60  # elements around a text that are remembered
PIECE = 4  # characters by which a word is known to be absent
PROSE = 60  # characters that make a block a paragraph rather than a label or a menu entry
MAIN_SHARE = 0.85  # share of a page's prose that its main element must hold

Part = Literal["main", "outer", "frame"]
Kind = Literal["heading", "paragraph", "item", "cell", "term", "label"]
SpanKind = Literal["link", "image", "control", "email", "code", "blank"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


BLOCKS = _words("""address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer
    form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p pre section summary table tbody td tfoot th thead
    tr ul label option optgroup""")
UNSEEN = _words("script style template noscript head title meta link datalist source track param svg")
PICTURES = _words("img canvas object embed iframe video audio")
CONTROLS = _words("input select textarea button output meter progress")
HEADINGS = {f"h{level}": level for level in range(1, 7)}
CODE = frozenset(["code", "samp", "kbd", "tt", "var"])
BOLD = frozenset(["b", "strong", "th", "dt"])
FRAME_TAGS = frozenset(["header", "footer", "nav", "aside"])
FRAME_ROLES = _words("banner navigation contentinfo complementary search dialog alertdialog menu menubar")
FRAME_NAMES = _words("""header site-header page-header-wrapper main-header masthead topbar top-bar toptoolbar toolbar footer site-footer
    page-footer main-footer colophon bottom-bar nav navbar navigation main-nav main-menu mainmenu site-nav menu menubar offcanvas
    sidebar side-bar left-sidebar right-sidebar breadcrumb breadcrumbs minicart mini-cart cart-drawer newsletter
    newsletter-box search-form searchbar skip-links""")
CONSENT_NAMES = re.compile(
    r"^(?:onetrust-(?:consent-sdk|banner-sdk)|cybotcookiebotdialog|usercentrics-root|didomi-host|cmplz-cookiebanner(?:-container)?"
    r"|cky-consent-container|cky-modal|iubenda-cs-banner|borlabs-?cookie(?:box)?|cc-window|klaro|truste-consent-track"
    r"|(?:cookie|consent|gdpr)s?[-_]?(?:banner|bar|popup|modal|overlay|dialog|consent|layer|notification|alert)(?:[-_].*)?)$"
)
FOLDING_NAMES = re.compile(r"\b(?:tab|panel|pane|accordion|collapse|collapsible|toggle|faq)", re.IGNORECASE)
POPUP_NAMES = re.compile(r"modal|popup|cart|menu|search|login|drawer|newsletter", re.IGNORECASE)
HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
UNFINISHED_TAG = re.compile(r"<[A-Za-z/!][^<>]*\Z")
ANCHOR = re.compile(r"""\b(?:id|name)\s{0,3}=\s{0,3}["']?([^\s"'<>]{1,200})""", re.IGNORECASE)
BLANK_NAMES = re.compile(
    r"mail|phone|tel|addr|contact|name|company|firm|date|url|value|field|owner|domain", re.IGNORECASE
)
CLIENT_TEMPLATES = re.compile(
    r"""[\s"'](?:v-(?:if|for|bind|text|html|cloak)|ng-[a-z]+|x-(?:data|text|html)|data-bind|:key)\s*[=>\s]"""
)


@dataclass(frozen=True, slots=True)
class Span:
    """Something at ``text[start:end]`` that is more than text; a range may be empty (a link without text)."""

    kind: SpanKind
    start: int
    end: int
    target: str | None = None  # link: href as written; image: src; control: its type; email: the address
    text: str = ""  # image: alternative text; control: what it is called
    attributes: Mapping[str, Any] = field(default_factory=dict)  # of a link, as in the source


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, list item, cell, label or line: ``document.text[start:end]``, which may be empty for a cell."""

    number: int
    start: int
    end: int
    kind: Kind
    path: str  # CSS path of the element
    part: Part = "main"
    level: int = 0  # of a heading, 1 to 6
    continued: bool = False  # goes on after a line break inside the same element
    bold: bool = False  # every character is
    form: bool = False  # lies in a form
    row: int = 0  # numbers table rows: cells of one row share it; 0 outside tables
    trail: tuple[int, ...] = ()  # numbers of the elements around it, outermost first


@dataclass(frozen=True)
class Document:
    """A page's text. ``language`` is what the page declares of itself, as written."""

    url: str
    text: str
    blocks: tuple[Block, ...]
    spans: tuple[Span, ...]
    title: str = ""
    language: str = ""
    anchors: frozenset[str] = frozenset()  # ids and names anywhere in the source, also of what nobody sees
    frames: tuple[str, ...] = ()  # addresses of embedded pages
    client_templates: bool = False  # marked up for a script that fills it in the browser
    memo: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)  # what rules have worked out about it

    def of(self, block: Block) -> str:
        """A block's text."""
        return self.text[block.start : block.end]

    @cached_property
    def _starts(self) -> list[int]:
        return [block.start for block in self.blocks]

    @cached_property
    def _spans_by_kind(self) -> dict[str, tuple[list[Span], list[int], int]]:
        """Spans of each kind, where they start, and the length of the longest."""
        kinds: dict[str, list[Span]] = {}
        for span in self.spans:
            kinds.setdefault(span.kind, []).append(span)
        return {
            kind: (spans, [span.start for span in spans], max(span.end - span.start for span in spans))
            for kind, spans in kinds.items()
        }

    def block_at(self, position: int) -> Block:
        """The block that holds a position of the text."""
        return self.blocks[max(bisect_right(self._starts, position) - 1, 0)]

    def spans_in(self, start: int, end: int, *kinds: SpanKind) -> Iterator[Span]:
        """The spans that touch ``text[start:end]``, empty ones at its edges included."""
        for kind in kinds or tuple(self._spans_by_kind):
            spans, starts, longest = self._spans_by_kind.get(kind, ([], [], 0))
            for span in spans[bisect_left(starts, start - longest) : bisect_right(starts, end)]:
                touches = span.end > start if span.end > span.start else span.end >= start
                if touches and (span.start < end or span.start == span.end):
                    yield span

    @cached_property
    def lower(self) -> str:
        """The text in lower case, character by character: positions are those of the text."""
        lower = self.text.lower()
        return lower if len(lower) == len(self.text) else "".join(c.lower()[:1] or c for c in self.text)

    def holding(self, words: tuple[str, ...]) -> list[Block]:
        """The blocks that hold one of some words, given in lower case. Much faster than a pattern over the whole text."""
        found: set[int] = set()
        pieces, lower = self._pieces, self.lower
        for first, last, word in _keyed(words):
            if first not in pieces or last not in pieces:
                continue
            at = lower.find(word)
            while at >= 0:
                block = self.block_at(at)
                found.add(block.number)
                at = lower.find(word, max(block.end, at + 1))
        return [self.blocks[number] for number in sorted(found)]

    @cached_property
    def _pieces(self) -> frozenset[str]:
        """All runs of PIECE characters of the text in lower case, and all its pairs of characters and characters."""
        lower = self.lower
        return frozenset(lower[at : at + PIECE] for at in range(len(lower))).union(map("".join, pairwise(lower)), lower)

    def standing(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """Those of some words, given in lower case, that stand in the text."""
        pieces, lower = self._pieces, self.lower
        return tuple(
            word for first, last, word in _keyed(words) if first in pieces and last in pieces and word in lower
        )

    def after(self, block: Block, count: int = 1) -> list[Block]:
        """Up to ``count`` blocks that follow, frames left out, empty cells included."""
        found: list[Block] = []
        for other in self.blocks[block.number + 1 :]:
            if len(found) == count:
                break
            if other.part != "frame":
                found.append(other)
        return found

    @cached_property
    def main_text(self) -> str:
        """The text outside the page's frame, a line a block."""
        return "\n".join(self.of(block) for block in self.blocks if block.part != "frame" and block.end > block.start)


@lru_cache(maxsize=4096)
def _keyed(words: tuple[str, ...]) -> tuple[tuple[str, str, str], ...]:
    """Words with their first and last characters, by which most are known to be absent."""
    sizes = ((PIECE if len(word) >= PIECE else min(len(word), 2), word) for word in words)
    return tuple((word[:size], word[-size:], word) for size, word in sizes if word)


def read(html: str, url: str) -> Document:
    """Read a page. Broken markup is read as far as it goes, as browsers do."""
    html = UNFINISHED_TAG.sub("", html[:MAX_HTML])
    soup = BeautifulSoup(html, "html.parser")
    reader = _Reader()
    reader.walk(soup)
    root = soup.find("html")
    return Document(
        url=url,
        text="".join(reader.text),
        blocks=_placed(reader.blocks, reader.mains, "".join(reader.text), reader.spans),
        spans=tuple(sorted(reader.spans, key=lambda span: (span.start, span.end))),
        title=" ".join(soup.title.get_text().split()) if soup.title else "",
        language=str(root.get("lang") or "") if isinstance(root, Tag) else "",
        anchors=frozenset(reader.anchors) | frozenset(map(unescape, ANCHOR.findall(html))),
        frames=tuple(reader.frames),
        client_templates=bool(CLIENT_TEMPLATES.search(html)),
    )


def from_text(text: str, url: str = "") -> Document:
    """Plain text as a document: empty lines part paragraphs, a line is a line."""
    reader = _Reader()
    for number, line in enumerate(text.splitlines(), 1):
        reader.add_text(line)
        reader.flush(f"line {number}")
    return Document(
        url=url, text="".join(reader.text), blocks=tuple(_block(raw, "main") for raw in reader.blocks), spans=()
    )


def protected_email(code: str) -> str | None:
    """The address behind Cloudflare's ``data-cfemail``: hexadecimal bytes, each XORed with the first; None if it is none."""
    try:
        key, *coded = bytes.fromhex(code.strip())
        address = bytes(byte ^ key for byte in coded).decode()
    except ValueError:
        return None
    return address if "@" in address else None


# --- the walk over the tree -------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Raw:
    """A block in the making. ``frame``: 0 none, 1 by a class or id, 2 by markup, 3 as a consent banner."""

    number: int
    start: int
    end: int
    kind: Kind
    path: str
    level: int
    continued: bool
    bold: bool
    form: bool
    row: int
    frame: int
    trail: tuple[int, ...]


def _block(raw: _Raw, part: Part) -> Block:
    return Block(
        number=raw.number,
        start=raw.start,
        end=raw.end,
        kind=raw.kind,
        path=raw.path,
        part=part,
        level=raw.level,
        continued=raw.continued,
        bold=raw.bold,
        form=raw.form,
        row=raw.row,
        trail=raw.trail,
    )


@dataclass(slots=True)
class _Around:
    """What an element inherits from those around it."""

    number: int = 0
    step: str = ""
    kind: Kind = "paragraph"
    level: int = 0
    frame: int = 0
    inside_main: bool = False
    bold: bool = False
    code: bool = False
    form: bool = False
    pre: bool = False
    row: int = 0
    counts: dict[str, int] = field(default_factory=dict)  # children so far, by tag


@dataclass(frozen=True, slots=True)
class _Opened:
    """Where the text and the blocks stood when an element began."""

    position: int
    blocks: int


class _Reader:
    """Walks a tree once and writes the text, its blocks and its spans."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.size = 0
        self.blocks: list[_Raw] = []
        self.spans: list[Span] = []
        self.anchors: set[str] = set()
        self.frames: list[str] = []
        self.mains: set[int] = set()
        self._stack = [_Around()]
        self._start = 0  # of the block in the making
        self._space = False  # white space is due before the next character
        self._bold = True
        self._continued = False
        self._numbers = 0
        self._rows = 0

    # The tree may be as deep as its author's mistakes: no recursion.
    def walk(self, root: Tag) -> None:
        pending: list[tuple[Iterator[Any], Tag | None, _Opened]] = [(iter(root.contents), None, _Opened(0, 0))]
        while pending:
            children, tag, opened = pending[-1]
            node = next(children, None)
            if node is None:
                pending.pop()
                if tag is not None:
                    self._leave(tag, opened)
            elif isinstance(node, Tag):
                if self._enter(node):
                    pending.append((iter(node.contents), node, _Opened(self.size + self._space, len(self.blocks))))
            elif not isinstance(node, PreformattedString):  # comments, CDATA, instructions
                self.add_text(node)
        self.flush()

    def _enter(self, tag: Tag) -> bool:
        """Open an element; False when nothing inside it is text."""
        name, around = tag.name, self._stack[-1]
        around.counts[name] = around.counts.get(name, 0) + 1
        attributes = tag.attrs
        if attributes.get("id") or (name == "a" and attributes.get("name")):
            self.anchors.update(str(attributes[key]) for key in ("id", "name") if attributes.get(key))
        if name == "br":
            self._line_break(around)
        if name in PICTURES:
            self._picture(tag)
        if name in CONTROLS:
            self._control(tag)
        if name in UNSEEN or name in PICTURES or name in CONTROLS or name == "br" or _hidden(tag):
            return False
        address = protected_email(str(attributes["data-cfemail"])) if "data-cfemail" in attributes else None
        if address is not None:
            self._protected(address)
            return False
        if name in BLOCKS:
            self.flush()
        self._push(tag, around)
        return True

    def _push(self, tag: Tag, around: _Around) -> None:
        name, attributes = tag.name, tag.attrs
        self._numbers += 1
        inner = _Around(
            number=self._numbers,
            step=_step(tag, around.counts[name]),
            kind=_kind(tag, around),
            level=HEADINGS.get(name, around.level if around.kind == "heading" else 0),
            frame=max(around.frame, _frame(tag, around.inside_main)),
            inside_main=around.inside_main or name in ("main", "article") or attributes.get("role") == "main",
            bold=around.bold or name in BOLD or name in HEADINGS,
            code=around.code or name in CODE,
            form=around.form or name == "form",
            pre=around.pre or name in ("pre", "textarea") or "white-space: pre" in str(attributes.get("style", "")),
            row=around.row,
        )
        if name == "tr":
            self._rows += 1
            inner.row = self._rows
        if name == "main" or attributes.get("role") == "main":
            self.mains.add(inner.number)
        self._stack.append(inner)

    def _leave(self, tag: Tag, opened: _Opened) -> None:
        if tag.name == "a":
            self._link(tag, opened.position)
        elif tag.name not in BLOCKS and not tag.contents:
            self._blank(tag)
        if tag.name in BLOCKS:
            self.flush(empty=tag.name in ("td", "dd") and len(self.blocks) == opened.blocks)
        self._stack.pop()

    # --- text ---

    def add_text(self, text: str) -> None:
        around = self._stack[-1]
        if around.pre and "\n" in text.strip("\n"):
            first, *rest = text.split("\n")
            self.add_text(first)
            for line in rest:
                self._line_break(around)
                self.add_text(line)
            return
        words = text.split()
        if not words:
            self._space = self._space or bool(text)
            return
        self._write(" ".join(words), spaced=text[0].isspace())
        self._space = text[-1].isspace()

    def _write(self, text: str, spaced: bool = False) -> int:
        """Append to the block in the making; returns where the text begins."""
        around = self._stack[-1]
        if (spaced or self._space) and self.size > self._start:
            self.text.append(" ")
            self.size += 1
        self._space = False
        start = self.size
        self.text.append(text)
        self.size += len(text)
        self._bold = self._bold and around.bold
        if around.code:
            self.spans.append(Span("code", start, self.size))
        return start

    def _line_break(self, around: _Around) -> None:
        if self.size > self._start:
            self.flush()
            self._continued = True

    def flush(self, path: str = "", empty: bool = False) -> None:
        """End the block in the making; ``empty`` keeps a block without text."""
        if self.size > self._start or empty:
            around = self._stack[-1]
            self.blocks.append(
                _Raw(
                    number=len(self.blocks),
                    start=self._start,
                    end=self.size,
                    kind=around.kind,
                    path=path or _path(self._stack),
                    level=around.level,
                    continued=self._continued,
                    bold=self._bold and self.size > self._start,
                    form=around.form,
                    row=around.row,
                    frame=around.frame,
                    trail=tuple(around.number for around in self._stack[1:MAX_DEPTH]),
                )
            )
            self.text.append("\n")
            self.size += 1
        self._start, self._space, self._bold, self._continued = self.size, False, True, False

    # --- what stands in the text ---

    def _picture(self, tag: Tag) -> None:
        if tag.name == "iframe":
            self.frames.append(str(tag.get("src") or ""))
        if _hidden(tag) or _is_pixel(tag):
            return
        start = self._write(OBJECT, spaced=False)
        text = str(tag.get("alt") or tag.get("title") or tag.get("aria-label") or "")
        self.spans.append(
            Span("image", start, self.size, target=str(tag.get("src") or ""), text=" ".join(text.split()))
        )

    def _control(self, tag: Tag) -> None:
        kind = str(tag.get("type") or tag.name).lower()
        if kind == "hidden" or _hidden(tag):
            return
        start = self._write(OBJECT)
        text = tag.get_text(" ") if tag.name == "button" else str(tag.get("aria-label") or tag.get("placeholder") or "")
        self.spans.append(Span("control", start, self.size, target=kind, text=" ".join(text.split())[:200]))

    def _protected(self, address: str) -> None:
        start = self._write(address)
        self.spans.append(Span("email", start, self.size, target=address))

    def _link(self, tag: Tag, start: int) -> None:
        href = tag.get("href")
        if href is None and not tag.get_text(strip=True):
            return  # an anchor to jump to
        target = None if href is None else _unprotected(str(href))
        start = min(start, self.size)
        self.spans.append(Span("link", start, self.size, target=target, attributes=dict(tag.attrs)))

    def _blank(self, tag: Tag) -> None:
        """An empty element that a script or a style may fill: its names say with what."""
        names = " ".join(
            f"{key} {value}"
            for key, value in tag.attrs.items()
            if key in ("id", "class", "name") or key.startswith("data-")
        )
        if BLANK_NAMES.search(names):
            self.spans.append(Span("blank", self.size, self.size, target=names))


def _step(tag: Tag, nth: int) -> str:
    identity = tag.attrs.get("id")
    if isinstance(identity, str) and re.fullmatch(r"[A-Za-z][\w-]*", identity):
        return f"#{identity}"
    return f"{tag.name}:nth-of-type({nth})" if nth > 1 else tag.name


def _path(stack: list[_Around]) -> str:
    steps: list[str] = []
    for around in reversed(stack[-MAX_DEPTH:]):
        if around.step:
            steps.append(around.step)
        if around.step.startswith("#"):
            break
    return " > ".join(reversed(steps))


def _kind(tag: Tag, around: _Around) -> Kind:
    name = tag.name
    if name in HEADINGS or tag.attrs.get("role") == "heading":
        return "heading"
    if name in ("td", "th", "dd"):
        return "cell"
    if name == "dt":
        return "term"
    if name in ("label", "legend"):
        return "label"
    if name == "li":
        return "item"
    return around.kind if around.kind != "paragraph" and name != "table" else "paragraph"


def _names(tag: Tag) -> list[str]:
    classes = tag.attrs.get("class") or []
    names = classes.split() if isinstance(classes, str) else list(classes)
    return [name.lower() for name in [*names, str(tag.attrs.get("id") or "")] if name]


def _frame(tag: Tag, inside_main: bool) -> int:
    """Whether an element belongs to the page's frame: 3 as a consent banner, 2 by its markup, 1 by its names, 0 not."""
    name, names = tag.name, _names(tag)
    if name in ("html", "body", "main", "article"):
        return 0
    if any(CONSENT_NAMES.match(one) for one in names):
        return 3
    if str(tag.attrs.get("role") or "").lower() in FRAME_ROLES:
        return 2
    if name == "nav" or (name in FRAME_TAGS and not inside_main):
        return 2
    return 1 if not inside_main and not FRAME_NAMES.isdisjoint(names) else 0


def _hidden(tag: Tag) -> bool:
    """Whether nobody sees an element. What a tab or an accordion folds away is a click from being seen, and counts."""
    attributes = tag.attrs
    style = attributes.get("style")
    unseen = "hidden" in attributes or (style is not None and HIDDEN_STYLE.search(str(style)) is not None)
    if tag.name == "dialog" and "open" not in attributes:
        return True
    if not unseen:
        return False
    names = " ".join(_names(tag))
    folded = attributes.get("role") == "tabpanel" or (FOLDING_NAMES.search(names) and not POPUP_NAMES.search(names))
    return not folded or tag.name not in BLOCKS


def _is_pixel(tag: Tag) -> bool:
    return any(str(tag.get(side) or "").strip() in ("0", "1", "1px", "0px") for side in ("width", "height"))


def _unprotected(href: str) -> str:
    _, mark, code = href.partition("/cdn-cgi/l/email-protection#")
    address = protected_email(code) if mark else None
    return f"mailto:{address}" if address else href


# --- frame and text ---------------------------------------------------------------------------------------------


def _placed(raws: list[_Raw], mains: set[int], text: str, spans: list[Span]) -> tuple[Block, ...]:
    """Tell the legal text from the page's frame.

    When too little would be left, names and then markup are not believed, unless the page says which its main part is.
    """
    linked = Counter[int]()
    starts = [raw.start for raw in raws]
    for span in spans:
        if span.kind == "link":
            linked[max(bisect_right(starts, span.start) - 1, 0)] += span.end - span.start
    prose = {
        raw.number: raw.end - raw.start
        for raw in raws
        if raw.end - raw.start >= _prose_size(text[raw.start : raw.end])
        and linked[raw.number] * 2 < raw.end - raw.start
    }
    limit = _frame_limit(raws, prose, mains)
    main = _main_element(raws, prose, limit, mains)
    return tuple(_block(raw, _part(raw, main, limit)) for raw in raws)


def _frame_limit(raws: list[_Raw], prose: dict[int, int], mains: set[int]) -> int:
    """From which value of ``frame`` on a block belongs to the page's frame. A consent banner always does."""
    if any(raw.frame == 0 and not mains.isdisjoint(raw.trail) for raw in raws):
        return 1
    sizes = [(raw.frame, prose.get(raw.number, 0)) for raw in raws if raw.frame < 3]
    total = sum(size for _, size in sizes)
    return next(limit for limit in (1, 2, 3) if sum(size for frame, size in sizes if frame < limit) * 2 >= total)


def _prose_size(text: str) -> int:
    return PROSE // 2 if re.search("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]", text) else PROSE


def _part(raw: _Raw, main: int, limit: int) -> Part:
    if raw.frame >= limit:
        return "frame"
    return "main" if not main or main in raw.trail else "outer"


def _main_element(raws: list[_Raw], prose: dict[int, int], limit: int, mains: set[int]) -> int:
    """The number of the smallest element that holds nearly all prose; 0 when there is none."""
    inside, paragraphs = Counter[int](), Counter[int]()
    total = 0
    for raw in raws:
        size = prose.get(raw.number, 0)
        if size and raw.frame < limit:
            total += size
            for number in raw.trail:
                inside[number] += size
                paragraphs[number] += 1
    declared = [number for number in mains if inside[number] * 2 >= total and total]
    if declared:
        return max(declared)
    holding = [number for number, size in inside.items() if size >= total * MAIN_SHARE]
    # An element with one paragraph would leave out the paragraph's neighbours.
    return max((number for number in holding if paragraphs[number] > 1), default=0)

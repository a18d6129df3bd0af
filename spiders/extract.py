"""Reads a page once: what the crawl and the rules need of its HTML, in one walk over the tree.

``read`` gives the facts of a document; ``page_from_html`` makes a Page of them. Links are grouped in blocks, one a region of the
page (the header, each menu, the footer, ...), so that a footer shared by ten thousand pages is stored once.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from auditor.legal import kinds_of
from auditor.model import Form, FormField, Link, LinkBlock, Page
from auditor.spiders import notice, scripts, skeleton
from auditor.spiders.lexicon import words
from auditor.spiders.regions import SECTIONS, region_of, suspicion
from auditor.spiders.shape import shape_of
from auditor.urls import host_of

MAX_LINKS = 5000
MAX_FORMS, MAX_FIELDS = 40, 80
MAX_HREF, MAX_TEXT = 500, 300
MAX_FORM_LINKS, MAX_FORM_TEXT = 12, 2000
BESIDE = 400  # characters that may stand beside a form
MAX_STEPS = 3  # elements around a form that are looked at
MAX_HOSTS = 200
MAX_LOOKS = 1000  # elements that are looked into for a region
MAX_URL = 2000

TYPED = frozenset({"text", "email", "tel", "date", "textarea", "password"})
SEARCHED = re.compile(
    r"^(?:q|s|search|query|keywords?|coupon|voucher|qty|quantity|page|min|max|price.*)$", re.IGNORECASE
)
SCRIPTED = re.compile(r"on|data-|@|v-|x-|ng-|hx-|wire:", re.IGNORECASE)
NOT_BESIDE = frozenset({"body", "html", "main", "footer", "header", "nav", "aside"})
_SILENT = frozenset({"header", "nav", "footer", "banner"})
_UNSEEN = frozenset(
    {"script", "style", "noscript", "template", "svg", "math", "object", "textarea", "head", "iframe", "select"}
)
_BREAKS = words("text", "breaks")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_TELLING = SECTIONS | skeleton.STRUCTURE | {"dialog"}
_TELLING_ATTRIBUTES = frozenset({"class", "id", "role", "style", "hidden"})
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_PLAIN = re.compile(r"[!-~]*\Z")
_REFRESH = re.compile(r"\s*(\d*\.?\d*)\s*[;,]\s*(?:url\s*=\s*)?['\"]?([^'\"]+)", re.IGNORECASE)


@dataclass(slots=True)
class Facts:
    """What one walk over a document found. Addresses are absolute."""

    title: str = ""
    heading: str = ""
    language: str = ""
    words: int = 0
    blocks: list[LinkBlock] = field(default_factory=list)
    forms: list[Form] = field(default_factory=list)
    script_hosts: dict[str, None] = field(default_factory=dict)
    frame_hosts: dict[str, None] = field(default_factory=dict)
    image_hosts: dict[str, None] = field(default_factory=dict)
    generator: str = ""
    noindex: bool = False
    canonical: str = ""
    alternates: dict[str, str] = field(default_factory=dict)
    refresh: str = ""  # where <meta http-equiv="refresh"> leads within a second
    frames: list[str] = field(default_factory=list)  # pages of a frameset
    copyright: str = ""
    skeleton: str = ""
    news: list[str] = field(default_factory=list)  # candidates: "script-host:x", "inline:hash", ...


def page_from_html(url: str, html: str, *, link_text: str = "", **known: Any) -> tuple[Page, list[LinkBlock]]:
    """A Page and its link blocks from its HTML; ``known`` are fields of Page that win over what the HTML says.

    ``link_text`` is the text of the link that led here: it may tell that this is a legal page.
    """
    return page_from_facts(url, read(url, html), link_text=link_text, **known)


def page_from_facts(url: str, facts: Facts, *, link_text: str = "", **known: Any) -> tuple[Page, list[LinkBlock]]:
    """As page_from_html, of a document that was read already."""
    headers = known.get("headers") or {}
    fields: dict[str, Any] = {
        "title": facts.title,
        "heading": facts.heading,
        "language": facts.language or headers.get("content-language", ""),
        "words": facts.words,
        "shape": shape_of(url),
        "skeleton": facts.skeleton,
        "canonical": facts.canonical,
        "alternates": facts.alternates,
        "noindex": facts.noindex,
        "generator": facts.generator,
        "copyright": facts.copyright,
        "redirect_to": facts.refresh,
        "forms": tuple(facts.forms),
        "script_hosts": tuple(facts.script_hosts),
        "frame_hosts": tuple(facts.frame_hosts),
        "image_hosts": tuple(facts.image_hosts),
        "legal": legal_kinds(url, (link_text, facts.title, facts.heading)),
    }
    return Page(url=url, **{**fields, **known}), facts.blocks


def legal_kinds(url: str, texts: Iterable[str]) -> tuple[str, ...]:
    """The kinds of legal page that the address and any of the texts suggest."""
    return tuple(dict.fromkeys(kind for text in dict.fromkeys(["", *texts]) for kind in kinds_of(text, url)))


def read(url: str, html: str) -> Facts:
    """The facts of the document at ``url``."""
    return _Reader(url, html).read()


class _Place:
    """Where the walk is: the region and what is inherited from the elements around."""

    __slots__ = ("hidden", "links", "path", "place", "scoped")

    def __init__(self, place: str, links: list[Link], path: str, scoped: bool, hidden: bool) -> None:
        self.place, self.links, self.path, self.scoped, self.hidden = place, links, path, scoped, hidden


class _Reader:
    def __init__(self, url: str, html: str) -> None:
        self.tree = LexborHTMLParser(html)
        self.url = url
        self.facts = Facts()
        self.base, self.origin, self.host = url, _origin(url), host_of(url)
        self.regions: list[tuple[str, list[Link]]] = []
        self.skeleton = skeleton.Skeleton()
        self.notices = notice.Notices()
        self.labels: dict[str, str] = {}
        self.first_heading = ""
        self.count = self.looked_into = 0

    def read(self) -> Facts:
        facts = self.facts
        if self.tree.root is None:
            return facts
        self._read_head()
        body = self.tree.body
        if body is not None:
            self._walk(body)
        for place, links in self.regions:
            if links:
                facts.blocks.append(LinkBlock(digest=_digest(place, links), place=place, links=tuple(links)))
        facts.heading = facts.heading or self.first_heading
        facts.copyright = self.notices.best()
        facts.skeleton = self.skeleton.digest()
        return facts

    # --- the head, wherever its elements stand ---

    def _read_head(self) -> None:
        root = self.tree.root
        facts = self.facts
        facts.language = ((root.attributes.get("lang") or root.attributes.get("xml:lang") or "").strip())[:35]
        if (base := self.tree.css_first("base[href]")) is not None:
            self._set_base(base.attributes.get("href") or "")
        if (title := self.tree.css_first("title")) is not None:
            facts.title = folded(title.text())
        for meta in self.tree.css("meta"):
            self._read_meta(meta.attributes)
        for link in self.tree.css("link[rel][href]"):
            self._read_relation(link.attributes)
        for frame in self.tree.css("frame[src]"):
            facts.frames.append(self._resolved(frame.attributes["src"] or ""))
        for script in self.tree.css("script"):
            self._read_script(script)

    def _set_base(self, href: str) -> None:
        base = joined(self.url, href.strip())
        if base.startswith(("http://", "https://")):
            self.base, self.origin, self.host = base, _origin(base), host_of(base)

    def _read_meta(self, attributes: dict[str, str | None]) -> None:
        name = (attributes.get("name") or attributes.get("http-equiv") or "").lower()
        content = attributes.get("content") or ""
        facts = self.facts
        if name == "generator" and not facts.generator:
            facts.generator = folded(content)
        elif name == "robots":
            facts.noindex |= "noindex" in content.lower() or "none" in content.lower()
        elif name == "content-language" and not facts.language:
            facts.language = content.strip()[:35]
        elif name == "refresh" and not facts.refresh:
            facts.refresh = self._refresh_target(content)

    def _refresh_target(self, content: str) -> str:
        """Where a refresh leads, when it comes so soon (within a second) that it is a redirect."""
        found = _REFRESH.match(content)
        soon = found is not None and found[1] not in ("", ".") and float(found[1]) <= 1
        return self._resolved(found[2].strip()).partition("#")[0] if found and soon else ""

    def _read_relation(self, attributes: dict[str, str | None]) -> None:
        relations = (attributes.get("rel") or "").lower().split()
        href = attributes.get("href") or ""
        if "canonical" in relations and not self.facts.canonical:
            self.facts.canonical = self._resolved(href)[:MAX_URL]
        elif "alternate" in relations and attributes.get("hreflang") and len(self.facts.alternates) < MAX_HOSTS:
            self.facts.alternates[(attributes["hreflang"] or "")[:35]] = self._resolved(href)[:MAX_URL]

    def _read_script(self, script: LexborNode) -> None:
        attributes = script.attributes
        if source := attributes.get("src"):
            self._note_host("script", source)
            self._news(f"script:{scripts.family(self._resolved(source))}")
        elif source := attributes.get("data-src"):
            self._news(f"script-host:{self._host(source)}")
        elif scripts.is_script(attributes.get("type") or "") and (body := script.text()):
            self._news(f"inline:{scripts.digest(body)}")

    def _host(self, source: str) -> str:
        """The host that a resource comes from; most come from the page's own."""
        if source.startswith("/") and not source.startswith("//"):
            return self.host
        return host_of(self._resolved(source))

    def _note_host(self, kind: str, source: str) -> None:
        host = self._host(source)
        hosts = getattr(self.facts, f"{kind}_hosts")
        if host and host not in hosts and len(hosts) < MAX_HOSTS:
            hosts[host] = None
            self._news(f"{kind}-host:{host}")

    def _news(self, key: str) -> None:
        self.facts.news.append(key[:200])

    # --- the walk ---

    def _walk(self, body: LexborNode) -> None:
        """Preorder, with a stack of its own: a hostile page may nest a hundred thousand elements."""
        here = self._region("main", "", False, False)
        self.skeleton.add("", "body", body.attributes)
        node, stack = body.first_child, []
        while True:
            while node is None:
                if not stack:
                    return
                node, here = stack.pop()
            if node.is_element_node:
                inner = self._enter(node, here)
                child = node.first_child if inner is not None else None
                if child is not None:
                    stack.append((node.next, here))
                    node, here = child, inner
                    continue
            elif node.is_text_node:
                self._read_text(node, here)
            node = node.next

    def _region(self, place: str, path: str, scoped: bool, hidden: bool) -> _Place:
        links: list[Link] = []
        self.regions.append((place, links))
        return _Place(place, links, path, scoped, hidden)

    def _region_of(self, node: LexborNode, suspected: str, here: _Place) -> str:
        """Looking into an element costs time, and a hostile page may nest thousands that ask for it."""
        if not suspected or self.looked_into >= MAX_LOOKS:
            return ""
        self.looked_into += 1
        return region_of(node, suspected, here.place, here.scoped)

    def _read_text(self, node: LexborNode, here: _Place) -> None:
        text = node.text_content
        if not text or text.isspace():
            return
        if here.place not in _SILENT and not here.hidden:
            self.facts.words += count_words(text)
        if here.place != "banner":
            self.notices.look(node, text, here.place)

    def _enter(self, node: LexborNode, here: _Place) -> _Place | None:
        """Take down what this element says; where its children stand, or None when nobody sees them."""
        tag = node.tag
        attributes = node.attributes
        if tag == "a" or tag == "area":
            self._read_link(node, attributes, here)
        elif tag == "img" or tag == "source":
            self._read_image(attributes)
        elif tag == "iframe":
            self._read_frame(attributes)
        elif tag == "form":
            self._read_form(node, attributes, here)
        elif tag == "h1" and not self.facts.heading:
            self._read_heading(node, here)
        if tag in _UNSEEN:
            return None
        if tag in _TELLING or not _TELLING_ATTRIBUTES.isdisjoint(attributes):
            return self._inside(node, tag, attributes, here)
        return here

    def _inside(self, node: LexborNode, tag: str, attributes: dict[str, str | None], here: _Place) -> _Place:
        region = self._region_of(node, suspicion(tag, attributes), here)
        style = attributes.get("style")
        hidden = here.hidden or "hidden" in attributes or bool(style and _HIDDEN.search(style))
        scoped = here.scoped or tag in SECTIONS or attributes.get("role") == "main"
        silent = (region or here.place) in _SILENT
        path = here.path if silent and not region else self.skeleton.add(here.path, tag, attributes)
        if here.place != "banner" and "copyright" in (attributes.get("class") or attributes.get("id") or "").lower():
            self.notices.marked(node, region or here.place)
        if region:
            return self._region(region, path, scoped, hidden)
        if hidden == here.hidden and scoped == here.scoped and path == here.path:
            return here
        return _Place(here.place, here.links, path, scoped, hidden)

    def _read_link(self, node: LexborNode, attributes: dict[str, str | None], here: _Place) -> None:
        href = attributes.get("href")
        if href is None and (node.tag == "area" or "name" in attributes):
            return
        text = text_of(node) or _fallback_text(node, attributes)
        self.count += 1
        if self.count > MAX_LINKS or (href is None and not text):
            return
        href = (href or "").strip()
        link = Link(
            url=self._target(href)[:MAX_URL],
            text=text,
            place=here.place,
            rel=folded(attributes["rel"] or "").lower() if "rel" in attributes else "",
            href=href[:MAX_HREF],
        )
        here.links.append(link)

    def _target(self, href: str) -> str:
        return "" if not href or href.startswith("#") else self._resolved(href)

    def _resolved(self, href: str) -> str:
        """Absolute address; most links of a shop are absolute paths, which need no urljoin."""
        if href.startswith("/") and not href.startswith("//") and "/." not in href and self.origin:
            return self.origin + (href if _PLAIN.match(href) else href.replace("\n", "").replace("\t", "").strip())
        return joined(self.base, href)

    def _read_image(self, attributes: dict[str, str | None]) -> None:
        if source := attributes.get("src") or (attributes.get("srcset") or "").split(" ", 1)[0]:
            self._note_host("image", source)

    def _read_frame(self, attributes: dict[str, str | None]) -> None:
        if source := attributes.get("src"):
            self._note_host("frame", source)
        elif source := attributes.get("data-src") or attributes.get("data-lazy-src"):
            self._news(f"frame-host:{self._host(source)}")

    def _read_heading(self, node: LexborNode, here: _Place) -> None:
        if self.first_heading and here.place in _SILENT:
            return
        text = text_of(node) or _fallback_text(node, node.attributes)
        if here.place not in _SILENT:
            self.facts.heading = text
        self.first_heading = self.first_heading or text

    # --- forms ---

    def _read_form(self, node: LexborNode, attributes: dict[str, str | None], here: _Place) -> None:
        if len(self.facts.forms) >= MAX_FORMS:
            return
        labels = {label.attributes["for"]: text_of(label) for label in node.css("label[for]")[:MAX_FIELDS]}
        fields = tuple(_form_field(item, labels) for item in node.css("input, select, textarea")[:MAX_FIELDS])
        action = (self._resolved(attributes.get("action") or "") or self.url)[:MAX_URL]
        method = (attributes.get("method") or "get").strip().lower()
        form = Form(action=action, method=method, place=here.place, fields=fields)
        if any(item.kind in TYPED and not SEARCHED.search(item.name) for item in fields):
            form = self._look_at_form(node, attributes, form)
        self.facts.forms.append(form)

    def _look_at_form(self, node: LexborNode, attributes: dict[str, str | None], form: Form) -> Form:
        """What a visitor reads in a form that asks for something, and beside it."""
        around = surroundings(node)
        links = [
            Link(url=self._target(href.strip())[:MAX_URL], text=text_of(link), place=form.place, href=href[:MAX_HREF])
            for link in around.css("a[href]")[:MAX_FORM_LINKS]
            for href in [link.attributes.get("href") or ""]
        ]
        name = attributes.get("id") or attributes.get("name") or attributes.get("class") or ""
        return replace(
            form,
            name=folded(name)[:80],
            text=text_of(around, MAX_FORM_TEXT),
            links=tuple(links),
            scripted=any(SCRIPTED.match(key) for key in attributes),
        )


def _form_field(node: LexborNode, labels: dict[str | None, str]) -> FormField:
    attributes = node.attributes
    kind = (attributes.get("type") or "text").lower() if node.tag == "input" else node.tag
    label = labels.get(attributes.get("id") or "\0", "")
    if not label and kind not in ("hidden", "submit", "button", "image"):
        label = _label_around(node) or folded(attributes.get("aria-label") or attributes.get("placeholder") or "")
    return FormField(
        name=(attributes.get("name") or "")[:200],
        kind=kind[:40],
        required="required" in attributes or attributes.get("aria-required") == "true",
        checked="checked" in attributes,
        label=label,
        autocomplete=folded(attributes.get("autocomplete") or "").lower()[:40],
        value=folded(attributes.get("value") or "")[:80] if kind in ("checkbox", "radio") else "",
    )


def surroundings(form: LexborNode) -> LexborNode:
    """The largest element around a form that holds little more than the form: what stands right beside it is in there."""
    best, node = form, form.parent
    own = len(form.text() or "")
    for _ in range(MAX_STEPS):
        if node is None or node.tag in NOT_BESIDE or len(node.text() or "") > own + BESIDE:
            break
        if len(node.css("a[href]")) > MAX_FORM_LINKS or len(node.css("form")) > 1:
            break
        best, node = node, node.parent
    return best


def _label_around(node: LexborNode) -> str:
    parent = node.parent
    for _ in range(4):
        if parent is None or parent.tag == "form":
            return ""
        if parent.tag == "label":
            return text_of(parent)
        parent = parent.parent
    return ""


# --- text ---


def folded(text: str, limit: int = MAX_TEXT) -> str:
    """White space folded to single blanks, invisible characters dropped, cut to ``limit`` characters."""
    folded_text = " ".join(text.split())
    if not folded_text.isascii():
        folded_text = folded_text.translate(_INVISIBLE).strip()
    return folded_text[:limit]


def text_of(node: LexborNode, limit: int = MAX_TEXT) -> str:
    """The text of an element as a visitor reads it: folded, a break where a block or line ends, no scripts."""
    child = node.first_child
    if child is None:
        return ""
    if child.is_text_node and child.next is None:
        return folded(child.text_content or "", limit)
    parts: list[str] = []
    _gather(child, parts)
    return folded("".join(parts), limit)


def _gather(node: LexborNode | None, parts: list[str]) -> None:
    stack: list[LexborNode | None] = []
    while True:
        while node is None:
            if not stack:
                return
            node = stack.pop()
        if node.is_text_node:
            parts.append(node.text_content or "")
        elif node.is_element_node:
            tag = node.tag
            if tag in _BREAKS:
                parts.append(" ")
            if tag not in _UNSEEN and node.first_child is not None:
                stack.append(node.next)
                node = node.first_child
                continue
        node = node.next


def _fallback_text(node: LexborNode, attributes: dict[str, str | None]) -> str:
    for name in ("aria-label", "title"):
        if text := folded(attributes.get(name) or ""):
            return text
    for inner in node.css("[alt], [aria-label], [title], svg title"):
        for name in ("alt", "aria-label", "title"):
            if text := folded(inner.attributes.get(name) or ""):
                return text
        if inner.tag == "title" and (text := folded(inner.text())):
            return text
    return ""


def count_words(text: str) -> int:
    """Words of a text; two Chinese, Japanese or Korean characters count as one word."""
    if text.isascii():
        return len(text.split())
    cjk = len(_CJK.findall(text))
    return cjk // 2 + len(_CJK.sub(" ", text).split()) if cjk else len(text.split())


# --- addresses ---


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def joined(base: str, href: str) -> str:
    """``urljoin``; "" for what no address can be made of."""
    try:
        return urljoin(base, href)
    except ValueError:  # "http://[bad"
        return ""


def _digest(place: str, links: list[Link]) -> str:
    lines = "\0".join([f"{link.url}\t{link.text}\t{link.rel}\t{link.href}" for link in links])
    return hashlib.blake2b(f"{place}\0{lines}".encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()

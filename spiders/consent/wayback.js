// The permanent ways back to a choice in one document: controls whose words say it, and floating icons of consent tools.
// Called with the lexicon (words, hints, policy: sources of regular expressions) and whether the document is one that explains.
// Keeps the elements in globalThis.auditorWays, in the order in which they are told.
(lexicon, explains, ...closedRoots) => {
  const [words, hints, policy] = ["words", "hints", "policy"].map((name) => new RegExp(lexicon[name], "iu"));
  const CONTROLS = "a,button,summary,input[type=button],input[type=submit],input[type=image],[role=button],[role=link],[onclick]";
  const MOST = 40, MAX_LABEL = 90;
  const fold = (text) => text.normalize("NFKC").replace(/\s+/g, " ").trim();
  const plain = (text) => fold(text).toLowerCase().replace(/[’'‘`´]/g, " ").replace(/\s+/g, " ");
  const parentOf = (node) => node.assignedSlot || node.parentElement
    || (node.parentNode instanceof ShadowRoot ? node.parentNode.host : null);
  const closed = new Map(closedRoots.map((root) => [root.host, root]));
  const roots = [document];
  for (let index = 0; index < roots.length; index += 1) {
    const walker = document.createTreeWalker(roots[index], NodeFilter.SHOW_ELEMENT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const shadow = node.shadowRoot || closed.get(node);
      if (shadow) roots.push(shadow);
    }
  }
  const shown = (element) => {
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: false })) return false;
    const box = element.getBoundingClientRect();
    return box.width > 3 && box.height > 3;
  };
  const up = (element, test) => {
    for (let node = element; node; node = parentOf(node)) if (test(node)) return node;
    return null;
  };
  const labelled = (element) => (element.getAttribute("aria-labelledby") || "").split(/\s+/).filter(Boolean)
    .map((id) => element.getRootNode().getElementById?.(id)?.textContent || "").join(" ");
  const textOf = (element) => fold(element.innerText || element.value || "");
  const labelOf = (element) => {
    const image = element.querySelector("img[alt],svg title");
    return [textOf(element), labelled(element), element.getAttribute("aria-label"), element.title, image?.alt || image?.textContent]
      .map((text) => fold(text || "")).filter(Boolean);
  };
  const marks = (element) => [element, parentOf(element)].filter(Boolean)
    .map((node) => `${node.id} ${node.getAttribute("class") || ""} ${node.localName}`).join(" ");
  const fixed = (element) => up(element, (node) => node instanceof Element && getComputedStyle(node).position === "fixed");
  const small = (element) => {
    const box = element.getBoundingClientRect();
    return box.width * box.height < 300 * 70 && box.width < innerWidth * 0.6;
  };
  const inFooter = (element) => up(element, (node) => node.matches?.("footer,[role=contentinfo]")
    || /(^|[\s_-])foot(er)?([\s_-]|$)/i.test(`${node.id} ${node.getAttribute?.("class") || ""}`));
  const inContent = (element) => up(element, (node) => node.matches?.("main,article,[role=main]"));
  const leaves = (element) => {
    const link = element.closest("a[href]");
    const href = link && link.getAttribute("href").trim();
    if (!href || href.startsWith("#") || /^javascript:/i.test(href)) return false;
    return link.href.split("#")[0] !== location.href.split("#")[0];
  };

  const found = [];
  const consider = (element) => {
    if (element.disabled || !shown(element)) return;
    const labels = labelOf(element), said = labels.find((text) => text.length <= MAX_LABEL && words.test(plain(text)));
    const floats = fixed(element) && small(fixed(element)) && (hints.test(marks(element)) || hints.test(labels.join(" ")));
    if (!said && !floats) return;
    const away = leaves(element);
    if (away && (element.closest("a").host !== location.host || !said)) return;
    const kind = floats || (fixed(element) && said) ? "floating button" : away ? "settings page"
      : inFooter(element) ? "footer link" : "page link";
    found.push({ element, text: said || labels[0] || "(icon)", kind, away, content: !!inContent(element) && !inFooter(element) });
  };
  // Besides what is a control by its make: what shows a hand and has no such thing in or around it (a tab, an icon).
  const handed = (root) => [...root.querySelectorAll("div,span,img,svg,li,p")].filter((element) => !element.closest(CONTROLS)
    && (element.textContent || "").length <= MAX_LABEL && (hints.test(marks(element)) || words.test(plain(element.textContent)))
    && getComputedStyle(element).cursor === "pointer"
    && !(element.parentElement && getComputedStyle(element.parentElement).cursor === "pointer"));
  const seen = new Set();
  for (const root of roots) {
    for (const element of [...root.querySelectorAll(CONTROLS), ...handed(root)]) {
      if (element.querySelector("button,a[href],input[type=button],[role=button]")) continue;
      if (!seen.has(element)) { seen.add(element); consider(element); }
    }
  }
  const order = ["footer link", "floating button", "page link", "settings page"];
  const rank = (way) => (explains && way.content && !way.away ? -1 : order.indexOf(way.kind));
  found.sort((one, other) => rank(one) - rank(other));
  const ways = found.slice(0, MOST);
  globalThis.auditorWays = ways.map((way) => way.element);

  // Pages of the shop that explain: the way back may stand in their text. Those about cookies first.
  const pages = new Map();
  for (const link of document.querySelectorAll("a[href]")) {
    const text = plain(link.innerText || link.textContent || "");
    if (!text || text.length > MAX_LABEL || !policy.test(text) || link.host !== location.host || !leaves(link)) continue;
    pages.set(link.href.split("#")[0], Math.max(pages.get(link.href.split("#")[0]) || 0, /cookie|쿠키|クッキー/i.test(text) ? 2 : 1));
  }
  return {
    ways: ways.map(({ text, kind, away }) => ({ text: text.slice(0, 200), kind, away })),
    pages: [...pages].sort((one, other) => other[1] - one[1]).map(([url]) => url).slice(0, 5),
  };
}

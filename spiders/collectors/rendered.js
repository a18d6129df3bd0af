(limit) => {
  const SKIPPED = new Set(["SCRIPT", "STYLE", "NOSCRIPT", "TEMPLATE", "HEAD", "SVG", "svg"]);
  const body = document.body;

  // What a style sheet puts before or after an element is text for the visitor. Single signs are icons and bullets.
  const quoted = /"((?:[^"\\]|\\.)*)"|attr\(\s*([\w-]+)[^)]*\)/g;
  const generated = (node, where) => {
    const content = getComputedStyle(node, where).content;
    if (!content || content === "none" || content === "normal") return "";
    const parts = [...content.matchAll(quoted)].map(([, text, name]) => (name ? node.getAttribute(name) || "" : text));
    const text = parts.join("").replace(/\\(.)/g, "$1");
    return /[\p{L}\p{N}]{2}/u.test(text) ? text : "";
  };

  // The elements of a tree that may have such text: asking the browser for each of them would cost more than all the rest.
  const PSEUDO = /::?(?:before|after)\b/g;
  const worded = (rules, selectors) => {
    for (const rule of rules) {
      const selector = rule.selectorText;
      if (selector && PSEUDO.test(selector) && /[\p{L}\p{N}]{2}/u.test(rule.style.content.replace(/\b(?:none|normal|inherit|initial)\b/g, ""))) {
        selectors.push(selector);
      }
      PSEUDO.lastIndex = 0;
      if (rule.styleSheet) worded(rule.styleSheet.cssRules, selectors);
      else if (rule.cssRules && rule.cssRules.length) worded(rule.cssRules, selectors);
    }
    return selectors;
  };
  const ALL = { has: () => true };
  const known = new Map();
  const candidates = (root) => {
    if (!known.has(root)) known.set(root, look(root));
    return known.get(root);
  };
  const look = (root) => {
    try {
      const selectors = [...root.styleSheets, ...root.adoptedStyleSheets].flatMap((sheet) => worded(sheet.cssRules, []));
      // Beside the tree's own elements these name its host and what is put into its slots, or the rule that they stand in.
      if (selectors.some((selector) => /:host|::slotted|::part|&/.test(selector))) return ALL;
      return new Set(selectors.flatMap((selector) => [...root.querySelectorAll(selector.replace(PSEUDO, ""))]));
    } catch {
      return ALL; // another site's style sheet, which no script may read, or a selector that stands on "::before" alone
    }
  };

  // The tree as it is composed for the screen: a host holds its shadow tree, a slot what was put into it.
  // Made in a document without a window, where no copied image is fetched again.
  const inert = document.implementation.createHTMLDocument("");
  const copy = (node, styled, asked) => {
    const made = inert.importNode(node, false);
    let children = node.childNodes;
    let inside = asked;
    if (node.shadowRoot) {
      children = [...node.shadowRoot.childNodes].filter((child) => !/^(SCRIPT|STYLE)$/.test(child.nodeName));
      inside = candidates(node.shadowRoot);
    } else if (node.nodeName === "SLOT" && node.assignedNodes().length) {
      children = node.assignedNodes();
      inside = asked === ALL ? ALL : candidates(children[0].getRootNode());
    }
    const seen = styled && node.nodeType === Node.ELEMENT_NODE && !SKIPPED.has(node.nodeName);
    const text = seen && node !== body && (asked.has(node) || inside === ALL);
    if (text) made.append(generated(node, "::before"));
    for (const child of children) made.append(copy(child, seen, inside));
    if (text) made.append(generated(node, "::after"));
    return made;
  };
  // Most pages have neither: then the browser writes them out by itself, which is far cheaper.
  const composed = () => {
    const walker = document.createTreeWalker(document, NodeFilter.SHOW_ELEMENT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) if (node.shadowRoot) return true;
    return false;
  };
  const asked = candidates(document);
  const plain = asked !== ALL && !asked.size && !composed();
  return (plain ? document.documentElement : copy(document.documentElement, true, asked)).outerHTML.slice(0, limit);
}

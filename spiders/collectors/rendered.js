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

  // The tree as it is composed for the screen: a host holds its shadow tree, a slot what was put into it.
  // Made in a document without a window, where no copied image is fetched again.
  const inert = document.implementation.createHTMLDocument("");
  const copy = (node, styled) => {
    const made = inert.importNode(node, false);
    let children = node.childNodes;
    if (node.shadowRoot) children = [...node.shadowRoot.childNodes].filter((child) => !/^(SCRIPT|STYLE)$/.test(child.nodeName));
    else if (node.nodeName === "SLOT" && node.assignedNodes().length) children = node.assignedNodes();
    const seen = styled && node.nodeType === Node.ELEMENT_NODE && !SKIPPED.has(node.nodeName);
    if (seen && node !== body) made.append(generated(node, "::before"));
    for (const child of children) made.append(copy(child, seen));
    if (seen && node !== body) made.append(generated(node, "::after"));
    return made;
  };
  return copy(document.documentElement, true).outerHTML.slice(0, limit);
}

(limit) => {
  const skipped = new Set(["SCRIPT", "STYLE"]);
  const hosts = [];
  const walker = document.createTreeWalker(document, NodeFilter.SHOW_ELEMENT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) if (node.shadowRoot) hosts.push(node);
  if (!hosts.length) return document.documentElement.outerHTML.slice(0, limit);

  // The tree as it is composed for the screen: a host holds its shadow tree, a slot what was put into it.
  // Made in a document without a window, where no copied image is fetched again.
  const inert = document.implementation.createHTMLDocument("");
  const copy = (node) => {
    const made = inert.importNode(node, false);
    let children = node.childNodes;
    if (node.shadowRoot) children = [...node.shadowRoot.childNodes].filter((child) => !skipped.has(child.nodeName));
    else if (node.nodeName === "SLOT" && node.assignedNodes().length) children = node.assignedNodes();
    for (const child of children) made.append(copy(child));
    return made;
  };
  return copy(document.documentElement).outerHTML.slice(0, limit);
}

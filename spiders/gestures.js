// Spots of the page's text where a click is nothing but a click: no control, no label, no dialog, nothing that floats, outside of
// the consent request's box. Returns their places; `auditorSpots` names each one's element and the small ones around it.
(request) => {
  const BUSY = "a,button,input,select,textarea,option,label,summary,details,iframe,video,audio,canvas,svg,img,form,dialog,object,"
    + "embed,[onclick],[onmousedown],[onpointerdown],[tabindex],[contenteditable],[draggable=true],[aria-expanded],[aria-modal],"
    + "[role=button],[role=link],[role=tab],[role=menuitem],[role=option],[role=dialog],[role=alertdialog],[role=switch],[role=checkbox]";
  const inside = (x, y) => request && x >= request[0] && y >= request[1] && x <= request[0] + request[2] && y <= request[1] + request[3];
  const plain = (element) => {
    for (let node = element; node && node !== document.body; node = node.parentElement) {
      const style = getComputedStyle(node);
      if (node.matches(BUSY) || /fixed|sticky/.test(style.position) || style.cursor === "pointer") return false;
    }
    return true;
  };
  const hasText = (element) => [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && /\p{L}{2}/u.test(node.data));
  const small = (element) => {
    const box = element.getBoundingClientRect();
    return box.width * box.height < innerWidth * innerHeight / 2;
  };
  const around = (element) => {
    const chain = [element];
    for (let node = element.parentElement; node && node !== document.body && small(node); node = node.parentElement) chain.push(node);
    return chain;
  };
  const spots = [], seen = new Set();
  for (let row = 1; row < 20; row += 1) {
    for (let column = 1; column < 10; column += 1) {
      const x = innerWidth * column / 10, y = innerHeight * row / 20;
      const hit = inside(x, y) ? null : document.elementFromPoint(x, y);
      if (!hit || seen.has(hit) || hit === document.documentElement || hit === document.body || hit.shadowRoot) continue;
      seen.add(hit);
      if (hasText(hit) && plain(hit)) spots.push({ x, y, hit, main: !!hit.closest("main,article,[role=main]") });
    }
  }
  spots.sort((one, other) => other.main - one.main);
  globalThis.auditorSpots = spots.map(({ hit }) => around(hit));
  return spots.map(({ x, y }) => [x, y]);
}

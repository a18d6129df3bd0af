// What a visitor can see of a consent request in one document. Runs in our own world; the page notices nothing.
// Called with the lexicon (role -> regular expression) and the closed shadow roots that the browser named.
(lexicon, ...closedRoots) => {
  const MAX_TEXT = 20000, MAX_LABEL = 90, BROAD = 0.9;
  const COLUMNS = 4; // of spots that are looked at: a request is wider than a quarter of the screen
  const roles = Object.entries(lexicon.roles).map(([role, source]) => [role, new RegExp(source, "iu")]);
  const topics = Object.fromEntries(
    Object.entries(lexicon.topics).map(([topic, source]) => [topic, new RegExp(source, "iu")]));
  const [necessary, every, beside, yes, no] = ["necessary", "every", "beside", "yes", "no"]
    .map((name) => new RegExp(lexicon[name], "iu"));
  const CONTROLS = "button,a,summary,input[type=button],input[type=submit],input[type=image],[role=button],[role=link],"
    + "[role=menuitem],[onclick]";
  const SWITCHES = "input[type=checkbox],input[type=radio],[role=switch],[role=checkbox],[role=menuitemcheckbox],[role=radio],"
    + "[aria-pressed]";
  const HINT = /cookie|consent|gdpr|dsgvo|rgpd|lgpd|cmp(?![a-z])|privacy|ccpa|datenschutz/i;
  const closed = new Map(closedRoots.map((root) => [root.host, root]));
  const shadowOf = (element) => element.shadowRoot || closed.get(element);
  const fold = (text) => text.normalize("NFKC").replace(/\s+/g, " ").trim();
  const plain = (text) => fold(text).toLowerCase().replace(/[’'‘`´]/g, " ").replace(/&/g, " & ").replace(/\s+/g, " ")
    .replace(/^[^\p{L}\p{N}×✕✖✗⨯╳]+|[^\p{L}\p{N}×✕✖✗⨯╳)]+$/gu, "");

  const known = new Map();
  const roleOf = (text) => {
    if (text.length > MAX_LABEL * 3) return "other";
    const words = plain(text);
    if (!words || words.length > MAX_LABEL) return "other";
    if (!known.has(words)) known.set(words, roles.find(([, pattern]) => pattern.test(words))?.[0] || "other");
    return known.get(words);
  };

  // --- the composed tree ---
  const parentOf = (node) => node.assignedSlot || node.parentElement
    || (node.parentNode instanceof ShadowRoot ? node.parentNode.host : null);
  const roots = [document];
  for (let index = 0; index < roots.length; index += 1) {
    const walker = document.createTreeWalker(roots[index], NodeFilter.SHOW_ELEMENT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const shadow = shadowOf(node);
      if (shadow) roots.push(shadow);
    }
  }
  const all = (selector) => roots.flatMap((root) => [...root.querySelectorAll(selector)]);
  const contains = (outer, inner) => {
    for (let node = inner; node; node = parentOf(node)) if (node === outer) return true;
    return false;
  };

  // --- seeing ---
  const shown = (element) => element.checkVisibility({
    opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true });
  const boxOf = (element) => {
    const box = element.getBoundingClientRect();
    return { x: box.x, y: box.y, width: box.width, height: box.height };
  };
  const inView = (box) => box.width > 1 && box.height > 1 && box.x < innerWidth && box.y < innerHeight
    && box.x + box.width > 0 && box.y + box.height > 0;
  const topAt = (x, y) => {
    let found = document.elementFromPoint(x, y);
    for (let shadow = found && shadowOf(found); shadow; shadow = shadowOf(found)) {
      const inner = shadow.elementFromPoint(x, y);
      if (!inner || inner === found) break;
      found = inner;
    }
    return found;
  };
  // The middle and four points around it, as far as they are on the screen: one that shows the element is enough.
  const onTop = (element, box) => [[.5, .5], [.2, .3], [.8, .3], [.2, .7], [.8, .7]].some(([right, down]) => {
    const x = box.x + box.width * right, y = box.y + box.height * down;
    if (x < 0 || y < 0 || x >= innerWidth || y >= innerHeight) return false;
    const hit = topAt(x, y);
    return hit && (contains(element, hit) || (contains(hit, element) && hit.contains(element) && !overlay(hit)));
  });
  const faint = (element) => {
    let opacity = 1;
    for (let node = element; node; node = parentOf(node)) opacity *= Number(getComputedStyle(node).opacity);
    return opacity < 0.1;
  };
  const seen = (element) => {
    if (!shown(element)) return false;
    const box = boxOf(element);
    return inView(box) && onTop(element, box) && !faint(element);
  };

  const overlays = new Map();
  const overlay = (element) => {
    if (!overlays.has(element)) overlays.set(element, isOverlay(element));
    return overlays.get(element);
  };
  const isOverlay = (element) => {
    if (element === document.body || element === document.documentElement) return false;
    if (element.matches("dialog[open],[role=dialog],[role=alertdialog],[aria-modal=true]")) return true;
    const style = getComputedStyle(element);
    if (style.position === "fixed" || style.position === "sticky") return true;
    return style.position === "absolute" && Number(style.zIndex) > 0 && inView(boxOf(element));
  };

  // --- text ---
  const texts = new Map();
  const textOf = (element) => {
    if (!texts.has(element)) texts.set(element, fold(gather(element, { left: MAX_TEXT * 1.5 })));
    return texts.get(element);
  };
  const gather = (node, budget) => {
    if (budget.left <= 0) return "";
    if (node.nodeType === Node.TEXT_NODE) { budget.left -= node.data.length; return node.data; }
    if (node.nodeType !== Node.ELEMENT_NODE || /^(SCRIPT|STYLE|NOSCRIPT|TEMPLATE|IFRAME|SVG|svg)$/.test(node.nodeName)) return "";
    if (!node.checkVisibility({ visibilityProperty: true }) && getComputedStyle(node).display !== "contents") return "";
    const shadow = shadowOf(node);
    const inner = shadow ? shadow.childNodes
      : node.nodeName === "SLOT" && node.assignedNodes().length ? node.assignedNodes() : node.childNodes;
    const inline = getComputedStyle(node).display.startsWith("inline");
    const text = [...inner].map((child) => gather(child, budget)).join("");
    return inline ? text : ` ${text} `;
  };
  const labelOf = (element) => {
    const labelled = (element.getAttribute("aria-labelledby") || "").split(/\s+/).filter(Boolean)
      .map((id) => element.getRootNode().getElementById(id)?.textContent || "").join(" ");
    const own = element.matches("input") ? element.value || element.alt : textOf(element);
    const image = element.querySelector("img[alt],svg title");
    const spoken = fold(labelled || element.getAttribute("aria-label") || "");
    return fold(own || "") || spoken || fold(element.title || image?.alt || image?.textContent || "");
  };
  // What is written on a control counts; its accessible name helps where the writing says nothing ("X", an icon).
  const controlRole = (element, label) => {
    const role = roleOf(label);
    if (role !== "other") return role;
    return roleOf(element.getAttribute("aria-label") || element.title || "");
  };
  const speaks = (text) => {
    const found = Object.fromEntries(Object.entries(topics).map(([topic, pattern]) => [topic, pattern.test(text)]));
    return { ...found, others: ["privacy", "choice", "tracking"].filter((topic) => found[topic]).length };
  };

  // --- controls ---
  const DECIDING = new Set(["accept", "reject", "save", "settings"]);
  const ranked = (role) => (role === "accept-all" ? "accept" : role === "necessary-only" ? "reject" : role);
  const expands = (element) => element.hasAttribute("aria-expanded") || element.matches("summary,[role=tab]")
    || !!element.closest("h1,h2,h3,h4,h5,h6,label,[role=heading],[role=tablist]");
  const leaves = (element) => {
    if (element.nodeName !== "A" || element.getAttribute("role") === "button") return false;
    const href = (element.getAttribute("href") || "").trim();
    if (!href || href.startsWith("#") || /^javascript:/i.test(href)) return false;
    return element.target === "_blank" || element.href.split("#")[0] !== location.href.split("#")[0];
  };
  const wanders = (element) => element.target === "_blank" || element.host !== location.host;
  const describe = (element) => {
    const label = labelOf(element);
    let role = controlRole(element, label);
    if (role === "necessary-only") role = expands(element) ? "other" : "reject";
    if (role === "accept-all") role = "accept";
    if ((role === "accept" || role === "reject") && leaves(element) && wanders(element)) role = "policy";
    if (role === "settings" && leaves(element)) role = "policy";
    return { element, label, role, leaves: leaves(element), strong: ["accept-all", "reject"].includes(roleOf(label)) };
  };
  // Besides what is a control by its make: whatever says a choice in a few words and shows a hand.
  const clickable = () => {
    const found = [];
    for (const root of roots) {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const element = node.parentElement;
        if (!element || node.data.length > MAX_LABEL * 2 || !/\S/.test(node.data)) continue;
        if (getComputedStyle(element).cursor !== "pointer") continue;
        if (element.closest(`${CONTROLS},label,script,style,noscript,template`)) continue;
        if (DECIDING.has(ranked(roleOf(node.data)))) found.push(element);
      }
    }
    return found;
  };
  // What holds buttons is no button itself, whatever listens to clicks on it.
  const INNER = "button,a[href],input[type=button],input[type=submit],[role=button]";
  const candidates = [...new Set([...all(CONTROLS), ...clickable()])].filter((element) => !element.querySelector(INNER)
    && (element.textContent || "").length < MAX_LABEL * 5 && shown(element));
  const controls = candidates.filter((element) => inView(boxOf(element))).map(describe)
    .filter((control) => DECIDING.has(control.role) && seen(control.element));

  // --- containers ---
  const hinted = (element) => HINT.test(`${element.id} ${element.getAttribute("class") || ""} `
    + `${element.getAttribute("aria-label") || ""} ${element.localName.includes("-") ? element.localName : ""}`);
  const coversAll = (element) => {
    const box = boxOf(element);
    return box.width * box.height > innerWidth * innerHeight * BROAD;
  };
  const asksInputs = (element) => all("input,textarea,select").some((field) => contains(element, field)
    && /^(email|text|password|tel|search|textarea|select-one)$/.test(field.type) && seen(field));
  const worthy = (element, own) => {
    const text = textOf(element);
    if (text.length < 15 || text.length > MAX_TEXT) return null;
    const topic = speaks(text);
    const has = (role) => own.some((control) => control.role === role);
    const decides = has("accept") || has("reject") || has("save");
    const cookie = topic.cookie && (topic.others > 0 || decides);
    // Switches with a control that keeps them are a choice, too: preferences that are opened again have nothing else.
    const switched = has("save") && all(SWITCHES).filter((field) => contains(element, field)).length > 1;
    const kinds = ["accept", "reject", "save", "settings"].filter(has).length + (switched ? 1 : 0);
    const privacy = topic.others >= 2 && decides && kinds >= 2;
    if (!cookie && !privacy) return null;
    if (!decides && !(cookie && topic.others > 0 && text.length >= 40)) return null;
    if (!topic.cookie && asksInputs(element)) return null;
    return { topic, decides };
  };
  // A page about cookies has texts and controls like a request's in its content: only what floats asks there.
  const inContent = (element) => {
    if (lexicon.anywhere) return false;
    for (let node = element; node; node = parentOf(node)) if (node.matches("main,article,[role=main]")) return true;
    return false;
  };
  const inside = (element) => controls.filter((control) => contains(element, control.element));
  const consider = (start) => {
    let flow = null;
    for (let node = start; node && node !== document.body && node !== document.documentElement; node = parentOf(node)) {
      const floats = overlay(node);
      if (!floats && flow && !hinted(node)) continue;
      const own = inside(node);
      const found = worthy(node, own);
      if (!found) continue;
      // A shell around the whole page floats too, in some shops: then the request is the smaller block in it.
      if (floats && flow && coversAll(node) && textOf(node).length > 3 * textOf(flow.element).length) return flow;
      if (floats) return { element: node, own, floats, ...found };
      // In the flow of the page a list of links (the footer's) is no request, whatever the links are called.
      const rest = document.body ? document.body.innerText.length : 0;
      const small = textOf(node).length < 1500 || textOf(node).length < rest / 2;
      if (!flow && found.decides && small && !asksInputs(node) && !inContent(node) && (found.topic.cookie || hinted(node))
        && own.some((control) => control.role === "accept" || (control.role !== "settings" && !control.leaves))) {
        flow = { element: node, own, floats: false, ...found };
      }
    }
    return flow;
  };
  // A document of its own inside the page may be nothing but the request.
  const whole = () => {
    if (self === top || !document.body) return null;
    const own = inside(document.body);
    const found = worthy(document.body, own);
    return found && found.decides ? { element: document.body, own, floats: true, ...found } : null;
  };

  const noticed = () => {
    const found = new Set();
    for (let row = 0.5; row < 24; row += 1) {
      for (let column = 0.5; column < COLUMNS; column += 1) {
        for (let node = topAt(innerWidth * column / COLUMNS, innerHeight * row / 24); node; node = parentOf(node)) {
          if (overlay(node)) { found.add(node); break; }
        }
      }
    }
    return [...found];
  };
  const requests = new Map();
  for (const start of [...controls.map((control) => control.element), ...noticed()]) {
    const request = consider(start);
    if (request && !requests.has(request.element)) requests.set(request.element, request);
  }
  if (!requests.size) {
    const request = whole();
    if (request) requests.set(request.element, request);
  }
  const rank = (request) => (request.decides ? 8 : 0) + (request.topic.cookie ? 4 : 0) + (request.floats ? 2 : 0)
    + request.topic.others + (hinted(request.element) ? 2 : 0) + new Set(request.own.map((control) => control.role)).size;
  const [best] = [...requests.values()].filter((request) => seen(request.element))
    .sort((one, other) => rank(other) - rank(one));

  // --- telling ---
  const solid = (element) => {
    for (let node = element; node; node = parentOf(node)) {
      const color = getComputedStyle(node).backgroundColor;
      if (!/, 0\)$|transparent/.test(color)) return color;
    }
    return "rgb(255, 255, 255)";
  };
  const listed = (request) => {
    const elements = candidates.filter((element) => contains(request.element, element) && shown(element));
    return elements.map(describe).filter((control) => control.label || control.role !== "other").slice(0, 80);
  };
  // Some tools cover the page with a style sheet's ::before: what is hit there is the element that it belongs to.
  const pseudoCovers = (element) => ["::before", "::after"].some((where) => {
    const style = getComputedStyle(element, where);
    return style.content !== "none" && style.position === "fixed" && style.pointerEvents !== "none"
      && parseFloat(style.width) * parseFloat(style.height) > innerWidth * innerHeight * BROAD;
  });
  const blocks = (request) => {
    let held = 0, asked = 0;
    for (const right of [.1, .3, .5, .7, .9]) {
      for (const down of [.1, .3, .5, .7, .9]) {
        const hit = topAt(innerWidth * right, innerHeight * down);
        if (!hit || contains(request.element, hit)) continue;
        asked += 1;
        for (let node = hit; node; node = parentOf(node)) {
          if (node === document.body || node === document.documentElement) break;
          if (getComputedStyle(node).position === "fixed" && coversAll(node)) { held += 1; break; }
        }
        if (pseudoCovers(hit)) held += 1;
        if (request.element.matches("dialog:modal") && !contains(request.element, hit)) held += 1;
      }
    }
    return asked ? held / asked > 0.5 : coversAll(request.element) || pseudoCovers(request.element);
  };

  // --- looks ---
  const colorOf = (text) => {
    const parts = /^rgba?\(([^)]*)\)$/.exec(text)?.[1].split(/[\s,/]+/).map(Number);
    return parts && parts.length >= 3 && !parts.some(Number.isNaN) ? [...parts.slice(0, 3), parts[3] ?? 1] : null;
  };
  const over = (top, below) => [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3]));
  // The colour behind an element, all layers on top of one another; null where a picture or an unknown colour is among them.
  const behind = (element) => {
    const layers = [];
    for (let node = element; node; node = parentOf(node)) {
      const style = getComputedStyle(node);
      const color = colorOf(style.backgroundColor);
      if (!color || style.backgroundImage !== "none") return null;
      layers.push(color);
      if (color[3] === 1) break;
    }
    return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255]);
  };
  const luminance = (color) => color.slice(0, 3).map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
  const contrastOf = (element) => {
    const ground = behind(element), ink = colorOf(getComputedStyle(element).color);
    if (!ground || !ink) return 0;
    const [one, other] = [luminance(over(ink, ground)), luminance(ground)].sort((a, b) => b - a);
    return Math.round((one + 0.05) / (other + 0.05) * 100) / 100;
  };
  // The element that its longest text stands in: it is what a visitor reads.
  const inkOf = (element) => {
    let best = element, most = 0;
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const length = node.data.trim().length;
      if (length > most && node.parentElement && shown(node.parentElement)) [best, most] = [node.parentElement, length];
    }
    return best;
  };
  const NATIVE = { BUTTON: "button", SUMMARY: "button", SELECT: "combobox", TEXTAREA: "textbox", DIALOG: "dialog" };
  const INPUTS = { button: "button", submit: "button", image: "button", reset: "button", checkbox: "checkbox", radio: "radio" };
  const ariaOf = (element) => {
    const own = (element.getAttribute("role") || "").trim().split(/\s+/)[0].toLowerCase();
    if (own) return own;
    if (element.nodeName === "A" || element.nodeName === "AREA") return element.hasAttribute("href") ? "link" : "generic";
    if (element.nodeName === "INPUT") return INPUTS[element.type] || "textbox";
    return NATIVE[element.nodeName] || "generic";
  };
  const byIds = (element, attribute) => fold((element.getAttribute(attribute) || "").split(/\s+/).filter(Boolean)
    .map((id) => element.getRootNode().getElementById?.(id)?.textContent || "").join(" "));
  const nameOf = (element) => {
    const labels = [...(element.labels || [])].map((label) => fold(label.textContent)).join(" ");
    const own = element.nodeName === "INPUT" ? fold(element.value || element.alt || "") : fold(element.textContent || "");
    const images = [...element.querySelectorAll("img[alt],svg[aria-label],svg title")]
      .map((image) => fold(image.getAttribute("alt") || image.getAttribute("aria-label") || image.textContent || "")).join(" ");
    return byIds(element, "aria-labelledby") || fold(element.getAttribute("aria-label") || "") || labels || own || fold(images)
      || fold(element.title || "");
  };
  const reachable = (element) => {
    if (element.tabIndex >= 0) return true;
    for (let node = parentOf(element); node && node !== best.element; node = parentOf(node)) {
      if (node.tabIndex >= 0 && ariaOf(node) !== "generic") return true;
    }
    return false;
  };
  const borderOf = (style) => {
    const color = colorOf(style.borderTopColor);
    const seenBorder = parseFloat(style.borderTopWidth) > 0 && style.borderTopStyle !== "none" && color && color[3] > 0.1;
    return seenBorder ? style.borderTopColor : "";
  };
  const looks = (element) => {
    const style = getComputedStyle(element), ink = inkOf(element), text = getComputedStyle(ink);
    const href = element.nodeName === "A" && (element.getAttribute("href") || "").trim();
    return {
      name: nameOf(element).slice(0, 200), aria: ariaOf(element), focusable: reachable(element),
      size: parseFloat(text.fontSize) || 0, bold: Number(text.fontWeight) >= 700, contrast: contrastOf(ink),
      border: borderOf(style), href: href && !href.startsWith("#") && !/^javascript:/i.test(href) ? element.href : "",
    };
  };

  if (!best) return null;
  const found = listed(best);
  const isOn = (field) => (field.matches("input") ? field.checked
    : (field.getAttribute("aria-checked") || field.getAttribute("aria-pressed")) === "true");
  const ownLabel = (field) => fold([...(field.labels || [])].map(textOf).join(" ") || byIds(field, "aria-labelledby")
    || field.getAttribute("aria-label") || (field.matches("input") ? "" : textOf(field)));
  const isNecessary = (field) => {
    if (field.disabled || field.readOnly || field.getAttribute("aria-disabled") === "true") return true;
    return necessary.test(plain(`${ownLabel(field)} ${field.name || ""} ${field.id} ${field.value || ""}`));
  };
  const boxes = all(SWITCHES).filter((field) => contains(best.element, field) && !field.hasAttribute("aria-expanded")
    && !beside.test(plain(`${ownLabel(field)} ${field.name || ""}`)));
  // Two boxes or buttons, one for yes and one for no, are one switch: the one for yes; the other one turns it off.
  const isPaired = (field) => field.matches("input[type=radio],[role=radio],[aria-pressed]");
  const answers = (field) => {
    const said = plain(ownLabel(field) || field.value || ""), role = ranked(roleOf(said));
    return role === "reject" || no.test(said) ? "no" : role === "accept" || yes.test(said) ? "yes" : "";
  };
  const mateOf = (field) => {
    if (!isPaired(field) || answers(field) !== "yes") return null;
    for (let node = parentOf(field), hops = 0; node && node !== best.element && hops < 5; node = parentOf(node), hops += 1) {
      const near = boxes.filter((other) => other !== field && isPaired(other) && contains(node, other));
      if (near.length) return near.length === 1 && answers(near[0]) === "no" ? near[0] : null;
    }
    return null;
  };
  const mates = new Map(boxes.map((field) => [field, mateOf(field)]).filter(([, mate]) => mate));
  const seconds = new Set(mates.values());
  const switches = boxes.filter((field) => !seconds.has(field) && (mates.has(field) || !field.matches("input[type=radio],[role=radio]")
    && !(field.matches("[aria-pressed]") && DECIDING.has(ranked(roleOf(labelOf(field)))))));
  const masters = new Set(switches.length > 2 ? switches.filter((field) => every.test(plain(ownLabel(field)))) : []);
  // Puts every switch of a purpose that needs a choice on or off; how many were moved. One that moves others goes first,
  // and each is looked at when its turn comes, for it may have been moved by then.
  const turn = async (on) => {
    let moved = 0;
    for (const field of [...masters, ...switches.filter((one) => !masters.has(one))]) {
      if (isOn(field) === on || isNecessary(field)) continue;
      const target = on ? field : mates.get(field) || field;
      target.click();
      moved += 1;
      for (let look = 0; look < 10 && isOn(field) !== on; look += 1) await new Promise((done) => { setTimeout(done, 20); });
      await new Promise((done) => { setTimeout(done, 20); });
    }
    return moved;
  };
  // What a switch stands for, in words: its label, else the text of the row that it is alone in.
  const purposeOf = (field) => {
    const named = mates.has(field) ? "" : [...(field.labels || [])].map(textOf).find(Boolean) || byIds(field, "aria-labelledby")
      || fold(field.getAttribute("aria-label") || "");
    const short = (text) => (text.length <= 120 ? text : `${text.slice(0, 117)}…`);
    if (named && /\p{L}{3}/u.test(named)) return short(named);
    for (let node = parentOf(field); node && node !== best.element; node = parentOf(node)) {
      if (switches.some((other) => other !== field && contains(node, other))) break;
      if (mates.has(field) && !contains(node, mates.get(field))) continue;
      const answered = mates.has(field) ? [mates.get(field), field].map(ownLabel) : [];
      const said = answered.reduce((text, answer) => text.replace(answer, ""), textOf(node));
      if (/\p{L}{3}/u.test(said)) return short(fold(said));
    }
    return short(fold(field.title || field.name || field.id || ""));
  };
  const seenSwitch = (field) => shown(field) || [...(field.labels || [])].some(shown)
    || (!!field.parentElement && shown(field.parentElement));
  const dialogOf = (element) => {
    for (let node = element; node; node = parentOf(node)) if (/dialog$/.test(ariaOf(node))) return node;
    return all("dialog[open],[role=dialog],[role=alertdialog]").find((node) => contains(element, node)) || element;
  };
  const nameIn = (element) => byIds(element, "aria-labelledby") || fold(element.getAttribute("aria-label") || "");
  const opaque = (node) => (colorOf(getComputedStyle(node).backgroundColor)?.[3] ?? 0) > 0.95;
  // Whether nothing of the page can be read behind the request: an opaque cover, or content that was blurred or taken away.
  const hides = (request) => {
    const spots = [.1, .3, .5, .7, .9].flatMap((x) => [.1, .3, .5, .7, .9].map((y) => topAt(innerWidth * x, innerHeight * y)));
    const free = spots.filter((hit) => hit && !contains(request.element, hit));
    if (!free.length) return true;
    const covered = (hit) => {
      for (let node = hit; node; node = parentOf(node)) {
        if (node === document.body || node === document.documentElement) break;
        if (overlay(node) && coversAll(node) && opaque(node)) return true;
        if (/blur\((?!0)/.test(getComputedStyle(node).filter) || /blur\((?!0)/.test(getComputedStyle(node).backdropFilter)) return true;
      }
      return !textOf(document.body).replace(textOf(request.element), "").trim();
    };
    return free.every(covered);
  };
  globalThis.auditor = { controls: found.map((control) => control.element), seen, turn };
  return {
    text: textOf(best.element).slice(0, 2000),
    box: boxOf(best.element),
    rank: rank(best),
    floats: best.floats,
    decides: best.decides,
    blocks: blocks(best),
    language: document.documentElement.lang || "",
    switches: switches.filter((field) => !masters.has(field)).slice(0, 100).map((field) => ({
      label: purposeOf(field), on: isOn(field), necessary: isNecessary(field), visible: seenSwitch(field),
      disabled: field.disabled || field.getAttribute("aria-disabled") === "true",
    })),
    hides: blocks(best) && hides(best),
    moving: roots.some((root) => root.getAnimations?.().some((animation) => {
      const { target } = animation.effect || {};
      return target && animation.playState === "running" && animation.effect.getComputedTiming().iterations !== Infinity
        && (contains(best.element, target) || contains(target, best.element));
    })),
    role: ariaOf(dialogOf(best.element)).replace("generic", ""),
    name: nameIn(dialogOf(best.element)),
    controls: found.map((control) => {
      const style = getComputedStyle(control.element);
      return {
        ...looks(control.element),
        text: control.label.slice(0, 200), role: control.role, leaves: control.leaves, strong: control.strong,
        tag: control.element.localName, visible: seen(control.element), color: style.color,
        background: solid(control.element), box: boxOf(control.element),
        disabled: !!control.element.disabled || control.element.getAttribute("aria-disabled") === "true",
      };
    }),
  };
}

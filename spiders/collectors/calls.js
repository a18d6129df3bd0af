// Tells which script reads what sets one device apart from others: canvas, WebGL, audio, fonts, hardware. Runs in every
// document, so it does next to nothing until something of this is called; calls are counted here and told in lots.
(({ apply, wrap, method, defineProperty, getOwnPropertyDescriptor, stack, report, clock, text, urlOf }) => {
  const NativeWeakMap = WeakMap, NativeMap = Map, NativeSet = Set, later = queueMicrotask;
  const weakGet = WeakMap.prototype.get, weakSet = WeakMap.prototype.set, mapGet = Map.prototype.get, mapSet = Map.prototype.set;
  const addTo = Set.prototype.add, charCode = String.prototype.charCodeAt, indexOf = String.prototype.indexOf, slice = String.prototype.slice;
  const getter = (type, name) => {
    const found = type && getOwnPropertyDescriptor(type.prototype, name);
    return found && found.get;
  };
  const setSize = getter(Set, "size");
  const LOTS = 60, STACKS = 200, SAMPLE = 16, PAUSE = 1000, FONTS = 500;

  // --- counting: one lot for each action, place in the code and set of facts ---

  const nothing = { __proto__: null };
  const actions = { __proto__: null };
  let waiting = null;
  const flush = () => {
    let lot = waiting;
    waiting = null;
    for (; lot; lot = lot.next) {
      const now = clock();
      lot.queued = false;
      if (lot.more < lot.told && now - lot.last < PAUSE) continue; // told again when it has doubled, or after a while
      report({ kind: "call", api: lot.api, action: lot.action, data: lot.facts, more: lot.more, first: lot.first / 1000, url: lot.url,
        stack: lot.stack, fonts: lot.fonts ? apply(setSize, lot.fonts, []) : 0 });
      lot.told += lot.more;
      lot.more = 0;
      lot.last = now;
    }
  };
  const placeOf = (lines) => {
    const start = apply(indexOf, lines, ["http"]);
    if (start < 0) return "";
    const end = apply(indexOf, lines, ["\n", start]);
    return apply(slice, lines, end < 0 ? [start] : [start, end]);
  };
  const lotOf = (api, action, facts) => {
    const name = api + " " + action;
    const known = actions[name] || (actions[name] = { lots: new NativeMap(), kinds: 0, calls: 0, latest: null });
    // A page that draws all the time is asked for its stack now and then only.
    if (known.calls++ >= STACKS && known.calls % SAMPLE) return known.latest;
    const lines = stack();
    let key = placeOf(lines);
    for (const fact in facts) key += " " + facts[fact];
    let lot = apply(mapGet, known.lots, [key]);
    if (!lot) {
      if (known.kinds++ >= LOTS) return known.latest;
      let url = "";
      try { url = apply(urlOf, document, []); } catch { /**/ }
      lot = { api, action, facts, url, stack: lines, first: 0, more: 0, told: 0, last: 0, queued: false, next: null, fonts: null };
      apply(mapSet, known.lots, [key, lot]);
    }
    return known.latest = lot;
  };
  const count = (api, action, facts, font) => {
    const lot = lotOf(api, action, facts);
    if (font) {
      if (!lot.fonts) lot.fonts = new NativeSet();
      if (apply(setSize, lot.fonts, []) < FONTS) apply(addTo, lot.fonts, [font]);
    }
    if (!lot.more++) lot.first = clock();
    if (lot.queued) return;
    if (!waiting) later(flush);
    lot.queued = true;
    lot.next = waiting;
    waiting = lot;
  };

  // The page gets its answer whatever becomes of our note of it.
  const noting = (type, name, note) => type && method(type.prototype, name, (target, self, args) => {
    const result = apply(target, self, args);
    try { note(self, args); } catch { /**/ }
    return result;
  });
  const counted = (type, name, api, facts) =>
    noting(type, name, (self, args) => count(api, name, facts ? facts(self, args) : nothing));
  const reading = (type, name, note) => {
    const found = type && getOwnPropertyDescriptor(type.prototype, name);
    if (!found || !found.get) return;
    found.get = wrap(found.get, (target, self, args) => {
      const result = apply(target, self, args);
      try { note(self); } catch { /**/ }
      return result;
    });
    defineProperty(type.prototype, name, found);
  };

  // --- canvas: what was drawn on it, and who reads it back ---

  const drawn = new NativeWeakMap();
  const drawing = (canvas) => {
    let facts = apply(weakGet, drawn, [canvas]);
    if (!facts) apply(weakSet, drawn, [canvas, facts = { letters: 0, symbols: false, image: false }]);
    return facts;
  };
  const isLetter = (code) =>
    (code > 64 && code < 91) || (code > 96 && code < 123) || (code > 191 && code < 0x2000) || (code > 0x2fff && code < 0xd800);
  const noteText = (canvas, shown) => {
    const facts = drawing(canvas), length = shown.length < 100 ? shown.length : 100;
    let letters = 0;
    for (let i = 0; i < length; i++) if (isLetter(apply(charCode, shown, [i]))) letters++;
    if (letters > facts.letters) facts.letters = letters;
    if (length > letters) facts.symbols = true;
  };
  const connected = getter(globalThis.Node, "isConnected");
  const onPage = { width: getter(globalThis.HTMLCanvasElement, "width"), height: getter(globalThis.HTMLCanvasElement, "height") };
  const offPage = { width: getter(globalThis.OffscreenCanvas, "width"), height: getter(globalThis.OffscreenCanvas, "height") };
  const canvasFacts = (canvas) => {
    const facts = apply(weakGet, drawn, [canvas]) || { letters: 0, symbols: false, image: false };
    let attached = false, size = offPage;
    try { attached = apply(connected, canvas, []); size = onPage; } catch { /* an OffscreenCanvas is in no page */ }
    return {
      __proto__: null, width: text(apply(size.width, canvas, [])), height: text(apply(size.height, canvas, [])),
      attached: attached ? "yes" : "no", text: facts.letters ? "letters" : facts.symbols ? "symbols" : "no",
      letters: text(facts.letters), image: facts.image ? "yes" : "no",
    };
  };
  for (const type of [globalThis.CanvasRenderingContext2D, globalThis.OffscreenCanvasRenderingContext2D]) {
    const canvasOf = getter(type, "canvas"), fontOf = type && getOwnPropertyDescriptor(type.prototype, "font").get;
    if (!canvasOf) continue;
    for (const name of ["fillText", "strokeText"]) {
      noting(type, name, (self, args) => { if (typeof args[0] === "string") noteText(apply(canvasOf, self, []), args[0]); });
    }
    noting(type, "drawImage", (self) => { drawing(apply(canvasOf, self, [])).image = true; });
    noting(type, "measureText", (self) => count("fonts", "measureText", nothing, apply(fontOf, self, [])));
    counted(type, "getImageData", "canvas", (self) => canvasFacts(apply(canvasOf, self, [])));
  }
  for (const name of ["toDataURL", "toBlob"]) counted(globalThis.HTMLCanvasElement, name, "canvas", canvasFacts);
  counted(globalThis.OffscreenCanvas, "convertToBlob", "canvas", canvasFacts);

  // --- fonts: widths of elements in ever other families, and asking outright ---

  const styleOf = getter(globalThis.HTMLElement, "style");
  const familyOf = globalThis.CSSStyleDeclaration && CSSStyleDeclaration.prototype.getPropertyValue;
  reading(globalThis.HTMLElement, "offsetWidth", (self) => {
    const family = apply(familyOf, apply(styleOf, self, []), ["font-family"]);
    if (family) count("fonts", "offsetWidth", nothing, family);
  });
  noting(globalThis.FontFaceSet, "check", (self, args) => {
    if (typeof args[0] === "string") count("fonts", "check", nothing, args[0]);
  });

  // --- WebGL, audio, hardware ---

  // Only touching these interfaces makes the browser build them, which costs more than all else here: not before they are used.
  const atFirst = (types, name, wanted, start) => {
    let idle = true;
    for (const type of types) {
      type && method(type.prototype, name, (target, self, args) => {
        if (idle && wanted(args)) {
          idle = false;
          try { start(); } catch { /**/ }
        }
        return apply(target, self, args);
      });
    }
  };
  const UNMASKED = { __proto__: null, 37445: "UNMASKED_VENDOR", 37446: "UNMASKED_RENDERER" };
  const isWebgl = (args) => typeof args[0] === "string" && apply(indexOf, args[0], ["webgl"]) >= 0;
  const watchWebgl = (type) => {
    noting(type, "getParameter", (self, args) => {
      const name = typeof args[0] === "number" && UNMASKED[args[0]];
      if (name) count("webgl", name, nothing);
    });
    counted(type, "getSupportedExtensions", "webgl");
    counted(type, "readPixels", "webgl", (self, args) => ({ __proto__: null, width: text(args[2] | 0), height: text(args[3] | 0) }));
  };
  atFirst([globalThis.HTMLCanvasElement, globalThis.OffscreenCanvas], "getContext", isWebgl, () => {
    watchWebgl(globalThis.WebGLRenderingContext);
    watchWebgl(globalThis.WebGL2RenderingContext);
  });
  atFirst([globalThis.AudioNode], "connect", () => true, () => {
    const frames = getter(globalThis.OfflineAudioContext, "length");
    counted(globalThis.OfflineAudioContext, "startRendering", "audio", (self) => ({ __proto__: null, length: text(apply(frames, self, [])) }));
    counted(globalThis.AudioBuffer, "getChannelData", "audio");
    counted(globalThis.AnalyserNode, "getFloatFrequencyData", "audio");
  });
  for (const name of ["plugins", "mimeTypes", "hardwareConcurrency", "deviceMemory"]) {
    reading(globalThis.Navigator, name, () => count("devices", name, nothing));
  }
  counted(globalThis.Navigator, "getBattery", "battery");
  counted(globalThis.MediaDevices, "enumerateDevices", "devices");
  counted(globalThis.SpeechSynthesis, "getVoices", "devices");
  counted(globalThis.Permissions, "query", "devices", (self, args) => ({ __proto__: null, name: apply(slice, text(args[0].name), [0, 40]) }));
  counted(globalThis.NavigatorUAData, "getHighEntropyValues", "devices", (self, args) => {
    let hints = "";
    for (let i = 0; i < args[0].length && i < 20; i++) hints += (i ? " " : "") + apply(slice, text(args[0][i]), [0, 40]);
    return { __proto__: null, hints };
  });
})

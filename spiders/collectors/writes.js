// Tells which script writes cookies and storage. Runs in every document before its own scripts, in their world.
// A page may redefine anything later, so whatever is needed is taken now; wrapped setters look like the browser's.
// `further` are functions that watch something else with the same means.
((tellName, limit, ...further) => {
  const tell = globalThis[tellName];
  if (typeof tell !== "function") return;
  delete globalThis[tellName];

  const { apply, defineProperty, getOwnPropertyDescriptor } = Reflect;
  const NativeError = Error, NativeProxy = Proxy, NativeWeakMap = WeakMap, text = String, clock = Date.now;
  const stringify = JSON.stringify, nativeToString = Function.prototype.toString;
  const mapGet = WeakMap.prototype.get, mapSet = WeakMap.prototype.set;
  const urlOf = getOwnPropertyDescriptor(Document.prototype, "URL").get;
  const originals = new NativeWeakMap();
  const seen = { __proto__: null };

  const disguise = (replacement, original) => {
    apply(mapSet, originals, [replacement, original]);
    return replacement;
  };
  // A proxy of a native function keeps its name, length and lack of a prototype.
  const wrap = (original, around) => disguise(
    new NativeProxy(original, { __proto__: null, apply: (target, self, args) => around(target, self, args) }), original);
  const descriptor = getOwnPropertyDescriptor(Function.prototype, "toString");
  descriptor.value = wrap(nativeToString, (target, self, args) => {
    let original;
    try { original = apply(mapGet, originals, [self]); } catch { /* not an object */ }
    return apply(target, original || self, args);
  });
  defineProperty(Function.prototype, "toString", descriptor);

  const stack = () => {
    const prepare = getOwnPropertyDescriptor(NativeError, "prepareStackTrace");
    const depth = getOwnPropertyDescriptor(NativeError, "stackTraceLimit");
    const plain = { value: undefined, configurable: true, writable: true, enumerable: true };
    if (prepare) defineProperty(NativeError, "prepareStackTrace", plain);
    defineProperty(NativeError, "stackTraceLimit", { ...plain, value: 30 });
    const lines = new NativeError().stack;
    if (prepare) defineProperty(NativeError, "prepareStackTrace", prepare);
    if (depth) defineProperty(NativeError, "stackTraceLimit", depth);
    return typeof lines === "string" ? lines : "";
  };
  const reporter = () => {
    let left = limit;
    return (fact) => {
      if (left-- <= 0) return;
      try {
        fact.toJSON = undefined;
        tell(stringify({ __proto__: null, at: clock() / 1000, stack: fact.stack || stack(), ...fact }));
      } catch { /* the page must not notice */ }
    };
  };
  const report = reporter();

  // document.cookie
  const cookie = getOwnPropertyDescriptor(Document.prototype, "cookie");
  const read = cookie.get;
  cookie.set = wrap(cookie.set, (target, self, args) => {
    const line = args.length ? text(args[0]) : "";
    const result = apply(target, self, args.length ? [line] : args);
    let after = "", url = "";
    try { after = apply(read, self, []); url = apply(urlOf, self, []); } catch { /* not a document */ }
    report({ kind: "document.cookie", line, after, url });
    return result;
  });
  defineProperty(Document.prototype, "cookie", cookie);

  // cookieStore
  const method = (prototype, name, around) => {
    const found = prototype && getOwnPropertyDescriptor(prototype, name);
    if (!found || typeof found.value !== "function") return;
    found.value = wrap(found.value, around);
    defineProperty(prototype, name, found);
  };
  const stored = (first, second) => (typeof first === "object" && first
    ? { name: first.name, value: first.value, domain: first.domain, path: first.path, expires: first.expires == null ? null : +first.expires,
      sameSite: first.sameSite, maxAge: first.maxAge }
    : { name: first, value: second });
  const store = globalThis.CookieStore && CookieStore.prototype;
  method(store, "set", (target, self, args) => {
    try { report({ kind: "cookieStore", ask: stored(args[0], args[1]), url: apply(urlOf, document, []) }); } catch { /**/ }
    return apply(target, self, args);
  });
  method(store, "delete", (target, self, args) => {
    try { report({ kind: "cookieStore", gone: true, ask: stored(args[0]), url: apply(urlOf, document, []) }); } catch { /**/ }
    return apply(target, self, args);
  });

  // Shadow trees that scripts cannot look into: the browser has to be asked for them.
  let told = false;
  method(Element.prototype, "attachShadow", (target, self, args) => {
    const root = apply(target, self, args);
    if (root.mode === "closed" && !told) {
      told = true;
      report({ kind: "closed shadow tree" });
    }
    return root;
  });

  // localStorage, sessionStorage: the first write of each key
  const local = (self) => { try { return self === globalThis.localStorage; } catch { return false; } };
  method(Storage.prototype, "setItem", (target, self, args) => {
    const result = apply(target, self, args);
    try {
      const key = text(args[0]), area = local(self) ? "localStorage" : "sessionStorage", mark = area + " " + key;
      if (!seen[mark]) {
        seen[mark] = true;
        report({ kind: "storage", area, key, url: apply(urlOf, document, []) });
      }
    } catch { /**/ }
    return result;
  });

  for (let i = 0; i < further.length; i++) {
    further[i]({ apply, wrap, method, defineProperty, getOwnPropertyDescriptor, stack, report: reporter(), clock, text, urlOf });
  }
})

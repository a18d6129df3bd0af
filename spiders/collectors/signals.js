// Asks the consent frameworks of the page what they say, in the page's own world. Their functions are the page's: they may throw, never
// answer, or answer with anything, so only plain values are picked, of so many, within `limit` milliseconds. Nothing of the page is changed.
(async (limit) => {
  const LONGEST = 50000, MOST = 300, NAMES = 20;
  const Native = (async () => {})().constructor;
  const pause = (time) => new Native((done) => setTimeout(done, time));
  const plain = (value, longest = 200) => {
    if (typeof value === "string") return value.slice(0, longest);
    return typeof value === "number" || typeof value === "boolean" ? value : undefined;
  };
  const pick = (from, ...names) => {
    const found = {};
    for (const name of names) {
      const value = from && plain(from[name], LONGEST);
      if (value !== undefined) found[name] = value;
    }
    return found;
  };
  const ids = (flags) => (flags && typeof flags === "object" ? Object.keys(flags).filter((id) => flags[id] === true).slice(0, 100).map(Number) : []);
  const found = {};

  // Answers with what `read` makes of the framework's answer; what is thrown is told, too.
  const ask = (name, call, read) => {
    const answer = (found[name] = { state: "stub" });
    return new Native((done) => {
      const fail = (error) => done(Object.assign(answer, { state: "broken", reason: plain(String(error && error.message)) }));
      try {
        call((...said) => {
          try { done(Object.assign(answer, { state: "present" }, read(...said))); } catch (error) { fail(error); }
        });
      } catch (error) { fail(error); }
    });
  };
  const all = (waiting) => Native.race([Native.all(waiting), pause(limit)]);
  const interfaceOf = (name) => (typeof globalThis[name] === "function" ? globalThis[name] : null);

  const tcData = (data, success) => success === false || !data ? { state: "stub" } : {
    ...pick(data, "tcString", "eventStatus", "gdprApplies", "cmpStatus", "tcfPolicyVersion"),
    purposes: ids(data.purpose && data.purpose.consents), interests: ids(data.purpose && data.purpose.legitimateInterests),
  };
  const tcf = interfaceOf("__tcfapi"), gpp = interfaceOf("__gpp"), usp = interfaceOf("__uspapi"), waiting = [];
  if (tcf) {
    waiting.push(ask("ping", (back) => tcf("ping", 2, back), (said) => pick(said, "cmpLoaded", "gdprApplies", "cmpStatus", "displayStatus")));
    waiting.push(ask("tcf", (back) => tcf("getTCData", 2, back), tcData));
  }
  if (gpp) {
    const read = (said) => ({ ...pick(said, "cmpStatus", "signalStatus", "gppString"),
      applicable: Array.isArray(said.applicableSections) ? said.applicableSections.slice(0, NAMES).filter(Number.isInteger) : [] });
    waiting.push(ask("gpp", (back) => {
      const now = gpp("ping", back); // the first version of the interface answered at once
      if (now && typeof now === "object") back(now);
    }, read));
  }
  if (usp) waiting.push(ask("usp", (back) => usp("getUSPData", 1, back), (said) => pick(said, "uspString")));
  if (waiting.length) await all(waiting);
  // TCF 2.2 has no getTCData any more: one listens, and stops listening.
  if (tcf && found.tcf.state === "stub" && found.ping.cmpLoaded === true) {
    await all([ask("tcf", (back) => tcf("addEventListener", 2, (data, success) => {
      if (data && data.listenerId !== undefined) tcf("removeEventListener", 2, () => {}, data.listenerId);
      back(data, success);
    }), tcData)]);
  }

  // Google's consent mode, as its tags hold it.
  const ics = globalThis.google_tag_data && globalThis.google_tag_data.ics, entries = ics && ics.entries;
  if (entries && typeof entries === "object") {
    found.mode = {};
    for (const name of Object.keys(entries).slice(0, NAMES)) {
      found.mode[plain(name)] = pick(entries[name], "default", "initial", "update", "implicit", "declare");
    }
  }

  // Google's data layer, whatever it is called: an array with the arguments of gtag in it, or with what starts the tag manager.
  const COMMANDS = ["consent", "config", "event", "js", "set"];
  const words = (from) => {
    const said = {};
    for (const name of Object.keys(from || {}).slice(0, NAMES)) {
      const value = Array.isArray(from[name]) ? from[name].slice(0, 80).filter((one) => typeof one === "string").join(" ") : plain(from[name]);
      if (value !== undefined) said[plain(name)] = String(value).slice(0, 400);
    }
    return said;
  };
  const entryOf = (pushed) => {
    if (!pushed || typeof pushed !== "object") return null;
    if (typeof pushed.length === "number" && COMMANDS.includes(pushed[0])) {
      const consent = pushed[0] === "consent";
      return { command: pushed[0], about: plain(pushed[1]), said: consent ? words(pushed[2]) : {} };
    }
    return typeof pushed["gtm.start"] === "number" ? { command: "gtm.start", about: "", said: {} } : null;
  };
  found.layers = [];
  let left = MOST;
  // The page's own globals are enumerable; the browser's interfaces are not, and only looking at them makes it build them.
  for (const name of Object.keys(globalThis)) {
    const property = Object.getOwnPropertyDescriptor(globalThis, name);
    if (!property || !Array.isArray(property.value) || found.layers.length >= NAMES) continue;
    const layer = [];
    for (let i = 0; i < property.value.length && i < MOST && left > 0; i++) {
      try {
        const entry = entryOf(property.value[i]);
        if (entry && left-- > 0) layer.push({ order: i, ...entry });
      } catch { /* an entry that throws is none of gtag's */ }
    }
    if (layer.length) found.layers.push({ name: plain(name), entries: layer });
  }
  found.document = performance.timeOrigin;
  return found;
})

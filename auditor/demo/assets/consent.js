// The consent banner: asks once, keeps the answer for 180 days, and loads what was agreed to.
(function () {
  "use strict";

  const config = JSON.parse(document.getElementById("consent-config").textContent);
  const words = config.words;
  const secure = location.protocol === "https:" ? "; Secure" : "";
  const faulty = (name) => config.faults.includes(name);
  const optional = {
    analytics: { cookies: ["_plt_id", "pf_ref"], storage: ["pf.device"] },
    marketing: { cookies: ["pf_campaign"], storage: ["plt.device"] },
  };
  let banner = null;

  function readChoice() {
    const found = document.cookie.match(/(?:^|; )cookie_consent=v1\.a([01])\.m([01])/);
    return found && { analytics: found[1] === "1", marketing: found[2] === "1" };
  }

  function keepChoice(choice) {
    const value = "v1.a" + Number(choice.analytics) + ".m" + Number(choice.marketing);
    const path = faulty("choice-forgotten") ? "/basket" : "/";
    document.cookie = "cookie_consent=" + value + "; Path=" + path + "; Max-Age=15552000; SameSite=Lax" + secure;
  }

  function forget(purpose) {
    for (const name of purpose.cookies) document.cookie = name + "=; Path=/; Max-Age=0";
    for (const key of purpose.storage) localStorage.removeItem(key);
  }

  function load(path) {
    const source = config.tracker + path;
    if (document.querySelector('script[src="' + source + '"]')) return;
    const script = document.createElement("script");
    script.src = source;
    document.head.append(script);
  }

  function apply(choice) {
    const begun = localStorage.getItem("plt.on");
    if (!choice.analytics) forget(optional.analytics);
    if (!choice.marketing) forget(optional.marketing);
    if (choice.analytics && faulty("withdrawal-ignored")) localStorage.setItem("plt.on", "1");
    if (choice.analytics || begun || faulty("tracker-after-reject")) load("/t.js" + config.keep);
    if (choice.marketing) load("/m.js");
    document.dispatchEvent(new CustomEvent("consent", { detail: choice }));
  }

  function decide(choice) {
    keepChoice(choice);
    close();
    apply(choice);
  }

  function element(tag, properties, ...children) {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  }

  function button(text, kind, action) {
    const made = element("button", { type: "button", className: kind }, text);
    made.addEventListener("click", action);
    return made;
  }

  function box(name, text, fixed) {
    const kept = faulty("long-way-back") && readChoice();
    const on = fixed || faulty("purposes-preticked") || Boolean(kept && kept[name]);
    const input = element("input", { type: "checkbox", name: name, checked: on, disabled: fixed });
    return element("label", {}, input, " " + text);
  }

  function firstLayer() {
    const row = element("div", { className: "row" });
    row.append(button(words.accept, "accept", () => decide({ analytics: true, marketing: true })));
    if (config.reject) row.append(refuse());
    if (!faulty("consent-wall")) row.append(settings());
    return [element("p", {}, words.says), links(), row];
  }

  function refuse() {
    const kind = faulty("reject-hidden-in-grey") ? "whisper" : "reject";
    return button(words.reject, kind, () => decide({ analytics: false, marketing: false }));
  }

  function settings() {
    if (!faulty("settings-for-mice")) return button(words.settings, "settings", () => show(secondLayer()));
    const made = element("div", { className: "settings" }, words.settings);
    made.addEventListener("click", () => show(secondLayer()));
    return made;
  }

  function secondLayer() {
    const analytics = box("analytics", words.analytics, false);
    const marketing = box("marketing", words.marketing, false);
    const group = element("fieldset", {}, element("legend", {}, words.settings));
    group.append(box("necessary", words.necessary, true), analytics, marketing);
    const save = button(words.save, "save", () =>
      decide({ analytics: analytics.firstChild.checked, marketing: marketing.firstChild.checked }));
    return [group, links(), element("div", { className: "row" }, save)];
  }

  function links() {
    if (faulty("banner-without-policy")) return "";
    return element("p", { className: "links" },
      element("a", { href: config.privacy }, words.privacy), " · ",
      element("a", { href: config.cookies }, words.cookies));
  }

  function show(content) {
    if (!banner) {
      banner = element("section", { className: "consent" });
      if (faulty("consent-wall")) document.body.append(element("div", { className: "veil" }));
      banner.setAttribute("role", "dialog");
      banner.setAttribute("aria-labelledby", "consent-title");
      document.body.append(banner);
    }
    banner.replaceChildren(element("h2", { id: "consent-title" }, words.title), ...content);
  }

  function close() {
    if (banner) banner.remove();
    document.querySelector(".veil")?.remove();
    banner = null;
  }

  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-cookie-settings]");
    if (!opener) return;
    event.preventDefault();
    show(opener.dataset.cookieSettings === "purposes" ? secondLayer() : firstLayer());
  });

  if (faulty("consent-by-scrolling")) {
    window.addEventListener("scroll", () => banner && decide({ analytics: true, marketing: true }), { once: true });
  }

  const choice = readChoice();
  if (choice) apply(choice);
  else show(firstLayer());
})();

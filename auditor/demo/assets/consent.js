// The consent banner: asks once, keeps the answer for 180 days, and loads what was agreed to.
(function () {
  "use strict";

  const config = JSON.parse(document.getElementById("consent-config").textContent);
  const words = config.words;
  const secure = location.protocol === "https:" ? "; Secure" : "";
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
    document.cookie = "cookie_consent=" + value + "; Path=/; Max-Age=15552000; SameSite=Lax" + secure;
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
    if (!choice.analytics) forget(optional.analytics);
    if (!choice.marketing) forget(optional.marketing);
    if (choice.analytics || config.measure === "answered") load("/t.js");
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
    const input = element("input", { type: "checkbox", name: name, checked: fixed, disabled: fixed });
    return element("label", {}, input, " " + text);
  }

  function firstLayer() {
    const row = element("div", { className: "row" });
    row.append(button(words.accept, "accept", () => decide({ analytics: true, marketing: true })));
    if (config.reject) row.append(button(words.reject, "reject", () => decide({ analytics: false, marketing: false })));
    row.append(button(words.settings, "settings", () => show(secondLayer())));
    return [element("p", {}, words.says), links(), row];
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
    return element("p", { className: "links" },
      element("a", { href: config.privacy }, words.privacy), " · ",
      element("a", { href: config.cookies }, words.cookies));
  }

  function show(content) {
    if (!banner) {
      banner = element("section", { className: "consent" });
      banner.setAttribute("role", "dialog");
      banner.setAttribute("aria-labelledby", "consent-title");
      document.body.append(banner);
    }
    banner.replaceChildren(element("h2", { id: "consent-title" }, words.title), ...content);
  }

  function close() {
    if (banner) banner.remove();
    banner = null;
  }

  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-cookie-settings]")) return;
    event.preventDefault();
    show(firstLayer());
  });

  const choice = readChoice();
  if (choice) apply(choice);
  else show(firstLayer());
})();

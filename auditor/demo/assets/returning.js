// Remembers visitors who have refused, to see whether they come back.
(function () {
  "use strict";
  document.addEventListener("consent", (event) => {
    if (event.detail.analytics || /(?:^|; )pf_returning=/.test(document.cookie)) return;
    document.cookie = "pf_returning=" + crypto.randomUUID() + "; Path=/; Max-Age=31536000; SameSite=Lax";
  });
})();

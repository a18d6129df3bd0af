// Counts through which page a visitor came.
(function () {
  "use strict";
  if (/(?:^|; )(pf_ref|cookie_consent)=/.test(document.cookie)) return;
  document.cookie = "pf_ref=" + crypto.randomUUID() + "; Path=/; Max-Age=63072000; SameSite=Lax";
})();

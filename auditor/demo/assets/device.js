// Gives the browser a number, so that the next visit can be told apart.
(function () {
  "use strict";
  if (/(?:^|; )cookie_consent=/.test(document.cookie) || localStorage.getItem("pf.device")) return;
  localStorage.setItem("pf.device", crypto.randomUUID());
})();

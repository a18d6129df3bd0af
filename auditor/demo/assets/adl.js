// Adlantern: shows the article again elsewhere.
(function () {
  "use strict";
  const home = new URL(document.currentScript.src).origin;
  const found = document.cookie.match(/(?:^|; )_adl_uid=([^;]+)/);
  const id = found ? found[1] : crypto.randomUUID().replaceAll("-", "");
  if (!found) document.cookie = "_adl_uid=" + id + "; Path=/; Max-Age=31536000; SameSite=Lax";
  new Image().src = home + "/adl.gif?" + new URLSearchParams({ uid: id, item: document.title });
})();

// Pathlight Measurement: counts a visit.
(function () {
  "use strict";
  const home = new URL(document.currentScript.src).origin;
  const found = document.cookie.match(/(?:^|; )_plt_id=([^;]+)/);
  const id = found ? found[1] : crypto.randomUUID();
  if (!found) document.cookie = "_plt_id=" + id + "; Path=/; Max-Age=63072000; SameSite=Lax";
  const hit = new URLSearchParams({
    cid: id,
    dl: location.pathname,
    dr: document.referrer,
    sr: screen.width + "x" + screen.height,
  });
  new Image().src = home + "/collect?" + hit;
})();

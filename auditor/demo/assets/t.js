// Pathlight Measurement: counts a visit.
(function () {
  "use strict";
  const own = new URL(document.currentScript.src);
  const home = own.origin;
  const keep = own.searchParams.get("keep") || 31536000;
  const found = document.cookie.match(/(?:^|; )_plt_id=([^;]+)/);
  const id = found ? found[1] : crypto.randomUUID();
  if (!found) document.cookie = "_plt_id=" + id + "; Path=/; Max-Age=" + keep + "; SameSite=Lax";
  const hit = new URLSearchParams({
    cid: id,
    dl: location.pathname,
    dr: document.referrer,
    sr: screen.width + "x" + screen.height,
  });
  new Image().src = home + "/collect?" + hit;
})();

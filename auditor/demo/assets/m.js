// Pathlight Measurement: connects advertisements with orders.
(function () {
  "use strict";
  const home = new URL(document.currentScript.src).origin;
  const device = localStorage.getItem("plt.device") || crypto.randomUUID();
  localStorage.setItem("plt.device", device);
  new Image().src = home + "/px.gif?" + new URLSearchParams({ ev: "PageView", did: device });
})();

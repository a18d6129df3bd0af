// Small comforts: printing a page, and the layout of article lists, kept until the tab closes.
(function () {
  "use strict";

  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-print]")) return;
    event.preventDefault();
    window.print();
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-video]");
    if (!button) return;
    const frame = document.createElement("iframe");
    frame.src = button.dataset.video;
    frame.title = button.dataset.title;
    button.parentElement.replaceChildren(frame);
  });

  const list = document.querySelector(".listing .cards");
  if (!list) return;
  const layout = sessionStorage.getItem("pf.layout") || "grid";
  sessionStorage.setItem("pf.layout", layout);
  list.classList.add(layout);
})();

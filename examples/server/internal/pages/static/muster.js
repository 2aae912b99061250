// The only script of the pages. Everything works without it: an explanation is a page of its own, and a page about something under way loads itself again.
"use strict";

// A figure that unfolds brings its explanation into the page.
document.addEventListener("toggle", async (event) => {
  const figure = event.target;
  const link = figure.open && figure.querySelector(":scope > a[data-unfold]");
  if (!link) return;
  figure.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(link.href, { credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const why = page.querySelector(".why");
    if (why) link.replaceWith(document.importNode(why, true));
  } finally {
    figure.removeAttribute("aria-busy"); // the link is still there if it did not work
  }
}, true);

// What is under way shows how far it is.
const under = document.querySelector("[data-under-way]");
if (under) {
  const look = async () => {
    const answer = await fetch(location.href, { credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.querySelector("[data-under-way]");
    if (!now) return location.reload();
    document.querySelector("[data-under-way]").replaceWith(document.importNode(now, true));
    setTimeout(look, 700);
  };
  setTimeout(look, 400);
}

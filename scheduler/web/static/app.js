// Every page works without this. It tells a page that there is news, asks before what cannot be undone, and sends a
// form once. What a page does with the news is in its own attributes: htmx reads them.
"use strict";

if (document.querySelector("[data-live]") && window.EventSource) {
  let soon = 0;
  const news = () => document.body.dispatchEvent(new Event("news"));
  new EventSource("/live").addEventListener("changed", () => {
    clearTimeout(soon);
    soon = setTimeout(news, 150); // several changes at once are one
  });
}

document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (button?.dataset.confirm && !confirm(button.dataset.confirm)) return event.preventDefault();
  if (button) setTimeout(() => (button.disabled = true)); // after its name and value were sent along
});

// A page that comes out of the browser's memory has the buttons as they were left.
addEventListener("pageshow", () => document.querySelectorAll("button[disabled]").forEach((b) => (b.disabled = false)));

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submit]")) event.target.form.requestSubmit();
});

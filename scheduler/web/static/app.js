// Every page works without this. It tells a page that there is news, asks before what cannot be undone, and sends a
// form once. What a page does with the news is in its own attributes: htmx reads them.
"use strict";

if (document.querySelector("[data-live]") && window.EventSource) {
  let soon = 0;
  let stream = null;
  const news = () => document.body.dispatchEvent(new Event("news"));
  const listen = () => {
    stream = new EventSource("/live");
    stream.addEventListener("changed", () => {
      clearTimeout(soon);
      soon = setTimeout(news, 150); // several changes at once are one
    });
  };
  // A page that nobody looks at lets go: a browser opens six connections to a server, and tabs would use them up.
  document.addEventListener("visibilitychange", () => {
    stream?.close();
    if (document.hidden) return;
    listen();
    news();
  });
  if (!document.hidden) listen();
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

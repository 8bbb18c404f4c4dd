// Moving in the calendar: by hand (drag a piece onto a day or a free slot) and by keyboard (M, arrows, Enter; Esc).
// Without this the same is done on a delivery's own page.
"use strict";

const calendar = () => document.querySelector(".month, .week");
const say = (text, bad = false) => {
  const at = document.getElementById("say");
  at.textContent = text;
  at.classList.toggle("error", bad);
  at.hidden = !text;
};

async function move(delivery, target) {
  const fields = new URLSearchParams({ delivery, day: target.dataset.day ?? "", slot: target.dataset.slot ?? "" });
  const headers = { "X-Form-Token": document.body.dataset.token };
  const answer = await fetch("/calendar/move", { method: "POST", body: fields, headers }).catch(() => null);
  if (!answer) return say("The server does not answer: nothing was moved.", true);
  if (answer.status === 204) return location.assign(answer.headers.get("Location"));
  const text = await answer.text();
  if (answer.ok) {
    say(text);
    document.body.dispatchEvent(new Event("news"));
  } else {
    say(new DOMParser().parseFromString(text, "text/html").querySelector(".about")?.textContent ?? "That did not work.", true);
  }
}

// Where a piece would land: a free slot of its own channel, else the day around it.
function landing(element, piece) {
  const slot = element.closest?.("[data-slot]");
  return slot?.dataset.channel === piece.dataset.channel ? slot : element.closest?.("[data-day]");
}

let held = null;
const drop = () => document.querySelectorAll(".over").forEach((each) => each.classList.remove("over"));

document.addEventListener("dragstart", (event) => {
  held = event.target.closest?.("[data-delivery]");
  if (held) event.dataTransfer.setData("text/plain", held.dataset.delivery);
});
document.addEventListener("dragover", (event) => {
  const target = held && landing(event.target, held);
  drop();
  if (!target) return;
  event.preventDefault();
  target.classList.add("over");
});
document.addEventListener("drop", (event) => {
  const target = held && landing(event.target, held);
  drop();
  if (!target) return;
  event.preventDefault();
  move(held.dataset.delivery, target);
  held = null;
});
document.addEventListener("dragend", () => drop());

// By keyboard: M takes the piece that has the focus, arrows choose a day, Enter puts it there.
let carried = null;
let at = 0;
const days = () => [...document.querySelectorAll("[data-day]")];

function point(index) {
  const all = days();
  at = Math.max(0, Math.min(all.length - 1, index));
  drop();
  all[at].classList.add("over");
  say(`${all[at].dataset.name}. Enter puts it there, Escape leaves it.`);
}

document.addEventListener("keydown", (event) => {
  if (!calendar() || event.target.matches("input, select, textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
  const piece = document.activeElement?.closest?.("[data-delivery]");
  if (!carried && piece && event.key.toLowerCase() === "m") {
    carried = piece.dataset.delivery;
    point(days().indexOf(piece.closest("[data-day]")));
  } else if (carried && event.key === "Escape") {
    carried = null;
    drop();
    say("It stays where it is.");
  } else if (carried && event.key === "Enter") {
    move(carried, days()[at]);
    carried = null;
    drop();
  } else if (carried && event.key.startsWith("Arrow")) {
    point(at + { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[event.key]);
  } else {
    return;
  }
  event.preventDefault();
});

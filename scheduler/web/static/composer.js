// The composer works without this. It says that typing is not saved yet, splits a part where the cursor is, and shows
// what a slider says.
"use strict";

const say = document.querySelector("#say");

say?.addEventListener("input", (event) => {
  if (event.target.name === "part") document.querySelector("#saved").textContent = "Saving…";
});

// The button takes the focus away from the text: the cursor is remembered by the field itself.
say?.addEventListener("click", (event) => {
  const field = document.getElementById(event.target.closest("[data-split]")?.dataset.split ?? "");
  if (field) say.elements.at.value = field.selectionStart === field.value.length ? 0 : field.selectionStart;
});

addEventListener("input", (event) => {
  const shown = document.querySelector(`[data-percent="${event.target.id}"]`);
  if (shown) shown.textContent = `${event.target.value} %`;
});

document.querySelector("[data-focus]")?.focus(); // what is in the way is read out first

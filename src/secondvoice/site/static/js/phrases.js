// Takes a phrase into the field it belongs to, with the caret behind it, ready to be changed.

function take(button) {
  const field = document.getElementById(button.dataset.phraseFor);
  if (!field) return;
  const words = (button.querySelector("[data-words]") ?? button).textContent.trim();
  const before = field.value.trimEnd();
  field.value = before ? before + ("lines" in field.dataset ? "\n" : " ") + words : words;
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

// A few phrases to begin with; the rest when they are asked for.
function more(button) {
  const later = button.parentElement.querySelectorAll("[data-later]");
  for (const item of later) item.hidden = false;
  later[0]?.querySelector("button").focus();
  button.remove();
}

for (const button of document.querySelectorAll("[data-more]")) {
  button.hidden = !button.parentElement.querySelector("[data-later]");
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-phrase-for], [data-more]");
  if (button) (button.hasAttribute("data-more") ? more : take)(button);
});

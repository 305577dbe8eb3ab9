// Takes a phrase into the field it belongs to, with the caret behind it, ready to be changed.

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("button[data-phrase-for]");
  const field = button && document.getElementById(button.dataset.phraseFor);
  if (!field) return;
  const words = (button.querySelector("[data-words]") ?? button).textContent.trim();
  const before = field.value.trimEnd();
  field.value = before ? `${before} ${words}` : words;
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
  field.dispatchEvent(new Event("input", { bubbles: true }));
});

// Answers by the number keys. One question to a screen: the key is the button. All on one page: the
// key answers the question that has the focus, or the first, and goes on to the next.

function press(form, key) {
  const button = form.querySelector(`button[data-key="${CSS.escape(key)}"]`);
  if (!button) return false;
  form.requestSubmit(button);
  return true;
}

function choose(form, key) {
  const questions = [...form.querySelectorAll("fieldset")];
  const at = Math.max(questions.findIndex((one) => one.contains(document.activeElement)), 0);
  const answer = questions[at]?.querySelector(`input[value="${CSS.escape(key)}"]`);
  if (!answer) return false;
  answer.checked = true;
  answer.dispatchEvent(new Event("input", { bubbles: true }));
  const next = questions[at + 1];
  const to = next?.querySelector("input:checked") ?? next?.querySelector("input");
  (to ?? form.querySelector(".actions .button")).focus();
  return true;
}

const form = document.querySelector("form[data-answers]");
let sent = false;

addEventListener("keydown", (event) => {
  if (sent || event.ctrlKey || event.metaKey || event.altKey || !/^\d$/.test(event.key)) return;
  const single = Boolean(form.querySelector("button[data-key]"));
  if (!(single ? press : choose)(form, event.key)) return;
  event.preventDefault();
  // A second key, pressed while the next question is on its way, must not answer this one again.
  sent = single;
});
addEventListener("pageshow", () => { sent = false; });

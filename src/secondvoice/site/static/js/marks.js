// A mark on the words opens its why on hover, focus or tap; mark and note light up together.

const note = (mark) => document.getElementById(mark.hash.slice(1));
const marksOf = (why) => document.querySelectorAll(`a.mark[href="#${why.id}"]`);
let passing = null; // a note opened only while the pointer or focus is on its mark

function light(why, on) {
  why.classList.toggle("lit", on);
  for (const mark of marksOf(why)) mark.classList.toggle("lit", on);
}

function arrive(event) {
  const mark = event.target.closest?.("a.mark");
  const why = mark && note(mark);
  if (!why) return;
  light(why, true);
  if (!why.open) {
    why.open = true;
    passing = why;
  }
}

function depart(event) {
  const mark = event.target.closest?.("a.mark");
  const why = mark && note(mark);
  if (!why) return;
  light(why, false);
  if (passing === why) {
    why.open = false;
    passing = null;
  }
}

document.addEventListener("mouseover", arrive);
document.addEventListener("mouseout", depart);
document.addEventListener("focusin", arrive);
document.addEventListener("focusout", depart);

document.addEventListener("click", (event) => {
  const mark = event.target.closest?.("a.mark");
  const why = mark && note(mark);
  if (!why) return;
  event.preventDefault();
  passing = null;
  why.open = true;
  why.querySelector("summary").focus({ preventScroll: true });
  why.scrollIntoView({ block: "nearest" });
});

// The marks come anew after "that's not it". The keyboard goes on where it was.
document.addEventListener("htmx:after:swap", () => {
  if (document.activeElement !== document.body) return;
  const reading = document.getElementById("reading");
  (reading.querySelector(".why summary, [data-bring-back]") ?? reading).focus({ preventScroll: true });
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const at = document.activeElement;
  const why = at?.closest?.("details.why") ?? (at?.matches?.("a.mark") ? note(at) : null);
  if (!why?.open) return;
  event.preventDefault();
  passing = null;
  why.open = false;
  if (!at.matches("a.mark")) (marksOf(why)[0] ?? why.querySelector("summary")).focus();
  // Focus has opened it again for the passing; Escape meant closed.
  why.open = false;
  passing = null;
});

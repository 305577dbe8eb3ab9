// Locks the page itself after the time that the person chose, so that no words stay on a screen
// that was left alone. The server keeps its own count; this one clears the glass.

const minutes = Number(document.body.dataset.lockAfter);
const form = document.querySelector('form[action="/lock/"]');
// Every page of the diary tells the others that somebody is here: a forgotten one must not lock
// the one in use. Only that is told, and nothing is stored.
const others = new BroadcastChannel("secondvoice:here");
let last = Date.now();
let told = 0;

function here() {
  last = Date.now();
  if (last - told < 1_000) return;
  told = last;
  others.postMessage(null);
}

if (minutes > 0 && form) {
  others.addEventListener("message", () => { last = Date.now(); });
  for (const sign of ["keydown", "pointerdown", "input", "scroll"]) {
    document.addEventListener(sign, here, { passive: true, capture: true });
  }
  // Asked often and measured by the clock: timers stand still while a computer sleeps.
  setInterval(() => {
    if (Date.now() - last < minutes * 60_000) return;
    last = Infinity;
    document.documentElement.hidden = true;
    const waits = [];
    document.dispatchEvent(new CustomEvent("secondvoice:leaving", { detail: waits }));
    Promise.allSettled(waits).then(() => form.submit());
  }, 5_000);
}

// The player: one step at a time, with a thread that fills and nothing that counts. It needs no
// network once it is here. Stopping is at once and asks nothing.

// With the version of this file: without it a browser would keep them for a year, and the service
// worker not know them.
const version = new URL(import.meta.url).search;
const { bell, choices, say, settings, silence, speaking } = await import(`./sound.js${version}`);
const { Draft } = await import(`./written.js${version}`);

const form = document.querySelector("[data-player]");
const playing = form.querySelector(".playing");
const steps = [...form.querySelectorAll(".said__step")];
const breath = form.querySelector(".breath");
const thread = form.querySelector(".thread span");
const pauseButton = form.querySelector("[data-pause]");
const skipButton = form.querySelector("[data-skip]");
const backButton = form.querySelector("[data-back]");
const state = form.querySelector("[data-state]");
const aloud = document.querySelector("[data-aloud]");
const kept = document.querySelector("[data-kept]");
const still = matchMedia("(prefers-reduced-motion: reduce)");
const lengths = steps.map((step) => Number(step.dataset.seconds) * 1000);
const whole = lengths.reduce((sum, length) => sum + length, 0);

const PLACE = `second-voice-at ${location.pathname}`;
const TOLD = "second-voice-told";
const KEPT_FOR = 6 * 60 * 60 * 1000; // milliseconds for which a place is offered again
const draft = new Draft(form, kept);

let at = 0;
let left = 0; // milliseconds of this step that are still to come
let since = 0;
let timer = 0;
let running = false;
let filling = null;
let awake = null;

const writes = (number) => steps[number].querySelector("textarea");
const inPlayer = () => playing.classList.contains("now");

function show(section, focus = true) {
  for (const other of form.children) other.classList.toggle("now", other === section);
  if (focus) section.querySelector("[tabindex]")?.focus({ preventScroll: true });
  window.scrollTo(0, 0);
}

// ---- Time ---------------------------------------------------------------------------------

function fillThread() {
  const before = lengths.slice(0, at).reduce((sum, length) => sum + length, 0);
  const from = (before + lengths[at] - left) / whole;
  filling?.cancel();
  filling = null;
  if (still.matches || writes(at) || !running) {
    thread.style.transform = `scaleX(${from})`;
    return;
  }
  const to = (before + lengths[at]) / whole;
  filling = thread.animate([{ transform: `scaleX(${from})` }, { transform: `scaleX(${to})` }], { duration: left, fill: "forwards" });
}

function run() {
  clearTimeout(timer);
  running = true;
  since = performance.now();
  if (!writes(at)) timer = setTimeout(stepOver, left);
  keepAwake();
  look();
}

function pause(why) {
  if (running) left = Math.max(0, left - (performance.now() - since));
  clearTimeout(timer);
  running = false;
  silence();
  letSleep();
  look();
  state.textContent = why;
}

function stepOver() {
  // A slow voice finishes its sentence.
  if (speaking()) {
    timer = setTimeout(stepOver, 400);
    return;
  }
  go(at + 1);
}

function resume() {
  run();
  say(steps[at].querySelector(".said__words").textContent);
}

function toggle() {
  if (writes(at)) go(at + 1);
  else if (running) pause(state.dataset.paused);
  else resume();
}

// ---- Steps --------------------------------------------------------------------------------

function look() {
  const waits = Boolean(writes(at));
  const guided = choices.breath && "breath" in steps[at].dataset;
  breath.hidden = !guided;
  playing.classList.toggle("guided", guided);
  playing.classList.toggle("paused", !running);
  playing.classList.toggle("waits", waits);
  const { pauseLabel, resumeLabel } = pauseButton.dataset;
  pauseButton.textContent = waits ? skipButton.textContent : running ? pauseLabel : resumeLabel;
  pauseButton.classList.toggle("button--quiet", !waits);
  skipButton.hidden = waits;
  backButton.disabled = at === 0;
  state.textContent = "";
  fillThread();
  if (navigator.mediaSession) navigator.mediaSession.playbackState = running ? "playing" : "paused";
}

function go(to) {
  if (to >= steps.length) {
    end();
    return;
  }
  at = Math.max(0, to);
  left = lengths[at];
  steps.forEach((step, number) => step.classList.toggle("now", number === at));
  const words = steps[at].querySelector(".said__words");
  show(playing, false);
  const hands = document.activeElement?.closest(".controls button");
  keepPlace();
  if ("bell" in steps[at].dataset) bell();
  say(words.textContent);
  run();
  // The caption keeps the keys, unless somebody is at a control that is still there. With the keys
  // on it a screen reader says it by itself.
  const there = hands && !hands.hidden && !hands.disabled;
  if (!there) words.focus({ preventScroll: true });
  aloud.textContent = choices.voice || !there ? "" : words.textContent;
}

function end() {
  clearTimeout(timer);
  running = false;
  filling?.cancel();
  letSleep();
  forgetPlace();
  aloud.textContent = "";
  // Asked afterwards only of those who said it before.
  form.querySelector("[data-after]").hidden = form.elements.before.value === "";
  show(form.querySelector("#landed"));
}

function stop() {
  silence();
  end();
}

// ---- A place that is found again after an interruption --------------------------------------

function keepPlace() {
  try {
    sessionStorage.setItem(PLACE, JSON.stringify({ at, thing: form.elements.thing.value, when: Date.now() }));
  } catch { /* full or forbidden: it begins at the beginning */ }
}

function forgetPlace() {
  sessionStorage.removeItem(PLACE);
}

function place() {
  try {
    const found = JSON.parse(sessionStorage.getItem(PLACE));
    return found && Date.now() - found.when < KEPT_FOR && found.at < steps.length ? found : null;
  } catch {
    return null;
  }
}

async function keepAwake() {
  try {
    awake ??= await navigator.wakeLock?.request("screen");
    if (!running) letSleep();
  } catch { /* a battery that is nearly empty may refuse it */ }
}

function letSleep() {
  awake?.release();
  awake = null;
}

document.addEventListener("visibilitychange", () => {
  if (!inPlayer() || !running) return;
  if (document.hidden) {
    awake = null; // the browser has let it go
    if (!choices.off) pause(state.dataset.away);
  } else keepAwake();
});
document.addEventListener("secondvoice:leaving", () => { silence(); forgetPlace(); });
window.addEventListener("pagehide", silence);

if (navigator.mediaSession) {
  // What a lock screen shows tells nothing.
  navigator.mediaSession.metadata = new MediaMetadata({ title: form.dataset.title });
  const keys = { play: toggle, pause: toggle, nexttrack: () => go(at + 1), previoustrack: () => go(at - 1), stop };
  for (const [key, act] of Object.entries(keys)) {
    try {
      navigator.mediaSession.setActionHandler(key, () => { if (inPlayer()) act(); });
    } catch { /* not every browser knows every key */ }
  }
}

// ---- Hands ----------------------------------------------------------------------------------

const acts = {
  "[data-told-go]": () => { remember(); show(form.querySelector("#begin")); },
  "[data-start]": () => go(0),
  "[data-go-on]": () => go(place()?.at ?? 0),
  "[data-pause]": toggle,
  "[data-back]": () => go(at - 1),
  "[data-skip]": () => go(at + 1),
  "[data-stop]": stop,
  "[data-skip-to]": (button) => go(steps.findIndex((step) => step.id === button.dataset.skipTo)),
  "[data-way]": (button) => show(form.querySelector(`[data-way-at="${button.dataset.way}"]`)),
};

form.addEventListener("click", (event) => {
  for (const [which, act] of Object.entries(acts)) {
    const button = event.target.closest(which);
    if (button) {
      act(button);
      return;
    }
  }
});

document.addEventListener("keydown", (event) => {
  if (!inPlayer() || event.isComposing || event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
  const { target } = event;
  if (target.closest("textarea, input, select")) return;
  const on = document.dir === "rtl" ? -1 : 1;
  const act = { ArrowRight: () => go(at + on), ArrowLeft: () => go(at - on), " ": toggle }[event.key];
  // On a button the space bar presses that button.
  if (!act || (event.key === " " && target.closest("button, a, summary"))) return;
  event.preventDefault();
  act();
});

// Enter in a field is a new line, and never an answer to the first question on the page.
form.addEventListener("submit", (event) => {
  const { submitter } = event;
  if (submitter?.name === "pace") return;
  event.preventDefault();
  if (submitter?.name === "steady") answerSteady(submitter);
  else if (submitter?.name === "landed") land(submitter.value);
});

function answerSteady(button) {
  const body = new URLSearchParams({ steady: button.value });
  fetch(button.formAction, { method: "POST", body, headers: { Accept: "application/json" } }).catch(() => {});
  if (button.value === "yes") show(form.querySelector(told() ? "#begin" : "#told"));
  else show(form.querySelector(`[data-steady-reply="${button.value}"]`));
}

// The answer is here and now; keeping it is tried beside.
async function land(value) {
  const reply = value && form.querySelector(`[data-reply="${CSS.escape(value)}"]`);
  if (reply) show(reply);
  const outcome = await draft.send(value);
  if (outcome.care === "now") show(form.querySelector("#care"));
  for (const offer of form.querySelectorAll(".offer")) offer.hidden = outcome.care !== "offer";
  for (const changed of form.querySelectorAll("[data-pace]")) changed.hidden = changed.dataset.pace !== outcome.pace;
  form.querySelector("[data-put-back]").hidden = !outcome.pace;
  if (!reply && outcome.care !== "now" && (outcome.kept || !draft.has())) location.assign("/practices/");
}

// ---- The beginning ----------------------------------------------------------------------------

function told() {
  if (!form.querySelector("#told")) return true;
  try {
    return localStorage.getItem(TOLD) !== null;
  } catch {
    return false;
  }
}

function remember() {
  try {
    localStorage.setItem(TOLD, "");
  } catch { /* it is told again */ }
}

settings(form.querySelector("[data-sound]"), () => { if (inPlayer()) look(); });
const found = place();
draft.begin(found?.thing);
if (found) {
  const again = form.querySelector("[data-go-on]");
  again.hidden = false;
  again.before(form.querySelector("[data-start]"));
}
show(form.querySelector("#steady") ?? form.querySelector(told() ? "#begin" : "#told"), false);

// The minute: one step at a time, at the person's own pace. It needs no network once it is here.

const root = document.querySelector("[data-minute]");
const main = document.querySelector("main");
const breath = document.querySelector(".breath");
const sections = [...root.children].filter((section) => !section.classList.contains("reply"));
const sound = document.querySelector("[data-sound]");
let at = 0;
let audio = null;

function show(section, breathing) {
  for (const other of root.children) other.classList.toggle("now", other === section);
  breath.hidden = !breathing;
  main.dataset.at = section.id || "reply";
  section.querySelector("[tabindex]").focus({ preventScroll: true });
  window.scrollTo(0, 0);
}

function go(to) {
  at = Math.max(0, Math.min(to, sections.length - 1));
  show(sections[at], at < sections.length - 1);
  const list = sections[at].querySelector("[data-own]");
  if (list) ownWishes(list);
  if (audio) bell();
}

// What a page may ask the service worker, where one is needed; with the version of this file.
const waits = () => import(`./waits.js${new URL(import.meta.url).search}`);

// The person's own wishes come first where the diary is open. This page is the same for everybody,
// so they are asked for apart: of the program, and without a network of what is sealed on this device.
async function ownWishes(list) {
  const address = list.dataset.own;
  delete list.dataset.own;
  try {
    const response = await fetch(address, { cache: "no-store" });
    if (response.status === 200) list.insertAdjacentHTML("afterbegin", await response.text());
  } catch {
    const { ask } = await waits();
    const wishes = await ask({ ask: "wishes" });
    list.prepend(...(Array.isArray(wishes) ? wishes : []).map(phrase));
  }
}

// As in _own_wishes.html.
function phrase(text, number) {
  const label = document.createElement("label");
  const choice = document.createElement("input");
  label.className = "phrase phrase--own";
  choice.type = "radio";
  choice.name = "self_kindness";
  choice.value = `own-${number + 1}`;
  label.append(choice, ` ${text}`);
  return label;
}

breath.hidden = false;

root.addEventListener("click", (event) => {
  if (event.target.closest("[data-next]")) go(at + 1);
  else if (event.target.closest("[data-back]")) go(at - 1);
  const way = event.target.closest("[data-way]");
  if (way) show(root.querySelector(`[data-way-at="${way.dataset.way}"]`), false);
});

// Three partials of a small bell, each fainter and shorter than the one below it.
function bell() {
  for (const [times, loudness, seconds] of [[1, 0.16, 3.2], [2.76, 0.05, 1.8], [5.4, 0.02, 0.9]]) {
    const tone = audio.createOscillator();
    const level = audio.createGain();
    const now = audio.currentTime;
    tone.frequency.value = 330 * times;
    level.gain.setValueAtTime(0, now);
    level.gain.linearRampToValueAtTime(loudness, now + 0.02);
    level.gain.exponentialRampToValueAtTime(0.0001, now + seconds);
    tone.connect(level).connect(audio.destination);
    tone.start();
    tone.stop(now + seconds);
  }
}

sound.hidden = !("AudioContext" in window);
sound.addEventListener("click", async () => {
  if (audio) {
    await audio.close();
    audio = null;
  } else {
    audio = new AudioContext();
    bell();
  }
  sound.textContent = audio ? sound.dataset.off : sound.dataset.on;
});

// How it landed is answered here and now; keeping it is tried beside, and may fail quietly: the
// diary may be locked. Without a network it waits on this device.
root.querySelector("[data-landed]").addEventListener("submit", async (event) => {
  event.preventDefault();
  const { value } = event.submitter;
  const reply = root.querySelector(`[data-reply="${CSS.escape(value)}"]`);
  show(reply, false);
  const status = reply.querySelector("[data-kept]");
  const body = new URLSearchParams({ landed: value });
  try {
    const response = await fetch(event.target.action, { method: "POST", body, headers: { Accept: "application/json" } });
    const { kept, problem, pace } = await response.json();
    status.textContent = kept ? status.dataset.kept : problem;
    for (const changed of root.querySelectorAll("[data-pace]")) changed.hidden = changed.dataset.pace !== pace;
    root.querySelector("[data-put-back]").hidden = !pace;
  } catch {
    const { layBy } = await waits();
    const kept = await layBy("practice", new URL(event.target.action).pathname, body);
    status.textContent = kept ? status.dataset.waits : "";
  }
});

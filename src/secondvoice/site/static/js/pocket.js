// The page to write on without a network: what waits, and words at hand. The service worker does
// the keeping and the sending (waiting.js); the forms are plain forms that it takes up on their way.

// With the version of this file, by which the service worker knows it.
const { ask } = await import(`./waits.js${new URL(import.meta.url).search}`);
const section = document.getElementById("waiting");
const words = JSON.parse(section.dataset.words);
const workers = navigator.serviceWorker;

// A UUIDv7 for each form, so that two touches of its button are one write.
function makeId() {
  const chance = crypto.getRandomValues(new Uint8Array(10));
  const hex = Date.now().toString(16).padStart(12, "0") + Array.from(chance, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const variant = (Number.parseInt(hex[16], 16) & 3 | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}

function element(name, className, text) {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

// Its words, where the diary is open; a form's numbers are not told here.
function wordsOf(fields) {
  const said = (fields ?? []).filter(([name, value]) => value.trim() && words.long.includes(name));
  return said.map(([name, value]) => element("p", name === "voice" ? "voice-critic" : words.second.includes(name) ? "voice-second" : "as-written", value));
}

function row({ id, what, state, fields }) {
  const item = element("li", "moment stack-2", "");
  const head = element("p", "moment__what", words.kinds[what] ?? "");
  const letGo = element("button", "link", words.let_go);
  letGo.type = "button";
  letGo.addEventListener("click", async () => {
    show(await ask({ ask: "letGo", id }));
    section.focus();
  });
  head.append(letGo);
  item.append(head, ...wordsOf(fields));
  if (words[state]) item.append(element("p", "small", words[state]));
  return item;
}

function show(told) {
  if (!told) return;
  const { items, state, phrases, open, trouble } = told;
  const count = items.length;
  const status = section.querySelector("[data-count]");
  const lines = [count === 1 ? words.one : words.many.replace("{count}", count)];
  if (!open && items.some(({ what }) => what === "moment")) lines.push(words.sealed);
  if (words[state] && state !== "") lines.push(words[state]);
  status.textContent = trouble ? words[trouble] : count ? lines.join(" ") : words.none;
  section.hidden = section.hidden && !count && !trouble;
  section.querySelector("[data-items]").replaceChildren(...items.map(row));
  section.querySelector("[data-send]").hidden = !count;
  showPhrases(phrases);
}

function showPhrases(phrases) {
  const own = document.querySelector("[data-own]");
  own.hidden = !phrases.length;
  own.querySelector("ul").replaceChildren(...phrases.map((phrase) => {
    const item = document.createElement("li");
    const button = element("button", "phrase phrase--own", phrase);
    button.type = "button";
    button.dataset.phraseFor = "moment_kind_words";
    item.append(button);
    return item;
  }));
}

for (const field of document.querySelectorAll('input[name="id"]')) field.value = makeId();
section.querySelector("[data-send]").addEventListener("click", async () => show(await ask({ ask: "send" })));
window.addEventListener("online", async () => show(await ask({ ask: "send" })));
workers?.addEventListener("message", async ({ data }) => { if (data === "waiting") show(await ask({ ask: "list" })); });
const told = await ask({ ask: "list" });
show(told);
if (location.hash === "#waiting" && !section.hidden) section.focus();

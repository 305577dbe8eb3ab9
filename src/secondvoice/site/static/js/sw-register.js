// The minute and support go on working without a network, and what was written without one is sent
// when the two meet again. A note on the page says so.

const workers = navigator.serviceWorker;

// A newer worker takes over when the one before it has nothing to do. A message that reaches that one
// while it is being stopped starts it again, and Chromium then lets the newer one wait.
const settled = ({ installing, waiting }) => new Promise((resolve) => {
  const coming = installing ?? waiting;
  if (!coming) resolve();
  else coming.addEventListener("statechange", () => { if (/activated|redundant/.test(coming.state)) resolve(); });
});

async function look() {
  await settled(await workers.getRegistration());
  const { active } = await workers.ready;
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data: { note, sent } }) => {
    const before = document.getElementById("waits");
    // Of two questions at once only one is told what was sent; people to turn to stay in any case.
    if (before?.dataset.sent && (!note || before.dataset.sent === "care")) return;
    before?.remove();
    const here = location.pathname;
    // The page of what waits says it itself.
    if (!note || here === note.href || (here === "/pocket/" && !note.link)) return;
    const said = document.createElement("p");
    const link = document.createElement("a");
    said.id = "waits";
    said.className = "note";
    said.role = "status";
    if (sent) said.dataset.sent = sent;
    link.href = note.href;
    link.textContent = note.link;
    said.append(note.text, ...(note.link ? [link] : []));
    // Inside what is spaced, where there is such a thing.
    (document.querySelector("main > [class*=stack]") ?? document.querySelector("main")).prepend(said);
  };
  active.postMessage({ ask: "note" }, [port2]);
}

if (workers) {
  window.addEventListener("load", () => { workers.register("/sw.js", { scope: "/" }).then(look).catch(() => {}); });
  window.addEventListener("online", () => { look().catch(() => {}); });
}

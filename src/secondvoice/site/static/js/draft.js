// Keeps a half-written form: sends it to data-draft a moment after the last key, when the page is
// hidden, and before leaving. The server seals it; nothing is stored in the browser.

const PAUSE = 1000; // milliseconds after the last key
const KEEPALIVE_MOST = 60_000; // bytes: browsers refuse larger bodies that outlive the page

function watch(form) {
  const status = form.querySelector("[data-draft-status]");
  let timer = 0;
  let changed = false;
  let sending = Promise.resolve();
  let underWay = null; // the request that is being sent while typing

  const say = (text) => { if (status) status.textContent = text; };

  async function send(last) {
    clearTimeout(timer);
    if (!changed) return;
    changed = false;
    if (!last) underWay = new AbortController();
    const body = new URLSearchParams(new FormData(form)).toString();
    try {
      const response = await fetch(form.dataset.draft, {
        method: "POST",
        body,
        headers: { "Content-Type": "application/x-www-form-urlencoded", "X-Draft": "1" },
        signal: last ? undefined : underWay.signal,
        keepalive: last && body.length < KEEPALIVE_MOST,
        redirect: "manual",
      });
      if (!response.ok) throw new Error(String(response.status));
      if (!changed) say(document.body.dataset.kept);
    } catch (error) {
      if (error.name === "AbortError") return;
      changed = true;
      say(document.body.dataset.notKept);
    }
  }

  // One after the other while typing, so that an older draft never lands on a newer one. A page
  // that goes cannot wait for its turn.
  const queue = (last = false) => (sending = sending.then(() => send(last)));

  form.addEventListener("input", () => {
    changed = true;
    say("");
    clearTimeout(timer);
    timer = setTimeout(queue, PAUSE);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    changed = false;
    // What was typed before must not arrive after what is sent now.
    underWay?.abort();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") send(true);
  });
  // Before the next page is asked for; where a browser tells of that too late or not at all, after.
  window.addEventListener("beforeunload", () => send(true));
  window.addEventListener("pagehide", () => send(true));
  // Another form of the page (Lock, "That's not it") takes the page away, too.
  document.addEventListener("submit", (event) => { if (event.target !== form) send(true); });
  document.addEventListener("secondvoice:leaving", (event) => event.detail.push(queue(true)));
}

for (const form of document.querySelectorAll("form[data-draft]")) watch(form);

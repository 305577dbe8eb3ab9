// Leave quickly: one button, one key. The page is blank at once; locking follows behind it.

const LONGEST_FLUSH = 400; // milliseconds that a draft may take before the page is left
const LONGEST_LOCK = 1500; // and the lock; the page is blank all the while

const after = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });

async function leave(form) {
  document.documentElement.hidden = true;
  document.title = form.dataset.leave;
  // Others (draft.js) may have something to send first: they push promises here.
  const waits = [];
  document.dispatchEvent(new CustomEvent("secondvoice:leaving", { detail: waits }));
  await Promise.race([Promise.allSettled(waits), after(LONGEST_FLUSH)]);
  // Waited for: what a closing page sends may be given up with it.
  const locked = fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), keepalive: true, redirect: "manual" }).catch(() => {});
  await Promise.race([locked, after(LONGEST_LOCK)]);
  location.replace("/blank/");
}

const form = document.querySelector("form[data-leave]");

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  leave(form);
});

// Listens last, on the window: whoever wants Escape for itself has taken it by then.
window.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.isComposing || event.defaultPrevented || !form) return;
  if (document.querySelector(":popover-open, dialog[open]") || document.fullscreenElement) return;
  event.preventDefault();
  leave(form);
});

// A page that the browser kept in memory is asked for again, so that a locked diary stays locked.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  document.documentElement.hidden = true;
  location.reload();
});

// Asks this browser whether it may show reminders, and sends on what it gives for them.

const form = document.querySelector("form[data-push]");
const cannot = document.querySelector("[data-push-cannot]");

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));

const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

function say(what) {
  for (const line of form.querySelectorAll("[data-push-said]")) line.hidden = line.dataset.pushSaid !== what;
}

// A subscription belongs to one server's key; one to another key is let go of first.
async function subscribe(worker) {
  const key = bytes(form.dataset.push);
  const kept = await worker.pushManager.getSubscription();
  const same = kept && text(kept.options.applicationServerKey) === form.dataset.push;
  if (kept && !same) await kept.unsubscribe();
  return same ? kept : worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
}

async function begin(event) {
  event.preventDefault();
  say("");
  if (await Notification.requestPermission() !== "granted") return say("refused");
  try {
    const given = await subscribe(await navigator.serviceWorker.ready);
    form.elements.endpoint.value = given.endpoint;
    form.elements.public_key.value = text(given.getKey("p256dh"));
    form.elements.auth.value = text(given.getKey("auth"));
    form.submit();
  } catch {
    say("failed");
  }
}

if (form && "PushManager" in window && "Notification" in window && await navigator.serviceWorker?.getRegistration()) {
  form.hidden = false;
  cannot.hidden = true;
  form.addEventListener("submit", begin);
}

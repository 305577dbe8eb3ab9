{# Keeps the pages that are the same for everybody usable without a network: the minute, support, #}
{# grounding, and the page that says so. No other page is ever stored, and no page that is marked #}
{# no-store, whatever its address. VERSION, PAGES and FILES are written above by the view. #}

const CACHE = `second-voice-${VERSION}`;
const PATIENCE = 400;{# milliseconds that a page may take before the kept copy is shown #}
const LOOSELY = { ignoreVary: true };{# the pages are the same whatever the cookies say #}
const BLANK = "<!doctype html><html lang=en><meta charset=utf-8><title>New tab</title>";

const storable = (response) =>
  response.ok && !response.redirected && response.type === "basic" &&
  !/no-store/.test(response.headers.get("Cache-Control") ?? "");

async function fill() {
  const cache = await caches.open(CACHE);
  await Promise.all([...PAGES, ...FILES].map(async (address) => {
    const response = await fetch(address, { cache: "no-cache" });
    if (!storable(response)) throw new Error(`${address} cannot be kept`);
    await cache.put(address, response);
  }));
}

async function clear() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("second-voice-") && name !== CACHE).map((name) => caches.delete(name)));
  await self.clients.claim();
}

{# The network's answer if it comes soon, so that an update shows; else the copy. #}
async function stillPage(request, path) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(path, LOOSELY);
  const fresh = fetch(request).then((response) => {
    if (storable(response)) cache.put(path, response.clone());
    return response;
  });
  if (!kept) return fresh.catch(() => offline());
  const late = new Promise((resolve) => { setTimeout(resolve, PATIENCE, kept); });
  return Promise.race([fresh.then((response) => (response.ok ? response : kept), () => kept), late]);
}

async function file(request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(request, LOOSELY)) ?? fetch(request);
}

async function offline() {
  const cache = await caches.open(CACHE);
  return (await cache.match("/offline/", LOOSELY)) ?? Response.error();
}

self.addEventListener("install", (event) => {
  {# Forms go straight to the network. One that is sent while its page closes (a draft, the lock) #}
  {# would otherwise wait for this script, and be given up together with its page. #}
  if (event.addRoutes) event.waitUntil(event.addRoutes({ condition: { requestMethod: "POST" }, source: "network" }));
  event.waitUntil(fill().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(clear());
});

{# A reminder: neutral words, no sound, the newer in the place of the older. "Stop" needs no page and #}
{# no network: the relay tells the program that this browser has let go. #}
self.addEventListener("push", (event) => {
  let words = SAYS[0];
  try { words = SAYS.find((known) => known === event.data.json().notification.title) ?? words; } catch {}
  event.waitUntil(self.registration.showNotification(words, {
    tag: "moment", silent: true, icon: "/static/img/icon-192.png", actions: [{ action: "stop", title: "Stop these" }],
  }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  if (event.action === "stop") event.waitUntil(self.registration.pushManager.getSubscription().then((given) => given?.unsubscribe()));
  else event.waitUntil(self.clients.openWindow("/minute/"));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  if (address.pathname.startsWith("/static/")) event.respondWith(file(request));
  else if (request.mode !== "navigate") return;
  else if (PAGES.includes(address.pathname)) event.respondWith(stillPage(request, address.pathname));
  else if (address.pathname === "/blank/") {
    event.respondWith(fetch(request).catch(() => new Response(BLANK, { headers: { "Content-Type": "text/html" } })));
  } else event.respondWith(fetch(request).catch(offline));
});

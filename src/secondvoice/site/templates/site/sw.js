{# Keeps the pages that are the same for everybody usable without a network, and lets what is #}
{# written there wait (waiting.js). No other page is ever stored, and no page that is marked #}
{# no-store, whatever its address. The constants are written above by the view. #}
importScripts(WAITING);

const CACHE = `second-voice-${VERSION}`;
const LOOSELY = { ignoreVary: true };{# the pages are the same whatever the cookies say #}
const PLAN = "/support/plan/";
const BLANK = `<!doctype html><html><meta charset=utf-8><title>${NEW_TAB}</title>`;
const FORMS = [
  ["moment", /^\/moments\/[0-9a-f-]{36}\/(notice|hear|answer|right|see)\/$/],
  ["check_in", /^\/measures\/check-in\/$/],
  ["practice", /^(\/practices\/[\w-]+\/[\w-]+|\/minute)\/landed\/$/],
  ["", /^\/waiting\/write\/(moment|check_in|practice)\/$/],
];

const storable = (response) =>
  response.ok && !response.redirected && response.type === "basic" &&
  !/no-store/.test(response.headers.get("Cache-Control") ?? "");

async function layByPage(address) {
  const response = await fetch(address, { cache: "no-cache", headers: { "X-Still": "1" } });
  if (!storable(response)) throw new Error(`${address} cannot be kept`);
  await (await caches.open(CACHE)).put(address, response);
}

{# The hard minute's pages must all be there, or this version is none. #}
const fill = () => Promise.all([...PAGES, OWN, ...FILES].map(layByPage));

{# The library comes after them, several pages at a time; what is missing of it is fetched at a #}
{# later visit. Its pages have the headers of another page that is the same for everybody. #}
async function fillLibrary() {
  const cache = await caches.open(CACHE);
  const { headers } = await cache.match(OWN, LOOSELY);
  for (const address of PIECES) {
    if (await cache.match(address)) continue;
    const response = await fetch(address);
    if (!storable(response)) return;
    const pages = Object.entries(await response.json());
    await Promise.all(pages.map(([path, html]) => cache.put(path, new Response(html, { headers }))));
    await cache.put(address, new Response(""));
  }
}

async function clear() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("second-voice-") && name !== CACHE).map((name) => caches.delete(name)));
  await self.clients.claim();
}

{# The copy at once: it is this version's, and an update of the program brings its own. #}
async function stillPage(request, path) {
  const cache = await caches.open(CACHE);
  const copy = await cache.match(path, LOOSELY);
  return copy ?? fetch(request).catch(offline);
}

async function file(request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(request, LOOSELY)) ?? fetch(request);
}

async function offline() {
  const cache = await caches.open(CACHE);
  return (await cache.match("/offline/", LOOSELY)) ?? Response.error();
}

{# A page of the library as it is for everybody: it knows no pace, and offers the floor first. #}
async function copyOf(path) {
  const cache = await caches.open(CACHE);
  return (await cache.match(path, LOOSELY)) ?? offline();
}

{# A lock that could not be told to the program is told before anything else is asked of it. #}
async function tellLock() {
  if (!await kept("lock_due").catch(() => false)) return;
  const { ok } = await fetch("/leave/", { method: "POST" });
  if (ok) await forget("lock_due");
}

{# A page of the diary says whether it is open. Nothing that follows keeps the page waiting. #}
async function diaryPage(event) {
  await tellLock().catch(() => {});
  const response = await fetch(event.request);
  const diary = response.headers.get("X-Diary");
  const follow = { open: () => meet().then(send), locked: () => shut().then(send) }[diary];
  if (follow) event.waitUntil(follow().then(fillLibrary).catch(() => {}));
  return response;
}

async function blankPage(event) {
  await shut().catch(() => {});
  try {
    return await fetch(event.request);
  } catch {
    await keep("lock_due", true).catch(() => {});
    return new Response(BLANK, { headers: { "Content-Type": "text/html" } });
  }
}

async function lock(event) {
  await shut().catch(() => {});
  try {
    return await fetch(event.request);
  } catch {
    await keep("lock_due", true).catch(() => {});
    return Response.redirect("/pocket/", 303);
  }
}

{# Another language: the pages that lie by are fetched in it before the next one is asked for. The #}
{# library follows; and with its own words, this script's next version. #}
async function speak(request) {
  const answer = await fetch(request);
  const again = async () => {
    await Promise.all([...PAGES, OWN].map(layByPage));
    const cache = await caches.open(CACHE);
    await Promise.all([...PLAYERS, ...CARDS, ...PIECES].map((address) => cache.delete(address)));
    await self.registration.update();
  };
  await again().catch(() => {});
  return answer;
}

{# A form goes to the program. Where that cannot be reached, what is in it waits. #}
async function sentForm(request, what, path) {
  const copy = request.clone();
  const answer = await fetch(request).catch(() => null);
  if (answer && ![502, 504].includes(answer.status)) {
    forgetMet().catch(() => {});{# what was written may be a phrase to have at hand #}
    return answer;
  }
  const fields = [...await copy.formData()].filter(([, value]) => typeof value === "string");
  try {
    await layBy(what, path, fields);
  } catch (error) {
    return givenBack(error.trouble ?? "closed", path, fields);
  }
  return Response.redirect("/pocket/#waiting", 303);
}

const escaped = (text) => text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);

{# It could not be kept: the page says why, and has every word on it. #}
async function givenBack(name, path, fields) {
  const cache = await caches.open(CACHE);
  const page = await cache.match("/pocket/", LOOSELY);
  if (!page) return Response.error();
  const words = fields.map(([field, value]) => (LONG.includes(field) && value
    ? `<textarea name="${escaped(field)}" aria-label="${TROUBLE.words}" rows="4">${escaped(`\n${value}`)}</textarea>`
    : `<input type="hidden" name="${escaped(field)}" value="${escaped(value)}">`));
  const section = `<section class="note stack" role="alert"><h2>${TROUBLE.title}</h2><p>${TROUBLE[name]}</p>` +
    `<form method="post" action="${escaped(path)}" class="stack">${words.join("")}<p class="actions"><button class="button">${TROUBLE.again}</button></p></form></section>`;
  const html = (await page.text()).replace(/<div data-given-back><\/div>/, () => section);
  const headers = new Headers(page.headers);
  headers.set("Cache-Control", "no-store");
  return new Response(html, { status: 200, headers });
}

{# Where the browser can, it answers by itself, without waking this script. What a script sends goes #}
{# straight to the network: one that is sent while its page closes (a draft, the lock) would be given #}
{# up together with its page. What is the same for everybody comes from the cache. #}
const STILL = { requestMethod: "GET", requestMode: "navigate" };
const routes = () => [
  { condition: { requestMethod: "POST", requestMode: "cors" }, source: "network" },
  { condition: { urlPattern: new URLPattern({ pathname: "/static/*" }) }, source: { cacheName: CACHE } },
  ...[...PAGES, ...CARDS, "/practices/:name/:form/"].map((pathname) => (
    { condition: { ...STILL, urlPattern: new URLPattern({ pathname }) }, source: { cacheName: CACHE } }
  )),
];

self.addEventListener("install", (event) => {
  if (event.addRoutes) event.waitUntil(event.addRoutes(routes()).catch(() => {}));
  event.waitUntil(fill().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(clear());
  fillLibrary().catch(() => {});
});

{# A reminder: neutral words, no sound, the newer in the place of the older. "Stop" needs no page and #}
{# no network: the relay tells the program that this browser has let go. #}
self.addEventListener("push", (event) => {
  let [words] = SAYS[0];
  try { [words] = SAYS.find((known) => known.includes(event.data.json().notification.title)) ?? SAYS[0]; } catch {}
  event.waitUntil(self.registration.showNotification(words, {
    tag: "moment", silent: true, icon: "/static/img/icon-192.png", actions: [{ action: "stop", title: STOP }],
  }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  if (event.action === "stop") event.waitUntil(self.registration.pushManager.getSubscription().then((given) => given?.unsubscribe()));
  else event.waitUntil(self.clients.openWindow("/minute/"));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (request.method === "POST") {
    const [kind] = FORMS.filter(([, pattern]) => pattern.test(pathname));
    if (request.mode !== "navigate") return;
    if (pathname === "/language/") event.respondWith(speak(request));
    else if (["/lock/", "/leave/"].includes(pathname)) event.respondWith(lock(event));
    else if (kind) event.respondWith(sentForm(request, kind[0] || kind[1].exec(pathname)[1], pathname));
    else event.waitUntil(forgetMet(...pathname.startsWith(PLAN) ? ["open_plan"] : []).catch(() => {}));{# it may have changed what to have at hand #}
    return;
  }
  if (request.method !== "GET") return;
  if (pathname.startsWith("/static/")) event.respondWith(file(request));
  else if (request.mode !== "navigate") return;
  else if ([PAGES, PLAYERS, CARDS].some((still) => still.includes(pathname))) event.respondWith(stillPage(request, pathname));
  else if (pathname === "/blank/") event.respondWith(blankPage(event));
  else if (pathname.startsWith(PLAN)) event.respondWith(diaryPage(event).catch(() => copyOf("/support/")));
  else if (pathname.startsWith(OWN)) event.respondWith(diaryPage(event).catch(() => copyOf(pathname)));
  else event.respondWith(diaryPage(event).catch(offline));
});

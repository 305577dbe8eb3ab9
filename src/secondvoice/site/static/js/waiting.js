// What is written while the program cannot be reached: sealed to the diary's public key, laid by in
// IndexedDB, sent when the two meet again. Loaded by the service worker. The format of a box is in
// docs/storage.md, what a lock does to all this in docs/decisions/0014-waiting-writes.md.

const DATABASE = "secondvoice";
// One step a version, never changed once released: an update finds what waits as it was left.
const STEPS = [
  (database) => {
    database.createObjectStore("waiting", { keyPath: "id" });
    database.createObjectStore("kept");
  },
];
const HALF = `sv_pocket${self.location.port}`; // the cookie with the other half of the reading key
const MEET_EVERY = 10 * 60_000; // milliseconds between two visits to the diary's key and phrases
const BLOCK = 64;

const bytes = (text) => new TextEncoder().encode(text);
const random = (length) => crypto.getRandomValues(new Uint8Array(length));
const PIECE = 0x2000; // as many arguments as a call may take anywhere
function toBase64(buffer) {
  const array = new Uint8Array(buffer);
  let text = "";
  for (let at = 0; at < array.length; at += PIECE) text += String.fromCharCode(...array.subarray(at, at + PIECE));
  return btoa(text);
}
const fromBase64 = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const joined = (one, other) => Uint8Array.of(...new Uint8Array(one), ...new Uint8Array(other));
const trouble = (name) => Object.assign(new Error(name), { trouble: name });

// --- the store ---------------------------------------------------------------------------------

let opening = null;

function store() {
  opening ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open(DATABASE, STEPS.length);
    asked.onupgradeneeded = ({ oldVersion }) => { for (const step of STEPS.slice(oldVersion)) step(asked.result); };
    asked.onsuccess = () => {
      // Another window is newer: let it update what is here.
      asked.result.onversionchange = () => { asked.result.close(); opening = null; };
      asked.result.onclose = () => { opening = null; };
      resolve(asked.result);
    };
    asked.onerror = () => {
      opening = null;
      const { name } = asked.error;
      reject(trouble({ VersionError: "newer", QuotaExceededError: "full" }[name] ?? "closed"));
    };
  });
  return opening;
}

// Runs ask(objectStore) in one transaction, on disk when this resolves.
async function inside(name, mode, ask) {
  const database = await store();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(name, mode, { durability: "strict" });
    const asked = ask(transaction.objectStore(name));
    transaction.oncomplete = () => resolve(asked?.result);
    transaction.onabort = () => reject(trouble(transaction.error?.name === "QuotaExceededError" ? "full" : "closed"));
  });
}

const kept = (key) => inside("kept", "readonly", (values) => values.get(key));
const keep = (key, value) => inside("kept", "readwrite", (values) => values.put(value, key));
const forget = (...keys) => inside("kept", "readwrite", (values) => { for (const key of keys) values.delete(key); });
const waiting = () => inside("waiting", "readonly", (items) => items.getAll());

// A UUIDv7 (RFC 9562): the time in milliseconds, then chance.
function makeId() {
  const id = random(16);
  new DataView(id.buffer).setUint32(0, Math.floor(Date.now() / 0x10000));
  new DataView(id.buffer).setUint16(4, Date.now() % 0x10000);
  id[6] = id[6] & 0x0f | 0x70;
  id[8] = id[8] & 0x3f | 0x80;
  return Array.from(id, (byte) => byte.toString(16).padStart(2, "0")).join("").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

const idBytes = (id) => Uint8Array.from(id.replaceAll("-", "").match(/../g), (pair) => Number.parseInt(pair, 16));

// --- the box: ECDH on P-256, HKDF-SHA256, AES-256-GCM ---------------------------------------------

async function sealTo(publicKey, text, boundTo) {
  const curve = { name: "ECDH", namedCurve: "P-256" };
  const theirs = await crypto.subtle.importKey("raw", publicKey, curve, false, []);
  const once = await crypto.subtle.generateKey(curve, false, ["deriveBits"]);
  const point = await crypto.subtle.exportKey("raw", once.publicKey);
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, once.privateKey, 256);
  const secret = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const key = await crypto.subtle.deriveKey(
    { name: "HKDF", hash: "SHA-256", salt: joined(point, publicKey), info: bytes("secondvoice/box/1") },
    secret, { name: "AES-GCM", length: 256 }, false, ["encrypt"],
  );
  const content = bytes(text);
  const padded = new Uint8Array((Math.floor(content.length / BLOCK) + 1) * BLOCK);
  padded.set(content);
  padded[content.length] = 0x80;
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv: new Uint8Array(12), additionalData: boundTo }, key, padded);
  return new Blob([Uint8Array.of(1), point, sealed]).arrayBuffer();
}

// --- reading back on this device, while the diary is open -------------------------------------------

// Half of the key lies here and cannot be exported, half in a cookie that the browser forgets when it
// is closed. A lock takes both away.
async function readingKey() {
  const [secret, seen, minutes] = await Promise.all([kept("secret"), kept("seen"), kept("lock_after")]);
  const half = await self.cookieStore?.get(HALF);
  if (!secret || !half) return null;
  if (Math.abs(Date.now() - seen) > minutes * 60_000) {
    await shut();
    return null;
  }
  const salt = fromBase64(decodeURIComponent(half.value));
  return crypto.subtle.deriveKey(
    { name: "HKDF", hash: "SHA-256", salt, info: bytes("secondvoice/reading/1") },
    secret, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"],
  );
}

async function hidden(key, value) {
  const iv = random(12);
  return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, bytes(JSON.stringify(value))) };
}

async function shown(key, copy) {
  if (!key || !copy) return null;
  try {
    const data = await crypto.subtle.decrypt({ name: "AES-GCM", iv: copy.iv }, key, copy.data);
    return JSON.parse(new TextDecoder().decode(data));
  } catch {
    return null; // sealed before a lock
  }
}

// What is at hand may be out of date, also what is just being fetched.
let outdated = 0;
const forgetMet = (...keys) => {
  outdated += 1;
  return forget("met", ...keys);
};

let locks = 0; // a lock may come while something is being fetched

// The diary is open: fetch what this device needs for the time without it.
async function meet() {
  const met = await kept("met");
  if (met > Date.now() - MEET_EVERY && await readingKey()) {
    await keep("seen", Date.now());
    return;
  }
  const [before, unlocked] = [outdated, locks];
  const response = await fetch("/waiting/key/", { headers: { Accept: "application/json" } });
  if (!response.ok) return;
  const { public: publicKey, lock_after: minutes, open_plan: open, ...own } = await response.json();
  await keep("public", fromBase64(publicKey));
  if (outdated === before) await layOpen(open);
  await keep("lock_after", minutes);
  await keep("seen", Date.now());
  if (!self.cookieStore || locks !== unlocked) return;
  if (!await readingKey()) {
    await self.cookieStore.set({ name: HALF, value: encodeURIComponent(toBase64(random(32))), sameSite: "strict", path: "/" });
    await keep("secret", await crypto.subtle.importKey("raw", random(32), "HKDF", false, ["deriveKey"]));
  }
  await keep("phrases", await hidden(await readingKey(), own));
  if (locks !== unlocked) await shut();
  else if (outdated === before) await keep("met", Date.now());
}

// What the person chose to be read without unlocking: the one thing that lies here in the clear.
const layOpen = (parts) => (parts.length ? keep("open_plan", parts) : forget("open_plan"));

// The diary is locked: nothing else that lies here can be read any more. The boxes stay.
async function shut() {
  locks += 1;
  await self.cookieStore?.delete(HALF);
  await forget("secret", "phrases", "met", "seen");
  await inside("waiting", "readwrite", (items) => {
    items.openCursor().onsuccess = ({ target: { result: cursor } }) => {
      if (!cursor) return;
      if (cursor.value.copy) cursor.update({ ...cursor.value, copy: null });
      cursor.continue();
    };
  });
}

// --- keeping and sending ----------------------------------------------------------------------------

const NOT_KEPT = ["csrfmiddlewaretoken", "id"];

async function layBy(what, path, fields) {
  const publicKey = await kept("public");
  if (!publicKey) throw trouble("no_key");
  const given = fields.find(([name]) => name === "id")?.[1];
  const id = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f-]{22}$/.test(given ?? "") ? given : makeId();
  const now = new Date();
  const item = {
    v: 1, what, path,
    at: now.toISOString(),
    day: [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-"),
    fields: fields.filter(([name]) => !NOT_KEPT.includes(name)),
  };
  const box = await sealTo(publicKey, JSON.stringify(item), idBytes(id));
  const key = await readingKey();
  const copy = key && await hidden(key, item.fields);
  if (key) await keep("seen", Date.now());
  await inside("waiting", "readwrite", (items) => items.put({ id, what, box, copy, state: "" }));
  await keep("state", "until_network").catch(() => {});
  await self.registration.sync?.register("send").catch(() => {});
  return id;
}

// What the answer to one of them says of it, and of those after it.
const ONE = { 409: "other", 422: "refused", 426: "newer" };
const ALL = { 403: "until_entered", 423: "until_unlocked" };

// As it is now: it may have been let go, or shut, since it was read.
const mark = (id, state) => inside("waiting", "readwrite", (items) => {
  items.get(id).onsuccess = ({ target: { result: item } }) => { if (item) items.put({ ...item, state }); };
});

async function sendOne(item) {
  const body = JSON.stringify({ id: item.id, box: toBase64(item.box) });
  const headers = { "Content-Type": "application/json" };
  let status = 0; // no network, or the program is not there
  let care = false;
  try {
    const response = await fetch("/waiting/send/", { method: "POST", headers, body, redirect: "error" });
    status = response.status;
    if (status === 200) ({ care } = await response.json());
  } catch {
    status = 0;
  }
  if (care) await keep("sent", "care").catch(() => {});
  if (status === 200) await inside("waiting", "readwrite", (items) => items.delete(item.id));
  else if (ONE[status]) await mark(item.id, ONE[status]);
  else return ALL[status] ?? "until_network";
  return "";
}

async function sendAll() {
  let state = "";
  const items = await waiting();
  if (!items.length) return;
  for (const item of items) {
    state = await sendOne(item);
    if (state) break;
  }
  const left = await waiting();
  await keep("state", state).catch(() => {}); // on a full device it is only not told
  if (left.length < items.length && await kept("sent") !== "care") await keep("sent", "sent").catch(() => {});
  for (const client of await self.clients.matchAll()) client.postMessage("waiting");
}

// One after the other. Not a Web Lock: Chromium would not let a worker that took one be replaced.
let sending = Promise.resolve();
const send = () => (sending = sending.catch(() => {}).then(sendAll));

// --- what a page may ask --------------------------------------------------------------------------

const ownWords = async (key) => await shown(key, await kept("phrases")) ?? { wishes: [], phrases: [], plan: [] };

const ANSWERS = {
  async list() {
    const [items, key, state] = [await waiting(), await readingKey(), await kept("state")];
    const told = items.map(async ({ id, what, state: own, copy }) => ({ id, what, state: own, fields: await shown(key, copy) }));
    const { wishes, phrases } = await ownWords(key);
    return { items: await Promise.all(told), state: state ?? "", phrases: [...wishes, ...phrases], open: Boolean(key) };
  },
  async wishes() {
    return (await ownWords(await readingKey())).wishes;
  },
  // The plan for a hard hour: as the program shows it just now; without a network what is here of it.
  async plan() {
    const before = outdated;
    const response = await fetch("/support/plan/mine/").catch(() => null);
    if (response?.ok) {
      const { parts, unlocked } = await response.json();
      if (!unlocked && outdated === before) await layOpen(parts);
      return parts;
    }
    const { plan } = await ownWords(await readingKey());
    return plan?.length ? plan : await kept("open_plan") ?? [];
  },
  async send() {
    await send();
    return ANSWERS.list();
  },
  layBy: ({ what, path, fields }) => layBy(what, path, fields).then(() => ANSWERS.list()),
  // One sentence for any page: what has come to the diary since the last one, or that something waits.
  async note() {
    await send();
    const [sent, items] = [await kept("sent"), await waiting()];
    if (sent) await forget("sent");
    return { note: sent ? NOTES[sent] : items.length ? NOTES.waiting : null, sent };
  },
  async letGo({ id }) {
    await inside("waiting", "readwrite", (items) => items.delete(id));
    return ANSWERS.list();
  },
};

self.addEventListener("message", (event) => {
  const answer = ANSWERS[event.data?.ask];
  if (answer) event.waitUntil(answer(event.data).then((told) => event.ports[0]?.postMessage(told), ({ trouble: name }) => event.ports[0]?.postMessage({ items: [], state: "", phrases: [], trouble: name ?? "closed" })));
});
self.addEventListener("sync", (event) => {
  if (event.tag === "send") event.waitUntil(send());
});

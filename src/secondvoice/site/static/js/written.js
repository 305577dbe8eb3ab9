// What is written in a practice: kept sealed by the server while it is typed, if the diary is open,
// and once more at the end. Nothing of it is stored in the browser.

const PAUSE = 1000; // milliseconds after the last key
const KEEPALIVE_MOST = 60_000; // bytes: browsers refuse larger bodies that outlive the page

// A UUIDv7: the time in milliseconds, then chance. Sent twice, it is the same thing.
function newThing() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let time = Date.now();
  for (let place = 5; place >= 0; place -= 1) {
    bytes[place] = time % 256;
    time = Math.floor(time / 256);
  }
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

export class Draft {
  constructor(form, status) {
    this.form = form;
    this.status = status;
    this.fields = [...form.querySelectorAll("textarea")];
    this.timer = 0;
    this.changed = false;
    this.sent = false;
  }

  has() {
    return this.fields.some((field) => field.value.trim() !== "");
  }

  begin(thing) {
    this.form.elements.thing.value = thing || newThing();
    if (thing && this.fields.length) this.restore(thing);
    this.form.addEventListener("input", (event) => {
      if (!this.fields.includes(event.target)) return;
      this.changed = true;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.keep(), PAUSE);
    });
    document.addEventListener("visibilitychange", () => { if (document.hidden) this.keep(true); });
    window.addEventListener("beforeunload", () => this.keep(true));
    document.addEventListener("secondvoice:leaving", (event) => event.detail.push(this.keep(true)));
  }

  body(more) {
    return new URLSearchParams([...new FormData(this.form), ...Object.entries(more)]);
  }

  async keep(last = false) {
    clearTimeout(this.timer);
    if (!this.changed || this.sent) return;
    this.changed = false;
    const body = this.body({}).toString();
    try {
      const response = await fetch(this.form.dataset.half, {
        method: "POST",
        body,
        headers: { "Content-Type": "application/x-www-form-urlencoded" },
        keepalive: last && body.length < KEEPALIVE_MOST,
      });
      if (!response.ok) this.changed = true;
    } catch {
      this.changed = true;
    }
  }

  async restore(thing) {
    try {
      const response = await fetch(`${this.form.dataset.left}${thing}/`);
      const { written } = await response.json();
      for (const [label, text] of written) {
        const field = this.fields.find((one) => one.dataset.label === label && one.value === "");
        if (field) field.value = text;
      }
    } catch { /* locked, or no network: it begins empty */ }
  }

  async send(landed) {
    clearTimeout(this.timer);
    this.sent = true;
    try {
      const response = await fetch(this.form.action, { method: "POST", body: this.body({ landed }), headers: { Accept: "application/json" } });
      const outcome = await response.json();
      if (outcome.kept) this.status.textContent = this.status.dataset.kept;
      else this.status.textContent = outcome.problem || (this.has() ? this.status.dataset.locked : "");
      this.sent = outcome.kept || !this.has();
      return outcome;
    } catch {
      const { layBy } = await import(`./waits.js${new URL(import.meta.url).search}`);
      const waits = await layBy("practice", new URL(this.form.action).pathname, this.body({ landed }));
      this.sent = waits;
      this.status.textContent = waits ? this.status.dataset.waits : this.has() ? this.status.dataset.away : "";
      return { kept: waits, care: "none", pace: "" };
    }
  }
}

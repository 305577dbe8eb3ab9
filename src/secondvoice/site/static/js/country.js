// The lines of the country that somebody chose come first, also on the page that lies by for everybody
// and where there is no network. The choice is a cookie of this browser (views/country.py).

const form = document.getElementById("at");
const yours = document.getElementById("yours");
const list = document.getElementById("all-lines");
const { cookie, path, kept } = form.dataset;
const order = Array.from(document.querySelectorAll(".countries a"), ({ hash }) => hash.slice(1));

const remembered = () => document.cookie.match(`(?:^|; )${cookie}=([A-Z]{2})(?:;|$)`)?.[1] ?? "";

function remember(code) {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${cookie}=${code}; Path=${path}; Max-Age=${code ? kept : 0}; SameSite=Strict${secure}`;
}

// Back to its place: before the next of those that are there.
function putBack(country) {
  const later = order.slice(order.indexOf(country.id) + 1).map((id) => document.getElementById(id));
  list.insertBefore(country, later.find((other) => other?.parentElement === list) ?? null);
}

function show(code) {
  const chosen = document.getElementById(`in-${code}`);
  const before = yours.querySelector(".country");
  if (before && before !== chosen) putBack(before);
  if (chosen) document.getElementById("yours-title").after(chosen);
  yours.hidden = !chosen;
  const emergency = document.querySelector(`.care [data-in~="${code}"]`);
  if (emergency) emergency.parentElement.prepend(emergency);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const code = event.submitter.value;
  remember(code);
  show(code);
  const [at, from] = code ? [yours, document.getElementById("yours-title")] : [document.getElementById("numbers"), document.querySelector(".countries a")];
  at.scrollIntoView();
  from.focus({ preventScroll: true });
});

show(remembered());

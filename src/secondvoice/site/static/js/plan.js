// The person's own plan comes first on Support. That page is the same for everybody, so the plan is
// asked for apart: of the program, and without a network of what lies on this device.

const place = document.querySelector("[data-plan]");

const element = (name, text, ...inside) => {
  const made = document.createElement(name);
  made.append(text, ...inside);
  return made;
};

function link(words, address) {
  const made = element("a", words);
  made.href = address;
  return made;
}

function list(name, className, items) {
  const made = element(name, "", ...items);
  made.className = className;
  return made;
}

// As in _plan.html.
const line = (pieces) => element("li", "", ...pieces.map(([words, tel]) => (tel ? link(words, `tel:${tel}`) : words)));
const part = ({ title, lines }) => element("li", "", element("h3", title), list("ul", "plain-list", lines.map(line)));

function show(parts) {
  const { title, all, whole } = place.dataset;
  const heading = element("h2", title);
  heading.id = "own-plan";
  const toAll = link(all, whole);
  toAll.className = "link";
  const more = element("p", "", toAll);
  more.className = "small no-print";
  const section = element("section", "", heading, list("ol", "plan plain-list", parts.map(part)), more);
  section.className = "stack";
  section.setAttribute("aria-labelledby", "own-plan");
  place.replaceChildren(...(parts.length ? [section] : []));
  place.hidden = !parts.length;
  document.getElementById("plan-none").hidden = parts.length > 0;
}

if (place.hidden) {
  const { ask } = await import(`./waits.js${new URL(import.meta.url).search}`);
  const parts = await ask({ ask: "plan" });
  show(Array.isArray(parts) ? parts : []);
}

// Turns <div data-slider><label><select>0…10</select></div> into a slider. It stays empty until it
// is touched, because "not said" is an answer too. The select stays in the form and holds the value.

function upgrade(box) {
  const select = box.querySelector("select");
  const label = box.querySelector("label");
  const numbers = [...select.options].map((option) => option.value).filter((value) => value !== "");
  const range = document.createElement("input");
  const output = document.createElement("output");
  const clear = document.createElement("button");
  range.type = "range";
  range.min = numbers[0];
  range.max = numbers.at(-1);
  range.step = "1";
  range.id = `${select.id}_slider`;
  range.autocomplete = "off";
  const describedBy = select.getAttribute("aria-describedby");
  if (describedBy) range.setAttribute("aria-describedby", describedBy);
  output.setAttribute("for", range.id);
  output.setAttribute("aria-hidden", "true"); // the slider itself speaks its value
  label.htmlFor = range.id;
  clear.type = "button";
  clear.className = "link small";
  clear.textContent = select.options[0].text;

  const show = () => {
    const unset = select.value === "";
    box.toggleAttribute("data-unset", unset);
    output.textContent = unset ? box.dataset.unsaid : select.value;
    range.setAttribute("aria-valuetext", unset ? box.dataset.unsaid : box.dataset.of.replace("{value}", select.value).replace("{max}", range.max));
    clear.hidden = unset;
  };
  const take = () => {
    select.value = range.value;
    select.dispatchEvent(new Event("input", { bubbles: true }));
    show();
  };
  range.value = select.value === "" ? String((Number(range.min) + Number(range.max)) / 2) : select.value;
  range.addEventListener("input", take);
  // A tap on the middle, where the thumb already is, changes nothing and still means five.
  range.addEventListener("click", take);
  range.addEventListener("pointerup", take); // a tap on glass makes no click here
  range.addEventListener("keydown", (event) => {
    if (event.key === " " || event.key === "Enter") { event.preventDefault(); take(); }
  });
  clear.addEventListener("click", () => {
    select.value = "";
    select.dispatchEvent(new Event("input", { bubbles: true }));
    show();
    range.focus();
  });

  select.hidden = true;
  select.before(output, range);
  box.append(clear);
  show();
}

export function upgradeAll(root) {
  for (const box of root.querySelectorAll("[data-slider]:not([data-ready])")) {
    box.dataset.ready = "";
    upgrade(box);
  }
}

upgradeAll(document);
document.addEventListener("htmx:after:swap", () => upgradeAll(document));

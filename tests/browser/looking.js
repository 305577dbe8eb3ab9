// What an exact eye sees on a page. Each function gives back the flaws, as sentences; none is well.

globalThis.looking = (() => {
  const PRESSABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary, label.choice, label.phrase, label.tick";

  const named = (el) => {
    const words = (el.getAttribute("aria-label") || el.innerText || el.value || el.id || "").trim().replace(/\s+/g, " ").slice(0, 40);
    return `<${el.tagName.toLowerCase()}${el.id ? ` #${el.id}` : ""}${el.className && typeof el.className === "string" ? ` .${el.className.split(" ").join(".")}` : ""}> “${words}”`;
  };
  const visible = (el) => {
    if (!el.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true })) return false;
    const box = el.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && !el.closest(".visually-hidden") && !el.matches(".skip");
  };
  const all = (selector) => [...document.querySelectorAll(selector)].filter(visible);
  // A radio button that lies unseen over its label is pressed through the label.
  const face = (el) => (el.matches("input") && getComputedStyle(el).opacity === "0" ? el.closest("label") : el) ?? el;
  const clear = (colour) => colour === "transparent" || /^rgba\(.*, 0\)$/.test(colour);

  function sideways() {
    const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    if (wide <= 0) return [];
    const edge = document.documentElement.clientWidth;
    const out = [...document.body.querySelectorAll("*")].filter((el) => visible(el) && el.getBoundingClientRect().right > edge + 1);
    return [`The page is ${wide} px too wide: ${out.slice(0, 3).map(named).join("; ")}`];
  }

  // Words that do not fit into what holds them.
  function cut() {
    return [...document.body.querySelectorAll("*")].filter(visible).flatMap((el) => {
      const style = getComputedStyle(el);
      const hides = (value) => value === "hidden" || value === "clip";
      const wide = el.scrollWidth > el.clientWidth + 1 && hides(style.overflowX);
      const high = el.scrollHeight > el.clientHeight + 1 && hides(style.overflowY);
      const chosen = el.matches("select") && el.selectedOptions.length ? selectIsCut(el) : false;
      return (wide || high) && !el.matches("svg, svg *") ? [`${named(el)} is cut`] : chosen ? [`${named(el)} shows its choice cut`] : [];
    });
  }
  function selectIsCut(el) {
    const style = getComputedStyle(el);
    const canvas = new OffscreenCanvas(1, 1).getContext("2d");
    canvas.font = style.font;
    const room = el.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    return canvas.measureText(el.selectedOptions[0].text).width > room + 1;
  }

  // What can be pressed, and lies under something else once it is scrolled to.
  function covered() {
    return all(PRESSABLE).flatMap((el) => {
      el.scrollIntoView({ block: "center", inline: "nearest" });
      const box = [...el.getClientRects()].find((rect) => rect.width > 0) ?? el.getBoundingClientRect();
      const x = box.left + box.width / 2;
      const y = Math.min(Math.max(box.top + box.height / 2, 1), innerHeight - 1);
      const hit = document.elementFromPoint(x, y);
      const own = hit && (el.contains(hit) || hit.contains(el) || hit.closest("label")?.contains(el) || hit.closest("a, button, label") === el);
      return own ? [] : [`${named(el)} lies under ${hit ? named(hit) : "nothing"}`];
    });
  }

  // Lines of different elements that run into each other.
  function overlapping() {
    scrollTo(0, 0);
    const lines = [];
    const walker = document.createTreeWalker(document.querySelector("main") ?? document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const text = walker.currentNode;
      const el = text.parentElement;
      if (!text.data.trim() || !visible(el) || el.closest("select, textarea, svg")) continue;
      const range = document.createRange();
      range.selectNodeContents(text);
      for (const box of range.getClientRects()) if (box.width > 1) lines.push({ el, box });
    }
    const flaws = [];
    for (let i = 0; i < lines.length; i += 1) {
      for (let j = i + 1; j < lines.length; j += 1) {
        const [a, b] = [lines[i], lines[j]];
        if (a.el === b.el || a.el.contains(b.el) || b.el.contains(a.el)) continue;
        const across = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
        const down = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
        // The box of a line is taller than its letters.
        if (across > 2 && down > Math.min(a.box.height, b.box.height) * 0.4) flaws.push(`${named(a.el)} runs into ${named(b.el)}`);
      }
    }
    return [...new Set(flaws)];
  }

  // At least 24 by 24 px (WCAG 2.2, 2.5.8); a link inside a sentence is let be, as there.
  function small(main, least) {
    return all(main ? ".button, .places a, .leave button, .choice, .phrase, .tick, summary, .link:not(.small), .slider input" : PRESSABLE).flatMap((el) => {
      const pressed = el.matches("input") && el.closest("label") ? el.closest("label") : face(el);
      const box = pressed.getBoundingClientRect();
      // Words that look like a link may be short; their height is what a thumb needs.
      if ((box.width >= least - 0.5 || (main && el.matches(".link"))) && box.height >= least - 0.5) return [];
      if (getComputedStyle(pressed).display === "inline" && pressed.parentElement.innerText.trim() !== pressed.innerText.trim()) return [];
      return [`${named(pressed)} is ${Math.round(box.width)} by ${Math.round(box.height)} px`];
    });
  }

  function moving() {
    return document.getAnimations().filter((each) => each.playState === "running").map((each) => `${named(each.effect.target)} moves`);
  }

  // Where the keyboard is: what is wrong with how that shows.
  function focus() {
    const el = document.activeElement;
    if (!el || el === document.body) return null;
    const flaws = [];
    const lit = [el, face(el)].some((each) => {
      const style = getComputedStyle(each);
      return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && !clear(style.outlineColor);
    });
    if (!lit) flaws.push(`${named(el)} has the focus and does not show it`);
    const box = el.getBoundingClientRect();
    const left = Math.max(box.left, 0), right = Math.min(box.right, innerWidth);
    const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
    if (right <= left || bottom <= top) flaws.push(`${named(el)} has the focus outside the window`);
    else {
      const rect = [...el.getClientRects()].find((each) => each.width > 0 && each.bottom > 0 && each.top < innerHeight) ?? box;
      const hit = document.elementFromPoint((Math.max(rect.left, 0) + Math.min(rect.right, innerWidth)) / 2, (Math.max(rect.top, 0) + Math.min(rect.bottom, innerHeight)) / 2);
      const own = hit && (el.contains(hit) || hit.contains(el) || hit.closest("label")?.contains(el));
      if (!own) flaws.push(`${named(el)} has the focus under ${hit ? named(hit) : "nothing"}`);
    }
    return { name: named(el), flaws, back: before(el) };
  }
  // Tab must not jump back up the page.
  let last = null;
  const before = (el) => {
    const back = last && last.isConnected && Boolean(last.compareDocumentPosition(el) & Node.DOCUMENT_POSITION_PRECEDING);
    last = el;
    return back;
  };
  // What the keyboard should come to: of a group of radio buttons, one.
  function stops() {
    last = null;
    const groups = new Set();
    return [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")]
      .filter((el) => el.checkVisibility({ visibilityProperty: true }) && !el.disabled)
      .filter((el) => {
        if (el.type !== "radio") return true;
        const group = `${el.form?.action} ${el.name}`;
        if (groups.has(group)) return false;
        groups.add(group);
        return true;
      }).length;
  }

  function spaced() {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }");
    document.adoptedStyleSheets = [sheet];
  }

  return { sideways, cut, covered, overlapping, small, moving, focus, stops, spaced };
})();

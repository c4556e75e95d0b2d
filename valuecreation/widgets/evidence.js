// A result whose cells and arrows are buttons: choosing one asks Python for the rows behind it, and shows them below.

const NAME = "http://www.w3.org/2000/svg";
const LOOKS = { flow: ["", "#1b4965", 0.2], learning_loop: ["9 4", "#8a3b12", 0.34], reframing_loop: ["2 4", "#5b3a86", 0.1] };

function make(name, given = {}, ...children) {
  const node = name.startsWith("svg:") ? document.createElementNS(NAME, name.slice(4)) : document.createElement(name);
  for (const [key, value] of Object.entries(given)) if (value !== null && value !== undefined) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

const add = (a, b) => [a[0] + b[0], a[1] + b[1]];
const times = (a, k) => [a[0] * k, a[1] * k];
const unit = (a) => times(a, 1 / Math.hypot(...a));

function ring(view, choose) {
  // Cycles on a ring, as in the printed figure; y runs down on a screen, so that the turn is the same to the eye.
  const size = 150, radius = 22, at = {};
  view.nodes.forEach(([key], k) => { const angle = -Math.PI / 2 + (2 * Math.PI * k) / view.nodes.length; at[key] = times([Math.cos(angle), Math.sin(angle)], size); });
  const svg = make("svg:svg", { viewBox: "-330 -215 660 430", width: 720, role: "group", "aria-label": view.label });
  for (const arrow of view.arrows) {
    const [dash, colour, bend] = LOOKS[arrow.kind] ?? LOOKS.flow;
    const width = 1.6 + (4 * arrow.n) / view.most;
    const from = at[arrow.from], to = at[arrow.to];
    let path, middle, tip, back;
    if (arrow.from === arrow.to) {
      const out = Math.abs(from[0]) < 20 ? [0.9, -0.44] : [0, Math.sign(from[1])], turned = [-out[1], out[0]];
      const first = add(from, times(add(times(out, 0.8), times(turned, -0.6)), radius)), last = add(from, times(add(times(out, 0.8), times(turned, 0.6)), radius));
      const high = [-1, 1].map((side) => add(add(from, times(out, radius + 52)), times(turned, side * 34)));
      tip = last; back = high[1]; middle = add(from, times(out, radius + 40));
      path = `M${first} C${high[0]} ${high[1]} ${last}`;
    } else {
      const along = add(to, times(from, -1));
      let curve = bend;
      if (arrow.kind === "reframing_loop" && along[1] * (from[0] + to[0]) - along[0] * (from[1] + to[1]) < 0) curve = -bend;
      const control = add(times(add(from, to), 0.5), times([-along[1], along[0]], -curve));
      const first = add(from, times(unit(add(control, times(from, -1))), radius + 2)), last = add(to, times(unit(add(control, times(to, -1))), radius + 3));
      tip = last; back = control; middle = add(add(times(first, 0.25), times(control, 0.5)), times(last, 0.25));
      path = `M${first} Q${control} ${last}`;
    }
    const head = unit(add(tip, times(back, -1))), side = [-head[1], head[0]], neck = add(tip, times(head, -13)), wide = 5 + width;
    const group = make("svg:g", { role: "button", tabindex: 0, "aria-label": arrow.label, "aria-pressed": "false" },
      make("svg:path", { d: path, class: "line", fill: "none", stroke: colour, "stroke-width": width, "stroke-dasharray": dash || null }),
      make("svg:path", { d: path, fill: "none", stroke: "transparent", "stroke-width": 16 }),
      make("svg:polygon", { points: [tip, add(neck, times(side, wide)), add(neck, times(side, -wide))].join(" "), fill: colour }),
      make("svg:circle", { cx: middle[0], cy: middle[1], r: 10, fill: "var(--jp-layout-color0, #fff)" }));
    const number = make("svg:text", { x: middle[0], y: middle[1] + 5, "text-anchor": "middle", "font-size": 14, "font-weight": 600, fill: colour });
    number.textContent = arrow.n;
    group.append(number);
    const act = () => choose(arrow.cell, group);
    group.addEventListener("click", act);
    group.addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); act(); } });
    svg.append(group);
  }
  for (const [key, name] of view.nodes) {
    const [x, y] = at[key], flat = Math.abs(x) < 20;
    const text = make("svg:text", { x: flat ? x : x + Math.sign(x) * (radius + 8), y: flat ? y + Math.sign(y) * (radius + 12) : y + 5, "font-size": 14,
      "text-anchor": flat ? "middle" : x > 0 ? "start" : "end", fill: "currentColor" });
    text.textContent = name;
    svg.append(make("svg:circle", { cx: x, cy: y, r: radius, fill: "var(--jp-layout-color0, #fff)", stroke: "#9aa3ab", "stroke-width": 1.6 }), text);
  }
  return svg;
}

function grid(view, choose) {
  const table = make("table", {}, make("thead", {}, make("tr", {}, make("th", { scope: "col" }, ""), ...view.columns.map((name) => make("th", { scope: "col" }, name)))));
  const body = make("tbody");
  for (const row of view.rows) {
    if (row.heading) { body.append(make("tr", {}, make("th", { scope: "colgroup", colspan: view.columns.length + 1 }, row.heading))); continue; }
    const cells = row.cells.map((cell) => {
      if (!cell) return make("td");
      if (cell.text !== undefined && !cell.cell) return make("td", {}, cell.text);
      const button = make("button", { type: "button", "aria-label": cell.label, "aria-pressed": "false" }, cell.text);
      button.addEventListener("click", () => choose(cell.cell, button));
      return make("td", {}, button);
    });
    body.append(make("tr", {}, make("th", { scope: "row" }, row.name), ...cells));
  }
  table.append(body);
  // arrow keys go from button to button, along a row and down a column
  table.addEventListener("keydown", (event) => {
    const step = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] }[event.key], cell = event.target.closest("td");
    if (!step || !cell) return;
    event.preventDefault();
    let row = cell.parentElement, place = [...row.children].indexOf(cell);
    for (;;) {
      if (step[0]) row = step[0] > 0 ? row.nextElementSibling : row.previousElementSibling; else place += step[1];
      if (!row || place < 1 || place > view.columns.length) return;
      const button = row.children[place]?.querySelector("button");
      if (button) { button.focus(); return; }
    }
  });
  return make("div", { class: "scroll", role: "region", tabindex: 0, "aria-label": view.label }, table);
}

function render({ model, el }) {
  const root = make("div", { class: "vc-evidence", "data-lm-suppress-shortcuts": "true" });
  const quotes = make("div", { class: "quotes", role: "region", "aria-live": "polite", tabindex: 0 });
  let pressed = null, number = 0;
  const choose = (cell, node) => {
    if (pressed) pressed.setAttribute("aria-pressed", "false");
    pressed = node;
    node.setAttribute("aria-pressed", "true");
    number += 1;
    model.send({ number, cell });
  };
  const draw = () => {
    const view = model.get("view");
    quotes.setAttribute("aria-label", view.quotes);
    quotes.replaceChildren(view.invitation);
    root.lang = view.language;
    root.replaceChildren(...(view.arrows ? [ring(view, choose)] : []), ...(view.rows ? [grid(view, choose)] : []), quotes);
  };
  const answered = (message) => { if (message.number === number) quotes.innerHTML = message.html; };
  root.addEventListener("keydown", (event) => event.stopPropagation());
  model.on("msg:custom", answered);
  model.on("change:view", draw);
  el.append(root);
  draw();
  return () => { model.off("msg:custom", answered); model.off("change:view", draw); };
}

export default { render };

// The coding widget's page. It holds no study: it shows what Python tells it, and asks Python for every act.
// Offsets from Python are code points; the page counts in UTF-16, and `Places` goes between the two.

const KEYS = { e: "experienced", r: "reported", a: "attempted", i: "intention", v: "aspiration" };
const SIGNS = ["+", "-", "0"];
const FOLDED = ["level", "beneficiary", "evidence", "horizon", "strength"];

class Places {
  constructor(text) {
    this.wide = []; // code points before each sign that takes two places
    let point = 0;
    for (let at = 0; at < text.length; at += 1, point += 1) {
      const unit = text.charCodeAt(at);
      if (unit >= 0xd800 && unit <= 0xdbff) { this.wide.push(point); at += 1; }
    }
  }
  _before(test) {
    let low = 0, high = this.wide.length;
    while (low < high) { const middle = (low + high) >> 1; if (test(middle)) low = middle + 1; else high = middle; }
    return low;
  }
  toPage(point) { return point + this._before((k) => this.wide[k] < point); }
  toPoint(at) { return at - this._before((k) => this.wide[k] + k < at); }
}

function make(name, given = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(given)) {
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (value === true) node.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(key, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

const filled = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

class Page {
  constructor(model, el) {
    this.model = model;
    this.number = 0;
    this.waiting = new Map();
    this.root = make("div", { class: "vc-coder", "data-lm-suppress-shortcuts": "true" });
    el.append(this.root);
    this.root.addEventListener("keydown", (event) => this.rootKey(event));
    for (const kind of ["keypress", "keyup", "copy", "paste", "cut"]) this.root.addEventListener(kind, (event) => event.stopPropagation());
    this.listener = (message) => {
      try { this.answered(message); } catch (error) { this.tell?.(String(error), true); setTimeout(() => { throw error; }); }
    };
    model.on("msg:custom", this.listener);
    this.selecting = null;
    this.search = "";
    this.drafts = {};
    this.ask("hello");
  }
  close() { this.model.off("msg:custom", this.listener); for (const { timer } of this.waiting.values()) clearTimeout(timer); }

  // --- talking with Python ------------------------------------------------------------------------------------------
  ask(what, asked = {}, after = null) {
    const number = (this.number += 1);
    this.waiting.set(number, { timer: setTimeout(() => this.tell(this.w?.gone ?? "…", true), 15000), after });
    if (this.w && !["hello", "remarks", "turn_to", "language", "reading"].includes(what)) this.mark(this.w.saving);
    this.model.send({ number, what, ...asked });
  }
  answered(message) {
    if (!this.waiting.has(message.number) && !message.opened) return;
    const { timer, after } = this.waiting.get(message.number) ?? {};
    clearTimeout(timer);
    this.waiting.delete(message.number);
    if (message.refused) { this.mark(""); this.tell(message.refused, true); return; }
    if (after) after();
    if (message.all) this.everything(message.all);
    if (message.books) { this.books = message.books; this.number9(); }
    if (message.done) this.documents = message.done;
    if (message.state) this.state = message.state;
    if (message.opened) this.open(message.opened, message.active);
    if (message.put) this.patch(message.put, message.gone, message.active);
    if (message.remarks) for (const [id, some] of Object.entries(message.remarks)) this.remarks[id] = some;
    if (message.state || message.all) this.bar();
    if (!this.waiting.size && this.savedMark) this.mark(this.w.saved);
    this.panel();
  }
  mark(text) { this.savedMark = text; if (this.saved) this.saved.textContent = text; }
  tell(text, refused = false) {
    this.told.textContent = text;
    this.told.classList.toggle("refused", refused);
  }

  // --- the page as a whole ------------------------------------------------------------------------------------------
  everything(all) {
    this.w = all.words; this.lists = all.lists; this.coder = all.coder; this.language = all.language;
    this.languages = all.languages; this.books = all.books; this.documents = all.documents; this.remarks = {};
    this.root.lang = all.language;
    this.barBox = make("div", { class: "bar", role: "toolbar", "aria-label": this.w.title });
    this.told = make("p", { class: "told", role: "status", "aria-live": "polite" });
    this.textBox = make("div", { class: "text", role: "listbox", "aria-label": this.w.title });
    this.panelBox = make("div", { class: "panel", role: "region", "aria-label": this.w.panel });
    this.textBox.addEventListener("keydown", (event) => this.textKey(event));
    this.textBox.addEventListener("click", (event) => this.clicked(event));
    this.root.replaceChildren(this.barBox, this.told, this.textBox, this.panelBox);
    if (all.left_out) this.tell(filled(this.w.left_out, { n: all.left_out }));
    this.number9();
  }
  number9() {
    this.hot = this.books.flatMap((book) => book.codes.filter((code) => !code.parent).map((code) => ({ book, code }))).slice(0, 9);
    this.codeOf = new Map(this.books.flatMap((book) => book.codes.map((code) => [`${book.name}/${code.code}`, code])));
  }
  bar() {
    const w = this.w, state = this.state, focused = document.activeElement?.dataset?.bar;
    const button = (name, words, act, given = {}) => make("button", { type: "button", "data-bar": name, onclick: act, ...given }, words);
    const choice = (name, words, values, value, act) => {
      const select = make("select", { "data-bar": name, onchange: () => act(select.value) },
        ...values.map(([one, said]) => make("option", { value: one, selected: one === value }, said)));
      return make("label", {}, `${words} `, select);
    };
    const ones = this.documents.map(([one, done]) => [one, done ? `✓ ${one}` : one]);
    const parts = [choice("document", w.document, ones, this.opened.document, (one) => this.ask("turn_to", { document: one }))];
    if (this.opened.ways.length > 1)
      parts.push(choice("way", w.segmentation, this.opened.ways.map((one) => [one, one]), this.opened.way,
        (one) => this.ask("turn_to", { document: this.opened.document, way: one })));
    for (const book of this.books.filter((one) => one.readings.length))
      parts.push(choice(`reading-${book.name}`, filled(w.reading, { book: book.name }),
        [["", w.choose], ...book.readings.map((one) => [one, one])], state.readings[book.name] ?? "",
        (one) => this.ask("reading", { book: book.name, reading: one })));
    parts.push(choice("language", w.language, this.languages.map((one) => [one, { en: "English", nl: "Nederlands" }[one]]), this.language,
      (one) => this.ask("language", { language: one })));
    parts.push(button("undo", w.undo, () => this.ask("undo"), { disabled: !state.undo }));
    parts.push(button("redo", w.redo, () => this.ask("redo"), { disabled: !state.redo }));
    parts.push(button("next", state.opened ? w.next_disputed : w.next, () => this.next()));
    parts.push(button("select", w.select, () => this.codeSelection(), { onmousedown: (event) => event.preventDefault() })); // keeps what is marked
    parts.push(button("finish", state.finished ? w.reopen : w.finish, () => this.finish()));
    if (!state.opened) parts.push(button("compare", w.compare, () => this.sure()));
    else for (const book of this.books)
      parts.push(button(`close-${book.name}`, `${w.close} – ${book.name}`, () => this.ask("close",
        { document: this.opened.document, codebook: book.name, segmentation: this.opened.way }),
      { disabled: state.disputed.some(([one]) => one === book.name) }));
    parts.push(button("help", w.help, () => this.tell(filled(w.keys, { n: this.hot.length }))));
    this.count = make("span", { class: "count" }, this.progress());
    this.saved = make("span", { class: "saved", role: "status" }, this.savedMark ?? "");
    parts.push(this.count, this.saved);
    this.barBox.replaceChildren(...parts);
    if (focused) this.barBox.querySelector(`[data-bar="${focused}"]`)?.focus();
  }
  progress() {
    const own = this.order.filter((id) => !this.byId.get(id).selection);
    const told = filled(this.w.progress, { n: own.filter((id) => this.byId.get(id).codings.length).length, N: own.length });
    return this.state.opened ? `${told} · ${filled(this.w.to_settle, { n: this.state.disputed.length })}` : told;
  }
  sure() {
    const w = this.w;
    this.told.classList.remove("refused");
    this.told.replaceChildren(`${w.compare_sure} `,
      make("button", { type: "button", onclick: () => { this.tell(""); this.ask("open", { document: this.opened.document }); } }, w.open_yes), " ",
      make("button", { type: "button", onclick: () => { this.tell(""); this.barBox.querySelector('[data-bar="compare"]').focus(); } }, w.open_no));
    this.told.querySelector("button").focus();
  }
  finish() {
    this.ask(this.state.finished ? "reopen" : "finish",
      { document: this.opened.document, segmentation: this.opened.way, codebooks: this.books.map((book) => book.name) });
  }

  // --- the text -----------------------------------------------------------------------------------------------------
  open(opened, active) {
    const same = this.opened && this.opened.document === opened.document;
    const scroll = same ? this.textBox.scrollTop : 0;
    this.opened = opened;
    this.state = opened.state;
    this.places = new Places(opened.text);
    this.byId = new Map();
    for (const one of opened.segments) this.place(one);
    this.sortOrder();
    this.layOut();
    this.textBox.setAttribute("aria-label", filled(this.w.text, { document: opened.document, n: this.order.length }));
    if (!this.order.length) this.tell(this.w.only_selections);
    this.textBox.scrollTop = scroll;
    const wanted = [active, this.active, this.order[0]].find((id) => this.byId.has(id)) ?? null;
    this.active = null;
    this.current = null;
    this.activate(wanted, { scroll: Boolean(active) || !same, focus: this.turning || (this.root.contains(document.activeElement) && Boolean(active)) });
    this.turning = false;
  }
  place(one) {
    one.from = this.places.toPage(one.start);
    one.to = this.places.toPage(one.end);
    this.byId.set(one.id, one);
  }
  sortOrder() {
    this.order = [...this.byId.values()]
      .sort((a, b) => (a.selection ? a.to : a.from) - (b.selection ? b.to : b.from) || a.selection - b.selection || a.from - b.from)
      .map((one) => one.id);
  }
  layOut() {
    // Pieces in order: words between segments and segments. A block is a paragraph, so that what is out of sight costs nothing.
    const text = this.opened.text, base = [], aside = [];
    let at = 0;
    for (const one of [...this.byId.values()].filter((seg) => !seg.selection).sort((a, b) => a.from - b.from || a.to - b.to))
      if (one.from >= at && one.to > one.from) { base.push(one); at = one.to; } else aside.push(one);
    this.aside = new Set(aside.map((one) => one.id));
    this.blocks = [];
    let block = null;
    const start = (from) => { block = { from, to: from, pieces: [] }; this.blocks.push(block); };
    const put = (from, to, id) => { block.pieces.push({ from, to, id }); block.to = to; };
    const between = (from, to) => {
      let low = from;
      for (let high = text.indexOf("\n", low); high >= 0 && high < to; high = text.indexOf("\n", low)) {
        if (high + 1 > low) put(low, high + 1, null);
        start(high + 1);
        low = high + 1;
      }
      if (to > low) put(low, to, null);
    };
    start(0);
    at = 0;
    for (const one of base) {
      between(at, one.from);
      const whole = text.slice(one.from, one.to).includes("\n");
      if (whole && block.pieces.length) start(one.from);
      put(one.from, one.to, one.id);
      at = one.to;
      if (whole) start(at);
    }
    between(at, text.length);
    for (const one of this.blocks) one.pieces = one.pieces.filter((piece) => piece.id !== null || text.slice(piece.from, piece.to).trim() || !text.slice(piece.from, piece.to).includes("\n"));
    this.blocks = this.blocks.filter((one) => one.pieces.length);
    for (const one of this.blocks) { one.node = make("div", { class: "block", role: "none" }); one.marks = []; }
    for (const one of this.byId.values()) if (one.selection || this.aside.has(one.id)) for (const where of this.blocksOf(one)) where.marks.push(one);
    for (const one of this.blocks) this.draw(one);
    this.textBox.replaceChildren(...this.blocks.map((one) => one.node));
  }
  blocksOf(one) {
    let low = 0, high = this.blocks.length;
    while (low < high) { const middle = (low + high) >> 1; if (this.blocks[middle].to <= one.from) low = middle + 1; else high = middle; }
    const found = [];
    for (let k = low; k < this.blocks.length && this.blocks[k].from < one.to; k += 1) found.push(this.blocks[k]);
    return found;
  }
  draw(block) {
    const text = this.opened.text, parts = [];
    for (const piece of block.pieces) {
      const cuts = new Set([piece.from, piece.to]);
      for (const mark of block.marks) for (const cut of [mark.from, mark.to]) if (cut > piece.from && cut < piece.to) cuts.add(cut);
      const edges = [...cuts].sort((a, b) => a - b);
      const words = edges.slice(0, -1).map((from, k) => {
        const inside = block.marks.some((mark) => mark.from <= from && mark.to >= edges[k + 1]);
        return make("span", { class: inside ? "words marked" : "words", "data-at": from }, text.slice(from, edges[k + 1]));
      });
      if (piece.id === null) parts.push(make("span", { class: "between", role: "none" }, ...words));
      else parts.push(this.option("segment", piece.id, words));
      for (const mark of block.marks.filter((one) => one.to > piece.from && one.to <= piece.to).sort((a, b) => a.to - b.to || a.from - b.from))
        parts.push(this.option("selection", mark.id, [make("q", {}, text.slice(mark.from, mark.to))]));
    }
    block.node.replaceChildren(...parts);
  }
  option(kind, id, words) {
    const active = id === this.active;
    return make("span", { class: kind, role: "option", "data-id": id, tabindex: active ? 0 : -1, "aria-selected": String(active) },
      ...words, this.tags(this.byId.get(id)));
  }
  tags(one) {
    const box = make("span", { class: "tags" });
    const put = (coding, kind, who) => {
      const judged = [this.said("status", coding.status), this.said("polarity", coding.polarity)].filter(Boolean);
      const words = judged.length ? judged.join(" · ") : this.w.unjudged;
      box.append(make("span", { class: `tag ${kind} ${coding.status ? "" : "open"}` }, `${who ? `${who}: ` : ""}${coding.label} · ${words}`));
    };
    for (const coding of one.codings) put(coding, "own", one.others ? this.coder : "");
    for (const [who, codings] of Object.entries(one.others ?? {})) for (const coding of codings) put(coding, "other", who);
    for (const coding of one.agreed ?? []) put(coding, "agreed", this.w.agreed);
    for (const text of one.nothing ?? []) box.append(make("span", { class: "tag agreed" }, text));
    return box;
  }
  said(list, key) { return key ? (this.lists[list].find(([one]) => one === key) ?? [key, key])[1] : ""; }
  patch(put, gone, active) {
    const shape = gone.length || put.some((one) => !this.byId.has(one.id));
    const dirty = new Set();
    for (const id of gone) {
      const one = this.byId.get(id);
      if (!one) continue;
      for (const block of this.blocksOf(one)) { block.marks = block.marks.filter((mark) => mark.id !== id); dirty.add(block); }
      this.byId.delete(id);
    }
    for (const one of put) {
      const before = this.byId.get(one.id);
      this.place(one);
      if (one.selection || this.aside.has(one.id)) for (const block of this.blocksOf(one)) {
        block.marks = [...block.marks.filter((mark) => mark.id !== one.id), one];
        dirty.add(block);
      }
      if (before) { const node = this.nodeOf(one.id); if (node) node.lastChild.replaceWith(this.tags(one)); }
    }
    const focused = this.textBox.contains(document.activeElement);
    if (shape) { this.sortOrder(); for (const block of dirty) this.draw(block); }
    if (!this.byId.has(this.active)) this.active = null;
    const wanted = active && this.byId.has(active) ? active : this.active ?? this.order[0] ?? null;
    if (wanted !== this.active || shape) { const to = wanted; this.active = null; this.activate(to, { focus: focused || shape, scroll: true }); }
    if (this.count) this.count.textContent = this.progress();
  }
  nodeOf(id) { return id === null ? null : this.textBox.querySelector(`[data-id="${CSS.escape(id)}"]`); }
  activate(id, { focus = false, scroll = false } = {}) {
    if (this.active !== null && this.active !== id) {
      const before = this.nodeOf(this.active);
      if (before) { before.setAttribute("aria-selected", "false"); before.tabIndex = -1; }
    }
    if (id !== this.active) this.current = null;
    this.active = id;
    const node = this.nodeOf(id);
    if (!node) { this.textBox.tabIndex = 0; this.panel(); return; }
    this.textBox.removeAttribute("tabindex");
    node.setAttribute("aria-selected", "true");
    node.tabIndex = 0;
    if (focus) node.focus({ preventScroll: true });
    if (scroll || focus) node.scrollIntoView({ block: "nearest" });
    const one = this.byId.get(id);
    if (one.codings.length && !this.remarks[id]) { this.remarks[id] = []; this.ask("remarks", { segment_id: id }); }
    this.panel();
  }
  clicked(event) {
    const node = event.target.closest("[data-id]");
    if (node && getSelection().isCollapsed) this.activate(node.dataset.id, { focus: true });
  }
  next() {
    const ids = this.order, from = ids.indexOf(this.active);
    const disputed = new Set(this.state.disputed.map(([, id]) => id));
    const wanted = (id) => (this.state.opened ? disputed.has(id) : !this.byId.get(id).selection && !this.byId.get(id).codings.length);
    const found = this.state.opened || !this.state.finished ? [...ids.slice(from + 1), ...ids.slice(0, from + 1)].find(wanted) : null;
    if (found) this.activate(found, { focus: true });
    else this.turn(1, true);
  }
  turn(step, unfinished = false) {
    const names = this.documents.map(([one]) => one), here = names.indexOf(this.opened.document), n = names.length;
    const order = Array.from({ length: n - 1 }, (_, k) => (here + step * (k + 1) + n * n) % n);
    const to = unfinished ? order.find((k) => !this.documents[k][1]) : order[0];
    if (to === undefined) return;
    this.turning = true;
    this.ask("turn_to", { document: names[to] });
  }

  // --- marking words ------------------------------------------------------------------------------------------------
  codeSelection() {
    const found = this.marked();
    if (found) { getSelection().removeAllRanges(); this.ask("select", { document: this.opened.document, ...found }); return; }
    const one = this.byId.get(this.active);
    this.selecting = { anchor: one ? one.from : 0, head: one ? one.from : 0 };
    this.widen(1, true);
    this.tell(this.w.selection_mode);
    (this.nodeOf(this.active) ?? this.textBox).focus({ preventScroll: true });
    this.show();
  }
  marked() {
    const selection = getSelection();
    if (selection.isCollapsed || !selection.rangeCount) return null;
    const at = (node, offset) => {
      const words = (node.nodeType === 3 ? node.parentElement : node).closest?.(".words");
      if (!words || !this.textBox.contains(words)) return null;
      return Number(words.dataset.at) + (node.nodeType === 3 ? offset : offset ? words.textContent.length : 0);
    };
    const range = selection.getRangeAt(0);
    const from = at(range.startContainer, range.startOffset), to = at(range.endContainer, range.endOffset);
    return from === null || to === null ? null : { start: this.places.toPoint(from), end: this.places.toPoint(to) };
  }
  wordEdges() { this.edgesOf ??= new Map(); if (!this.edgesOf.has(this.opened.text)) { this.edgesOf.clear();
    this.edgesOf.set(this.opened.text, [...this.opened.text.matchAll(/\S+/gu)].map((found) => [found.index, found.index + found[0].length])); }
    return this.edgesOf.get(this.opened.text); }
  widen(step, shift) {
    const words = this.wordEdges(), { anchor, head } = this.selecting;
    const k = words.findIndex(([from, to]) => to > Math.min(head, this.opened.text.length - 1));
    if (shift) this.selecting.head = step > 0 ? (words[head > (words[k]?.[0] ?? 0) && head >= (words[k]?.[1] ?? 0) ? k + 1 : k] ?? [0, head])[1]
      : Math.max((words[Math.max(0, k - 1)] ?? [0, anchor])[1], (words.find(([, to]) => to > anchor) ?? [0, head])[1]);
    else {
      const first = words.findIndex(([from]) => from >= anchor);
      const moved = words[Math.min(words.length - 1, Math.max(0, first + step))];
      if (moved) this.selecting = { anchor: moved[0], head: moved[1] };
    }
    this.show();
  }
  show() {
    const find = (at) => {
      const nodes = [...this.textBox.querySelectorAll(".words")];
      let low = 0, high = nodes.length - 1;
      while (low < high) { const middle = (low + high + 1) >> 1; if (Number(nodes[middle].dataset.at) <= at) low = middle; else high = middle - 1; }
      return [nodes[low].firstChild, Math.min(at - Number(nodes[low].dataset.at), nodes[low].textContent.length)];
    };
    const { anchor, head } = this.selecting, [a, b] = [find(anchor), find(head - 1)];
    getSelection().setBaseAndExtent(a[0], a[1], b[0], b[1] + 1);
    b[0].parentElement.scrollIntoView({ block: "nearest" });
    this.told.textContent = `${this.opened.text.slice(anchor, head)}`;
  }

  // --- keys ---------------------------------------------------------------------------------------------------------
  rootKey(event) {
    event.stopPropagation();
    const command = event.ctrlKey || event.metaKey;
    const writing = ["TEXTAREA", "INPUT", "SELECT"].includes(event.target.tagName) && event.target.type !== "radio";
    if (command && event.key.toLowerCase() === "z" && !writing) { event.preventDefault(); this.ask(event.shiftKey ? "redo" : "undo"); }
    else if (command && event.key.toLowerCase() === "y" && !writing) { event.preventDefault(); this.ask("redo"); }
    else if (event.key === "Escape" && !this.selecting && !this.textBox.contains(event.target)) this.nodeOf(this.active)?.focus();
  }
  textKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key, done = () => { event.preventDefault(); event.stopPropagation(); };
    if (this.selecting) {
      if (key === "ArrowRight") this.widen(1, event.shiftKey);
      else if (key === "ArrowLeft") this.widen(-1, event.shiftKey);
      else if (key === "Enter") { this.selecting = null; this.codeSelection(); this.tell(""); }
      else if (key === "Escape") { this.selecting = null; getSelection().removeAllRanges(); this.tell(""); }
      else if (key === "Tab" || key === "Shift") return;
      return done();
    }
    const ids = this.order, place = ids.indexOf(this.active), one = this.byId.get(this.active);
    const go = (to) => ids.length && this.activate(ids[Math.min(ids.length - 1, Math.max(0, to))], { focus: true });
    const hot = /^[1-9]$/.test(key) ? this.hot[Number(key) - 1] : null;
    if (key === "ArrowDown") go(place + 1);
    else if (key === "ArrowUp") go(place - 1);
    else if (key === "PageDown") go(place + 10);
    else if (key === "PageUp") go(place - 10);
    else if (key === "Home") go(0);
    else if (key === "End") go(ids.length - 1);
    else if (hot && one) this.toggle(hot.book, hot.code);
    else if ((key === "ArrowRight" || key === "ArrowLeft") && one?.codings.length) {
      const k = one.codings.findIndex((coding) => coding === this.currentOf(one)) + (key === "ArrowRight" ? 1 : -1);
      this.current = this.keyOf(one.codings[(k + one.codings.length) % one.codings.length]);
      this.panel();
    } else if (KEYS[key] && one?.codings.length) this.judge("status", KEYS[key]);
    else if (SIGNS.includes(key) && one?.codings.length) this.judge("polarity", key);
    else if (key === "Delete" && one?.codings.length) this.toggle({ name: this.currentOf(one).codebook }, this.currentOf(one));
    else if (key === "/") this.panelBox.querySelector("[data-focus=search]")?.focus();
    else if (key === "m") (this.panelBox.querySelector("[data-focus=memo]") ?? this.panelBox.querySelector("[data-focus=remark]"))?.focus();
    else if (key === "x") this.codeSelection();
    else if (key === "n") this.next();
    else if (key === "[" || key === "]") this.turn(key === "]" ? 1 : -1);
    else if (key === "d") this.finish();
    else if (key === "u") this.ask("undo");
    else if (key === "y") this.ask("redo");
    else if (key === "?") this.tell(filled(this.w.keys, { n: this.hot.length }));
    else return;
    done();
  }
  keyOf(coding) { return `${coding.codebook}/${coding.reading ?? ""}/${coding.code}`; }
  currentOf(one) { return one.codings.find((coding) => this.keyOf(coding) === this.current) ?? one.codings.at(-1) ?? null; }
  toggle(book, code) {
    const one = this.byId.get(this.active);
    const reading = this.state.readings[book.name];
    const there = one.codings.find((coding) => coding.codebook === book.name && coding.code === code.code && (!reading || coding.reading === reading));
    const asked = { segment_id: one.id, codebook: book.name, code: code.code, ...(there?.reading ? { reading: there.reading } : {}) };
    if (!there) this.current = `${book.name}/${reading ?? ""}/${code.code}`;
    this.meant = `${book.name}/${code.code}`;
    this.ask(there ? "uncode" : "code", asked);
    this.tell("");
  }
  judge(name, value) {
    const coding = this.currentOf(this.byId.get(this.active));
    const asked = { segment_id: this.active, codebook: coding.codebook, code: coding.code, [name]: coding[name] === value ? null : value };
    this.current = this.keyOf(coding);
    this.ask("judge", coding.reading ? { ...asked, reading: coding.reading } : asked);
  }

  // --- the panel beside the text ------------------------------------------------------------------------------------
  panel() {
    if (!this.panelBox || !this.opened) return;
    const focused = this.panelBox.contains(document.activeElement) ? document.activeElement.dataset.focus : null;
    const caret = focused && document.activeElement.selectionStart;
    const scroll = this.panelBox.scrollTop, one = this.byId.get(this.active), w = this.w;
    const parts = [];
    if (!one) parts.push(make("p", {}, w.none_active));
    else {
      const quote = this.opened.text.slice(one.from, one.to);
      parts.push(make("h4", {}, `${one.speaker ?? ""} ${w.panel}`.trim()), make("blockquote", {}, quote.length > 400 ? `${quote.slice(0, 400)} …` : quote));
      if (!one.codings.length) parts.push(make("p", {}, w.nothing));
      const current = this.currentOf(one);
      for (const coding of one.codings) parts.push(this.card(coding, coding === current));
      for (const remark of this.remarks[one.id] ?? [])
        parts.push(make("div", { class: "hint", role: "note", "aria-label": w.hint }, `${remark.code}${remark.found.length ? ` (“${remark.found.join("”, “")}”)` : ""}: ${remark.message}`));
      if (one.others) parts.push(this.comparison(one));
    }
    parts.push(this.searching(one));
    if (one) parts.push(this.written("remark", w.remark, one.memo, (text) => this.ask("remark",
      { document: this.opened.document, start: one.start, end: one.end, text })));
    parts.push(this.adding());
    this.panelBox.replaceChildren(...parts);
    this.panelBox.scrollTop = scroll;
    if (focused) { const node = this.panelBox.querySelector(`[data-focus="${CSS.escape(focused)}"]`); node?.focus({ preventScroll: true });
      if (node && typeof caret === "number" && node.setSelectionRange && node.type !== "radio") node.setSelectionRange(caret, caret); }
  }
  card(coding, current) {
    const w = this.w, name = this.keyOf(coding);
    const hot = Object.fromEntries(Object.entries(KEYS).map(([key, status]) => [status, key]));
    const head = make("button", { type: "button", "aria-pressed": String(current), "data-focus": `card-${name}`, onclick: () => { this.current = name; this.meant = `${coding.codebook}/${coding.code}`; this.panel(); } },
      `${coding.label}${current ? "" : ` · ${this.said("status", coding.status) || w.unjudged}`}`);
    if (!current) return make("div", { class: "card" }, head);
    const radios = (list, legend) => make("fieldset", {}, make("legend", {}, legend), ...this.lists[list].map(([key, said]) =>
      make("label", {}, make("input", { type: "radio", name: `${list}-${name}`, value: key, checked: coding[list] === key,
        "data-focus": `${list}-${key}`, onchange: () => this.judge(list, key) }), ` ${said} (${list === "status" ? hot[key] : key})`)));
    const more = make("details", { open: this.moreOpen ?? false }, make("summary", { "data-focus": "more" }, w.more),
      ...FOLDED.map((list) => {
        const select = make("select", { "data-focus": `fold-${list}`, onchange: () => this.judgeAs(coding, { [list]: select.value || null }) },
          make("option", { value: "" }, w.unjudged), ...this.lists[list].map(([key, said]) => make("option", { value: key, selected: coding[list] === key }, said)));
        return make("p", {}, make("label", {}, `${w[list]} `, select));
      }),
      this.written("quantifier", w.quantifier, coding.quantifier, (text) => this.judgeAs(coding, { quantifier: text || null })));
    more.addEventListener("toggle", () => { this.moreOpen = more.open; });
    return make("div", { class: "card current" }, head, " ",
      make("button", { type: "button", "data-focus": "off", "aria-label": filled(w.take_off, { code: coding.label }), onclick: () => this.toggle({ name: coding.codebook }, coding) }, "×"),
      radios("status", w.status), radios("polarity", w.polarity), more,
      this.written("memo", w.memo, coding.memo, (text) => this.judgeAs(coding, { memo: text || null })));
  }
  judgeAs(coding, judged) {
    this.current = this.keyOf(coding);
    this.ask("judge", { segment_id: this.active, codebook: coding.codebook, code: coding.code, ...(coding.reading ? { reading: coding.reading } : {}), ...judged });
  }
  written(name, words, text, act) {
    const box = make(name === "quantifier" ? "input" : "textarea", { class: "wide", "data-focus": name, onchange: () => act(box.value.trim()) });
    box.value = text ?? "";
    box.addEventListener("keydown", (event) => { if (event.key === "Escape") { event.stopPropagation(); this.nodeOf(this.active)?.focus(); } });
    return make("label", {}, words, box);
  }
  searching(one) {
    const w = this.w;
    const box = make("input", { class: "wide", type: "search", "data-focus": "search", oninput: () => { this.search = box.value; fill(); } });
    box.value = this.search;
    const list = make("div", { class: "codes" }), meaning = make("div", { class: "meaning", "aria-live": "polite" });
    const count = make("span", { role: "status" });
    const mean = (name) => { this.meant = name; this.explain(meaning, name); };
    const fill = () => {
      const wanted = this.search.trim().toLocaleLowerCase(this.language);
      const parts = [];
      let n = 0;
      for (const book of this.books) {
        const above = new Set(one?.codings.map((coding) => coding.code) ?? []);
        const inView = (code) => !code.parent || above.has(code.code) || above.has(code.parent);
        const found = book.codes.filter((code) => wanted ? [code.code, code.label, code.question, code.definition, ...code.include].join(" ").toLocaleLowerCase(this.language).includes(wanted) : inView(code));
        if (found.length) parts.push(make("strong", {}, book.title));
        for (const code of found) {
          n += 1;
          const place = this.hot.findIndex((one) => one.book.name === book.name && one.code.code === code.code);
          const given = one?.codings.some((coding) => coding.codebook === book.name && coding.code === code.code) ?? false;
          parts.push(make("button", { type: "button", class: code.parent ? "below" : "", "aria-pressed": String(given), disabled: !one, "data-focus": `code-${book.name}-${code.code}`,
            onclick: () => this.toggle(book, code), onfocus: () => mean(`${book.name}/${code.code}`), onmouseenter: () => mean(`${book.name}/${code.code}`) },
          `${place >= 0 ? `${place + 1} ` : ""}${code.label}${code.question ? ` – ${code.question}` : ""}`));
        }
      }
      list.replaceChildren(...parts);
      count.textContent = wanted ? filled(w.results, { n }) : "";
    };
    box.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown" || event.key === "Enter") { event.preventDefault(); list.querySelector("button")?.focus(); }
      if (event.key === "Escape") { event.stopPropagation(); this.search = ""; box.value = ""; fill(); this.nodeOf(this.active)?.focus(); }
    });
    list.addEventListener("keydown", (event) => {
      const buttons = [...list.querySelectorAll("button")], k = buttons.indexOf(document.activeElement);
      if (event.key === "ArrowDown") { event.preventDefault(); buttons[Math.min(buttons.length - 1, k + 1)].focus(); }
      if (event.key === "ArrowUp") { event.preventDefault(); if (k) buttons[k - 1].focus(); else box.focus(); }
    });
    fill();
    const current = one && this.currentOf(one);
    this.explain(meaning, this.meant ?? (current ? `${current.codebook}/${current.code}` : null));
    return make("div", {}, make("label", {}, w.search, box), count, list, meaning);
  }
  explain(box, name) {
    const code = this.codeOf.get(name), w = this.w;
    if (!code) { box.replaceChildren(); return; }
    const reading = this.state.readings[name.split("/")[0]];
    const list = make("dl", {});
    const put = (term, items) => { if (items.length) list.append(make("dt", {}, term), ...items.map((item) => make("dd", {}, item))); };
    put(w.include, code.include);
    put(w.exclude, code.exclude);
    for (const [other, test] of code.boundaries) put(filled(w.boundary, { code: other }), [test]);
    box.replaceChildren(make("h4", {}, `${w.definition}: ${code.label}`), make("p", {}, code.definition), ...(reading && code.by_reading[reading] ? [make("p", {}, code.by_reading[reading])] : []), list);
  }
  adding() {
    const w = this.w, box = make("details", { open: this.addOpen ?? false }, make("summary", { "data-focus": "adding" }, w.new_code));
    box.addEventListener("toggle", () => { this.addOpen = box.open; });
    const field = (name, words) => { const input = make("input", { class: "wide", "data-focus": `new-${name}`, oninput: () => { this.fresh = { ...this.fresh, [name]: input.value }; } });
      input.value = this.fresh?.[name] ?? ""; return [make("label", {}, words, input), input]; };
    const under = make("select", { "data-focus": "new-under" }, ...this.books.flatMap((book) => [
      make("option", { value: `${book.name}/` }, `${book.title}: ${w.new_top}`),
      ...book.codes.map((code) => make("option", { value: `${book.name}/${code.code}` }, `${book.title}: ${code.label}`))]));
    const [name, short] = field("name", w.new_name), [label, said] = field("label", w.new_label), [means, when] = field("definition", w.new_definition);
    box.append(name, make("label", {}, `${w.new_under} `, under), label, means,
      make("button", { type: "button", "data-focus": "new-add", onclick: () => {
        const [book, parent] = under.value.split("/");
        this.ask("add_code", { codebook: book, code: short.value, parent: parent || null, label: { [this.language]: said.value },
          definition: { [this.language]: when.value } }, () => { this.fresh = null; this.tell(""); });
      } }, w.new_add));
    return box;
  }

  // --- comparing and settling ---------------------------------------------------------------------------------------
  comparison(one) {
    const w = this.w, parts = [make("h4", {}, w.settle)];
    const whose = [[this.coder, one.codings], ...Object.entries(one.others)];
    for (const [who, codings] of whose) {
      parts.push(make("p", {}, make("strong", {}, `${filled(w.other, { coder: who })}: `),
        codings.map((coding) => `${coding.label} (${[this.said("status", coding.status) || w.unjudged, this.said("polarity", coding.polarity)].filter(Boolean).join(", ")})${coding.memo ? ` – ${coding.memo}` : ""}`).join("; ") || w.other_none));
    }
    for (const coding of one.agreed) parts.push(make("p", {}, `${coding.label}: ${filled(w.settled_by, { who: coding.decided_by ?? "", why: coding.why ?? "" })}`));
    for (const text of one.nothing) parts.push(make("p", {}, text));
    for (const book of this.books) parts.push(this.settling(one, book, whose));
    return make("div", { class: "card" }, ...parts);
  }
  settling(one, book, whose) {
    const w = this.w, key = `${one.id}/${book.name}`, reading = this.state.readings[book.name] ?? null;
    const own = (codings) => codings.filter((coding) => coding.codebook === book.name && (coding.reading ?? null) === reading)
      .map(({ code, status, polarity, level, beneficiary, evidence, horizon, strength }) => ({ code, status, polarity, level, beneficiary, evidence, horizon, strength }));
    this.drafts[key] ??= { codes: own(one.agreed), why: one.agreed.find((coding) => coding.codebook === book.name)?.why ?? "" };
    const draft = this.drafts[key];
    const rows = draft.codes.map((row, k) => {
      const choose = (name, values) => { const select = make("select", { "aria-label": w[name] ?? name, "data-focus": `draft-${book.name}-${k}-${name}`, onchange: () => { row[name] = select.value || undefined; } },
        ...values.map(([value, said]) => make("option", { value, selected: (row[name] ?? "") === value }, said))); return select; };
      return make("p", {}, choose("code", book.codes.map((code) => [code.code, code.label])), choose("status", [["", w.unjudged], ...this.lists.status]),
        choose("polarity", [["", w.unjudged], ...this.lists.polarity]),
        make("button", { type: "button", "data-focus": `draft-${book.name}-${k}-off`, "aria-label": filled(w.take_off, { code: row.code }), onclick: () => { draft.codes.splice(k, 1); this.panel(); } }, "×"));
    });
    const why = make("input", { class: "wide", "data-focus": `why-${book.name}`, oninput: () => { draft.why = why.value; } });
    why.value = draft.why;
    const disputed = this.state.disputed.some(([name, id]) => name === book.name && id === one.id);
    return make("details", { open: disputed || draft.codes.length > 0 }, make("summary", { "data-focus": `settle-${book.name}` }, `${book.title}${disputed ? " !" : ""}`),
      ...whose.map(([who, codings]) => make("button", { type: "button", "data-focus": `take-${book.name}-${who}`,
        onclick: () => { draft.codes = own(codings); this.panel(); } }, filled(w.take_over, { coder: who === this.coder ? w.mine : who }))), ...rows,
      make("button", { type: "button", "data-focus": `draft-${book.name}-add`, onclick: () => { draft.codes.push({ code: book.codes[0].code }); this.panel(); } }, "+"),
      make("label", {}, `${w.why} `, why),
      make("button", { type: "button", "data-focus": `settle-${book.name}-do`, onclick: () => {
        this.ask("settle", { segment_id: one.id, codebook: book.name, codes: draft.codes, why: draft.why },
          () => { delete this.drafts[key]; this.tell(""); });
      } }, draft.codes.length ? w.settle : w.settle_none));
  }
}

function render({ model, el }) {
  const page = new Page(model, el);
  return () => page.close();
}

export default { render };

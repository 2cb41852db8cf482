"use strict";
// The page is drawn by the server. Here: hearing that it changed, putting the new drawing in place without disturbing
// who is typing, and telling the server what was pressed.

const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const one = (selector, within = document) => within.querySelector(selector);

// ---- what the server draws

let link;
let pause = 100;
let shown = location.search;

function listen() {
  link = new WebSocket(`ws://${location.host}/live${location.search}`);
  link.onopen = () => { pause = 100; document.documentElement.removeAttribute("data-away"); };
  link.onmessage = (news) => draw(news.data);
  link.onclose = () => {
    document.documentElement.setAttribute("data-away", "");
    pause = Math.min(pause * 2, 3000);
    setTimeout(listen, pause);
  };
}

function go(url) {
  history.pushState(null, "", url);
  document.documentElement.removeAttribute("data-menu");
  follow();
}

/** Draws what the address says now: going back may come before the link to the server stands. */
function follow() {
  shown = location.search;
  if (link.readyState === WebSocket.OPEN) link.send(location.search);
  else location.reload();
}

function draw(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  const reading = all("[data-log]").filter((log) => log.scrollHeight - log.scrollTop - log.clientHeight > 40);
  const kept = new Map(reading.map((log) => [log.id + log.dataset.log, log.scrollTop]));
  document.title = fresh.title;
  Object.assign(document.body.dataset, fresh.body.dataset);
  patch(document.body, fresh.body);
  settle(kept);
}

function settle(kept = new Map()) {
  for (const log of all("[data-log]")) log.scrollTop = kept.get(log.id + log.dataset.log) ?? log.scrollHeight;
  const modal = one("dialog[data-modal]");
  if (modal && !modal.open) {
    modal.showModal();
    if (!one("[autofocus]", modal)) one("[data-block] :is(input, textarea, select)", modal)?.focus();
  }
  const wrong = modal && one("[aria-invalid=true]", modal);
  if (wrong && modal.dataset.told !== wrong.id) { modal.dataset.told = wrong.id; (one("input, summary", wrong) ?? wrong).focus(); }
  (one("dialog:modal") ?? document.body).append(one("#toasts"));
  one("#menu-button").setAttribute("aria-expanded", String(document.documentElement.hasAttribute("data-menu")));
}

// ---- the new drawing takes the old one's place

const touched = new WeakSet();
const OWN = new Set(["data-told"]);

function patch(old, fresh) {
  const names = new Set([...fresh.children].map((child) => child.id).filter(Boolean));
  for (const child of [...old.children]) {
    if (child.id && !names.has(child.id) && child.dataset.keep === undefined) child.remove();
  }
  const known = new Map([...old.children].filter((child) => child.id).map((child) => [child.id, child]));
  let at = old.firstChild;
  for (const node of [...fresh.childNodes]) {
    while (at && at.nodeType === Node.ELEMENT_NODE && at.dataset.keep !== undefined && at.id !== node.id) at = at.nextSibling;
    const same = node.id ? known.get(node.id) : at && !at.id && at.nodeName === node.nodeName ? at : null;
    if (!same || same.nodeName !== node.nodeName) old.insertBefore(document.importNode(node, true), at);
    else if (same === at) { at = at.nextSibling; renew(same, node); }
    else { old.insertBefore(same, at); renew(same, node); }
  }
  while (at) {
    const next = at.nextSibling;
    if (at.nodeType !== Node.ELEMENT_NODE || at.dataset.keep === undefined) at.remove();
    at = next;
  }
}

function renew(old, fresh) {
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.nodeValue !== fresh.nodeValue) old.nodeValue = fresh.nodeValue;
    return;
  }
  if (old.dataset.keep !== undefined || old.isEqualNode(fresh)) return;
  const mine = old.matches("details, dialog") ? new Set([...OWN, "open"]) : OWN;
  for (const { name } of [...old.attributes]) if (!mine.has(name) && !fresh.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of fresh.attributes) {
    if (!mine.has(name) && old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  patch(old, fresh);
  if (!old.matches("input, textarea, select") || touched.has(old)) return;
  if (old.checked !== undefined) old.checked = fresh.checked;
  if (old.value !== fresh.value) old.value = fresh.value;
}

// ---- what was pressed

let line = Promise.resolve();

/** One after the other, as a person does it: what is asked here is asked when what was asked before is done. */
function ask(verb, wish = {}) {
  line = line.then(() => send(verb, wish));
  return line;
}

async function send(verb, wish) {
  const headers = { "Content-Type": "application/json", "X-Workspace-Secret": one("meta[name=secret]").content };
  const body = JSON.stringify({ viewer: document.body.dataset.viewer, ...wish });
  try {
    const answer = await fetch(`/do/${verb}`, { method: "POST", headers, body });
    const told = await answer.json();
    const done = answer.ok && !told.refused;
    if (told.say) toast(told.say, !done);
    return done;
  } catch {
    toast("The local Slack isn't running any more. Start it again with make run.", true);
    return false;
  }
}

function toast(words, bad) {
  const note = document.createElement("p");
  note.textContent = words;
  note.className = bad ? "toast trouble" : "toast";
  one("#toasts").append(note);
  setTimeout(() => note.remove(), Math.max(5000, words.length * 80));
}

const target = (element) => JSON.parse(element.closest("[data-target]").dataset.target);
const HOLDS_NOTHING = new Set(["button", "overflow", "workflow_button"]);

/** What is filled in around an element, by block and action id. */
function held(element) {
  const values = {};
  for (const control of all("[data-action]", element.closest("[data-target]"))) {
    if (HOLDS_NOTHING.has(control.dataset.type)) continue;
    const block = control.closest("[data-block]").dataset.block;
    (values[block] ??= {})[control.dataset.action] = valueOf(control);
  }
  return values;
}

function valueOf(control) {
  const ticked = all("input:checked", control).map((input) => input.value);
  if (control.dataset.type === "radio_buttons") return ticked[0] ?? null;
  if (control.dataset.type === "checkboxes" || control.dataset.type.startsWith("multi_")) return ticked;
  return control.value;
}

async function use(verb, control, value) {
  const choice = value === undefined ? {} : { value };
  const names = { block: control.closest("[data-block]").dataset.block, action: control.dataset.action };
  if (control.dataset.confirm && !(await confirmed(JSON.parse(control.dataset.confirm)))) return;
  ask(verb, { target: target(control), held: held(control), ...names, ...choice });
}

function confirmed(words) {
  const dialog = one("#confirm");
  const [no, yes] = all("button", dialog);
  one("h2", dialog).textContent = words.title;
  one("p", dialog).textContent = words.text;
  no.textContent = words.deny;
  yes.textContent = words.confirm;
  yes.className = words.style === "danger" ? "danger" : "primary";
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((done) => dialog.addEventListener("close", () => done(dialog.returnValue === "yes"), { once: true }));
}

async function press(button) {
  if (button.dataset.value !== undefined && button.closest("[data-type=overflow]")) {
    button.closest("details").open = false;
    return use("pick", button.closest("[data-action]"), button.dataset.value);
  }
  button.setAttribute("aria-busy", "true");
  await use("press", button);
  await line;
  button.removeAttribute("aria-busy");
}

const DONE = {
  move: (button) => ({ minutes: Number(button.dataset.minutes) }),
  speed: (button) => ({ speed: Number(button.dataset.speed) }),
  "rate-limit": (button) => ({ seconds: Number(button.dataset.seconds) }),
  delete: (button) => ({ target: target(button) }),
};
/** Moves of time may take a while: nobody's press waits for them. */
const APART = new Set(["move", "next-due", "speed", "kill", "restart"]);

function act(button) {
  const verb = button.dataset.do;
  (APART.has(verb) ? send : ask)(verb, DONE[verb]?.(button));
}

document.addEventListener("click", (event) => {
  const on = (selector) => event.target.closest(selector);
  for (const menu of all("details.menu[open], details.multi[open]")) if (!menu.contains(event.target)) menu.open = false;
  if (!on("#sidebar, #menu-button")) fold();
  const anchor = on("a[href^='/?']");
  if (anchor && !event.metaKey && !event.ctrlKey && !event.shiftKey) {
    event.preventDefault();
    if (anchor.dataset.home !== undefined) ask("home");
    return go(anchor.getAttribute("href"));
  }
  const button = on("button, a[data-action]");
  if (!button || button.getAttribute("aria-busy")) return;
  if (button.type === "button" && on("details.menu .menu-items")) on("details.menu").open = false;
  if (button.dataset.do) act(button);
  else if (button.dataset.react) { one("#picker").close(); ask("react", { target: picking ?? target(button), name: button.dataset.react }); picking = null; }
  else if (button.dataset.picker !== undefined) pick(button);
  else if (button.dataset.shortcut) ask("shortcut", { callback: button.dataset.shortcut, target: target(button) });
  else if (button.dataset.edit !== undefined) edit(button);
  else if (button.dataset.close !== undefined) ask("close", { target: target(button) });
  else if (button.dataset.dismiss !== undefined) button.closest("dialog").close();
  else if (button.dataset.menu !== undefined) { document.documentElement.toggleAttribute("data-menu"); settle(positions()); }
  else if (button.closest("[data-action]")) press(button);
});

/** The people and channels, where they lie over the messages. */
function fold() {
  document.documentElement.removeAttribute("data-menu");
  one("#menu-button").setAttribute("aria-expanded", "false");
}

const positions = () => new Map(all("[data-log]").map((log) => [log.id + log.dataset.log, log.scrollTop]));

document.addEventListener("input", (event) => {
  touched.add(event.target);
  const control = event.target.closest("[data-dispatch=input]");
  if (control) use("choose", control, valueOf(control));
  if (event.target.dataset.complete !== undefined) complete(event.target);
  if (event.target.id === "picker-words") offer(event.target.value);
});

document.addEventListener("change", (event) => {
  const several = event.target.closest("details.multi");
  if (several) one("summary span", several).textContent = all("label:has(:checked)", several).map((label) => label.textContent.trim()).join(", ") || "Choose options";
  const control = event.target.closest("[data-dispatch=change]");
  if (control) use("choose", control, valueOf(control));
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method === "dialog") return;
  event.preventDefault();
  if (form.dataset.submit !== undefined) submit(form);
  else if (form.dataset.composer !== undefined) post(form);
  else if (form.dataset.go !== undefined) { touched.delete(one("#go-to")); send("move-to", { at: one("#go-to").value }); }
  else if (form.dataset.editor !== undefined) { form.closest("dialog").close(); ask("edit", { target: editing, text: one("#editor-text").value }); }
});

async function submit(form) {
  const dialog = form.closest("dialog");
  const button = one("button[type=submit]", form);
  if (!button || button.getAttribute("aria-busy")) return;
  delete dialog.dataset.told;
  button.setAttribute("aria-busy", "true");
  await ask("submit", { target: target(form), held: held(form) });
  button.removeAttribute("aria-busy");
}

async function post(form) {
  const box = one("textarea", form);
  const text = box.value;
  if (!text.trim()) return;
  box.value = "";
  close_choices(box);
  const wish = { place: document.body.dataset.place, thread: form.dataset.thread, text };
  if (!(await ask("post", wish)) && !box.value) box.value = text;
}

document.addEventListener("cancel", (event) => {
  if (!event.target.matches("dialog[data-modal]")) return;
  event.preventDefault();
  ask("close", { target: target(event.target) });
}, true);

document.addEventListener("keydown", (event) => {
  const box = event.target.closest("textarea, input");
  if (event.key === "Escape") fold();
  if (event.key === "Escape") for (const menu of all("details[open]:is(.menu, .multi)")) { menu.open = false; one("summary", menu).focus(); event.preventDefault(); }
  if (!box || event.isComposing) return;
  if (box.dataset.complete !== undefined && choose(event, box)) return event.preventDefault();
  if (event.key !== "Enter" || event.shiftKey) return;
  if (box.closest("[data-composer]")) { event.preventDefault(); box.form.requestSubmit(); }
  else if (box.closest("[data-dispatch=enter]")) { event.preventDefault(); use("choose", box, valueOf(box)); }
  else if (box.matches("textarea") && (event.metaKey || event.ctrlKey)) box.form?.requestSubmit();
});

// ---- emoji, and editing

let picking = null;
let editing = null;

function pick(button) {
  picking = target(button);
  one("#picker-words").value = "";
  offer("");
  one("#picker").showModal();
}

async function offer(words) {
  const found = await (await fetch(`/emoji?words=${encodeURIComponent(words)}`)).json();
  if (one("#picker-words").value !== words) return;
  one("#picker-choices").replaceChildren(...found.map(([name, character]) => {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", textContent: character, title: `:${name}:` });
    button.setAttribute("aria-label", `:${name}:`);
    button.dataset.react = name;
    return button;
  }));
}

function edit(button) {
  editing = target(button);
  one("#editor-text").value = button.dataset.edit;
  one("#editor").showModal();
}

// ---- completing commands and names

const list_of = (box) => document.getElementById(box.getAttribute("aria-controls"));

function close_choices(box) {
  list_of(box).hidden = true;
  box.removeAttribute("aria-activedescendant");
}

function offers(box) {
  const known = JSON.parse(box.dataset.complete);
  const before = box.value.slice(0, box.selectionStart);
  if (/^\/\S*$/.test(before)) {
    return known.commands.filter((c) => c.name.startsWith(before)).map((c) => ({ typed: before, put: `${c.name} `, about: c.about }));
  }
  const command = known.commands.find((c) => before.startsWith(`${c.name} `));
  if (command && before.trim() === command.name) return [{ typed: before, put: before, show: command.usage, about: "what may follow" }];
  const word = /(?:^|\s)([@#]\S*)$/.exec(before)?.[1].toLowerCase();
  return word ? known.names.filter((n) => n.toLowerCase().startsWith(word)).map((n) => ({ typed: word, put: `${n} `, about: "" })) : [];
}

function complete(box) {
  const found = offers(box).slice(0, 8);
  const list = list_of(box);
  list.hidden = !found.length;
  list.replaceChildren(...found.map((offer, index) => {
    const item = document.createElement("li");
    item.id = `${list.id}-${index}`;
    item.setAttribute("role", "option");
    item.append(Object.assign(document.createElement("b"), { textContent: offer.show ?? offer.put }), ` ${offer.about}`);
    item.addEventListener("mousedown", (event) => { event.preventDefault(); take(box, offer); });
    item.offer = offer;
    return item;
  }));
  mark(box, 0);
}

function mark(box, index) {
  const items = [...list_of(box).children];
  items.forEach((item, at) => item.setAttribute("aria-selected", String(at === index)));
  if (items[index]) box.setAttribute("aria-activedescendant", items[index].id);
}

function choose(event, box) {
  const list = list_of(box);
  if (list.hidden) return false;
  const items = [...list.children];
  const at = items.findIndex((item) => item.getAttribute("aria-selected") === "true");
  if (event.key === "ArrowDown") mark(box, (at + 1) % items.length);
  else if (event.key === "ArrowUp") mark(box, (at + items.length - 1) % items.length);
  else if (event.key === "Escape") close_choices(box);
  else if (event.key === "Tab" || event.key === "Enter") return take(box, items[at].offer);
  else return false;
  return true;
}

/** False where there is nothing to put: the key does what it always does. */
function take(box, offer) {
  close_choices(box);
  if (offer.put === offer.typed) return false;
  box.setRangeText(offer.put, box.selectionStart - offer.typed.length, box.selectionStart, "end");
  complete(box);
  return true;
}

// A step within the same drawing, as to the message box, is told as well.
window.addEventListener("popstate", () => { if (location.search !== shown) follow(); });
settle();
listen();

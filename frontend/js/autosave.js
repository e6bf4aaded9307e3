// A form that saves as one writes (ux contract G6): says truly whether it is saved, tries again until it is, and takes
// in what the server answers. The form carries data-autosave, the address; #save-state carries the words.
import { forget, keep, kept, snapshot } from "./keeping.js";
import { addRow } from "./rows.js";

const WAIT = { input: 900, change: 300 };
const PATIENCE = 15000;
const PAUSES = [1000, 2000, 5000, 10000, 20000, 30000];

const questionsOf = (form) => [...form.querySelectorAll("[data-asked]")];
const plain = (pairs) => pairs.map(([, value]) => value.replace(/[\s\u00a0.]/g, "")).join("|");

let lastField = "";
document.addEventListener("focusin", (event) => {
  if (event.target.id && event.target.closest("[data-asked]")) lastField = event.target.id;
});

/** The words for a state; "failed" and "out" are read aloud at once, and stay in view. */
function say(state) {
  const place = document.getElementById("save-state");
  const words = place?.querySelector(`template[data-words="${state}"]`);
  if (!words || place.dataset.state === state) return;
  place.dataset.state = state;
  place.querySelector("[data-shown]").replaceChildren(words.content.cloneNode(true));
  const signIn = place.querySelector("[data-shown] a[data-sign-in]");
  if (signIn && lastField) signIn.href += encodeURIComponent(`#${lastField}`);
  if (state === "saving") place.removeAttribute("role");
  else place.setAttribute("role", "alert");
}

class Saver {
  constructor(form) {
    this.form = form;
    this.changed = new Set();
    this.base = new Map(questionsOf(form).map((one) => [one.dataset.asked, snapshot(one)]));
    this.failures = 0;
    this.isStopped = this.isLeaving = false;
    this.timer = 0;
    this.sending = null;
  }

  get isUnsaved() {
    return this.changed.size > 0 || this.sending !== null;
  }

  note(question, wait) {
    const slug = question.dataset.asked;
    this.changed.add(slug);
    keep(this.form, question, this.base.get(slug) ?? []);
    if (this.isStopped) return;
    if (!this.failures) say("saving");
    this.plan(this.failures ? Math.max(wait, PAUSES[0]) : wait);
  }

  plan(wait) {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.send(), wait);
  }

  async send(extra = []) {
    window.clearTimeout(this.timer);
    if (this.sending) {
      await this.sending;
      if (!extra.length && !this.changed.size) return;
    }
    const slugs = [...this.changed];
    this.changed.clear();
    const before = new Map(questionsOf(this.form).map((one) => [one.dataset.asked, snapshot(one)]));
    this.sending = this.exchange(extra);
    const answer = await this.sending;
    this.sending = null;
    if (answer === null) this.failed(slugs);
    else this.done(answer, slugs, before);
  }

  /** Each save of the page has a number of its own, so that one that was held up cannot undo a later one. */
  count() {
    const turn = this.form.elements.turn;
    if (turn) turn.value = Number(turn.value) + 1;
  }

  /** The server's answer, null when there was none that can be used now. */
  async exchange(extra) {
    this.count();
    const body = new URLSearchParams([...new FormData(this.form)].filter(([, value]) => typeof value === "string"));
    for (const [name, value] of extra) body.append(name, value);
    this.abort = new AbortController();
    const late = window.setTimeout(() => this.abort.abort(), PATIENCE);
    try {
      const answer = await fetch(this.form.dataset.autosave, {
        method: "POST", body, redirect: "manual", signal: this.abort.signal, keepalive: document.hidden,
        headers: { "HX-Request": "true" },
      });
      if (answer.type === "opaqueredirect" || answer.status === 401) this.isStopped = "out";
      else if (answer.status >= 400 && answer.status < 500 && answer.status !== 429) this.isStopped = "stopped";
      return answer.ok ? await answer.text() : null;
    } catch {
      return null;
    } finally {
      window.clearTimeout(late);
    }
  }

  failed(slugs) {
    if (this.isLeaving) return;
    for (const slug of slugs) this.changed.add(slug);
    say(this.isStopped || "failed");
    if (!this.isStopped) this.plan(PAUSES[Math.min(this.failures, PAUSES.length - 1)]);
    this.failures += 1;
  }

  done(answer, slugs, before) {
    this.failures = 0;
    const unread = takeIn(this.form, answer, this.changed);
    for (const slug of slugs) {
      if (this.changed.has(slug) || unread.includes(slug)) continue;
      this.base.set(slug, before.get(slug) ?? []);
      forget(this.form, slug);
    }
    if (this.changed.size) {
      say("saving");
      this.plan(WAIT.change);
    }
  }
}

/** Put the answer's parts in the place of the old ones; what is unfolded stays so, and so does where one writes. */
function takeIn(form, answer, changed) {
  const page = new DOMParser().parseFromString(answer, "text/html");
  for (const part of page.querySelectorAll("[data-fresh]")) {
    const old = document.getElementById(part.id);
    const isBusy = part.dataset.asked && changed.has(part.dataset.asked);
    if (old && !isBusy) exchangePart(old, part);
  }
  return (document.getElementById("save-state")?.dataset.unread ?? "").split(" ");
}

function exchangePart(old, part) {
  const focused = old.contains(document.activeElement) ? document.activeElement.id : "";
  const open = [...old.querySelectorAll("details")].map((one) => one.open);
  old.replaceWith(document.adoptNode(part));
  part.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true })); // what is new on the page comes to life
  for (const [place, one] of [...part.querySelectorAll("details")].entries()) one.open = open[place] ?? one.open;
  if (focused) (document.getElementById(focused) ?? part.querySelector("input, textarea, select"))?.focus();
}

/** Text that never reached the server: back where it stood, or offered when the answer has changed meanwhile. */
function bringBack(saver, question) {
  const { form } = saver;
  const entry = kept(form, question.dataset.asked);
  if (!entry) return;
  const now = snapshot(question);
  if (plain(entry.now) === plain(now)) {
    if (!("unsaved" in form.dataset)) forget(form, question.dataset.asked);
  } else if (plain(entry.base) === plain(now)) putBack(saver, question, entry);
  else offer(saver, question, entry);
}

function putBack(saver, question, entry) {
  const table = question.querySelector("[data-rows]");
  const places = entry.now.map(([name]) => Number(/-(\d+)-/.exec(name)?.[1] ?? -1));
  while (table && table.querySelectorAll(".rd-rows > [data-row]").length <= Math.max(...places)) addRow(table);
  for (const one of question.querySelectorAll("input, textarea, select")) setValue(one, entry.now);
  saver.note(question, 0);
}

function setValue(control, pairs) {
  const values = pairs.filter(([name]) => name === control.name).map(([, value]) => value);
  if (control.type === "file") return;
  if (control.type === "radio" || control.type === "checkbox") control.checked = values.includes(control.value);
  else control.value = values[0] ?? "";
}

function offer(saver, question, entry) {
  const notice = saver.form.querySelector("template[data-words='kept']").content.cloneNode(true);
  notice.querySelector("[data-typed]").textContent = entry.now.map(([, value]) => value).join(" · ");
  const box = notice.firstElementChild;
  box.querySelector("[data-use]").addEventListener("click", () => {
    putBack(saver, question, entry);
    box.remove();
  });
  box.querySelector("[data-drop]").addEventListener("click", () => {
    forget(saver.form, question.dataset.asked);
    box.remove();
  });
  question.prepend(notice);
}

function watch(form) {
  const saver = new Saver(form);
  for (const kind of ["input", "change"]) {
    form.addEventListener(kind, (event) => {
      const question = event.target.closest?.("[data-asked]");
      if (question && event.target.type !== "file") saver.note(question, WAIT[kind]);
    });
  }
  // «Behold ditt» and «Bruk Olas» at a field that two have changed.
  form.addEventListener("click", (event) => {
    const choice = event.target.closest?.("button[name='mine'], button[name='theirs']");
    if (!choice) return;
    event.preventDefault();
    saver.send([[choice.name, choice.value]]);
  });
  form.addEventListener("submit", () => {
    saver.isLeaving = true;
    saver.count();
    window.clearTimeout(saver.timer);
  });
  form.addEventListener("htmx:abort", () => saver.abort?.abort());
  window.addEventListener("pageshow", () => { saver.isLeaving = false; });
  window.addEventListener("online", () => { if (saver.failures && !saver.isStopped) saver.plan(0); });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && saver.changed.size && !saver.isStopped && !saver.isLeaving) saver.send();
  });
  window.addEventListener("beforeunload", (event) => {
    if (saver.isUnsaved && !saver.isLeaving) event.preventDefault();
  });
  for (const question of questionsOf(form)) bringBack(saver, question);
  const wanted = location.hash && document.getElementById(location.hash.slice(1));
  if (wanted && form.contains(wanted)) wanted.focus();
}

document.addEventListener("DOMContentLoaded", () => {
  for (const form of document.querySelectorAll("form[data-autosave]")) watch(form);
});

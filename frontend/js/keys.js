// Keys of the work list: letters only, since the others sit behind Shift on a Norwegian keyboard (ux contract G13).
// They act while the list, or nothing at all, has focus; never in a field; and can be turned off for the machine.
const OFF = "runde:keys-off";
const PLACE = "runde:row";

function stored(name, store) {
  try {
    return store.getItem(name);
  } catch {
    return null;
  }
}

function remember(name, value, store) {
  try {
    if (value === null) store.removeItem(name);
    else store.setItem(name, value);
  } catch {
    // without storage the keys stay on and the place is forgotten
  }
}

const list = () => document.querySelector("[data-list-keys]");
const rows = () => [...list().querySelectorAll("tbody tr")].filter((row) => linkOf(row));
const linkOf = (row) => row.querySelector("th a[href]");
const current = () => document.activeElement?.closest?.("[data-list-keys] tbody tr") ?? null;

function goTo(row) {
  if (!row) return;
  const closed = row.closest("details:not([open])");
  if (closed) closed.open = true; // what is closed cannot be focused
  linkOf(row).focus();
  row.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const all = rows();
  const at = all.indexOf(current());
  goTo(at < 0 ? all[0] : all[Math.min(Math.max(at + by, 0), all.length - 1)]);
}

function mark(row) {
  const box = row?.querySelector("input[data-mark]");
  if (box) box.click();
}

/** What is marked; or else the row one stands on, which is marked first. */
function act(key) {
  const button = list().querySelector(`[data-key="${key}"]`);
  if (!button) return false;
  const form = button.closest("[data-marks]");
  const row = current();
  if (form && row) {
    remember(PLACE, String(rows().indexOf(row)), window.sessionStorage);
    const bar = form.querySelector("[data-when-marked]");
    const nothing = bar ? bar.hidden : !form.querySelector("input[data-mark]:checked");
    if (nothing) mark(row);
  }
  button.click();
  return true;
}

/** What was just opened takes a few frames before it can be reached. */
function reach(field, frames) {
  field.focus();
  if (document.activeElement !== field && frames) window.requestAnimationFrame(() => reach(field, frames - 1));
}

function search() {
  const field = list().querySelector('[data-key="s"]');
  const closed = field?.closest("details:not([open])");
  if (closed) closed.open = true;
  if (field) reach(field, 60);
  return Boolean(field);
}

const DO = {
  j: () => step(1),
  k: () => step(-1),
  ArrowDown: () => step(1),
  ArrowUp: () => step(-1),
  x: () => mark(current()),
  s: search,
};

function isOurs(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || !list() || stored(OFF, window.localStorage)) return false;
  const at = document.activeElement;
  if (at?.matches("input:not([type=checkbox]), textarea, select")) return false;
  return at === document.body || list().contains(at);
}

document.addEventListener("keydown", (event) => {
  if (!isOurs(event)) return;
  if (event.key.startsWith("Arrow") && !current()) return; // arrows scroll until one stands in the list
  const work = DO[event.key];
  if (work) {
    work();
    event.preventDefault();
  } else if ("tvguo".includes(event.key) && event.key.length === 1 && actOrOpen(event.key)) {
    event.preventDefault();
  }
});

/** `g` without a button for many: the case itself, where the proposal is made; not where the page has an act for it. */
function actOrOpen(key) {
  if (act(key)) return true;
  if (document.querySelector(`[data-act-key="${key}"]`)) return false;
  const row = key === "g" && current();
  if (row) linkOf(row).click();
  return Boolean(row);
}

/** After something was done with one row, one stands where the next one is. */
function back() {
  const place = stored(PLACE, window.sessionStorage);
  if (place === null || !list()) return;
  remember(PLACE, null, window.sessionStorage);
  const all = rows();
  goTo(all[Math.min(Number(place), all.length - 1)]);
}

function turnOnOff() {
  const part = document.querySelector("[data-keys-switch]");
  const box = part?.querySelector("[data-keys-on]");
  if (!box) return;
  part.hidden = false;
  box.checked = !stored(OFF, window.localStorage);
  box.addEventListener("change", () => remember(OFF, box.checked ? null : "yes", window.localStorage));
}

document.addEventListener("DOMContentLoaded", () => {
  back();
  turnOnOff();
});

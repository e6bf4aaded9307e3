// Lists where cases are marked: the head box marks the page, the count and the sum are said, the bar shows only when
// something is marked. Where a list has pages (`data-marks-kept`), marks follow from page to page and from filter to
// filter in the browser's own storage, until something is done with them. Without script every box and the bar are
// there, and the server counts.
const PREFIX = "runde:marks:";
const noun = new Intl.NumberFormat("nb-NO");

/** The storage may be closed or full: then marks only live on their own page. */
function withStorage(work) {
  try {
    return work(window.sessionStorage);
  } catch {
    return undefined;
  }
}

const keyOf = (list) => (list.dataset.marksKept ? PREFIX + list.dataset.marksKept : "");
const kept = (list) => (keyOf(list) && withStorage((store) => JSON.parse(store.getItem(keyOf(list)) ?? "{}"))) || {};

function keep(list, changes) {
  if (keyOf(list)) withStorage((store) => store.setItem(keyOf(list), JSON.stringify(changes)));
}

function boxes(list) {
  return [...list.querySelectorAll("input[type=checkbox][data-mark]")];
}

/** What differs from how the server made the page, on this page and the others: id to {on, amount}. */
function changesIn(list) {
  const changes = kept(list);
  for (const box of boxes(list)) {
    if (box.checked === box.defaultChecked) delete changes[box.value];
    else changes[box.value] = { on: box.checked, amount: Number(box.dataset.amount ?? 0) };
  }
  return changes;
}

/** How many are chosen in all, how many of them elsewhere, and their sum. */
function chosen(list, changes) {
  const here = boxes(list);
  const started = Number(list.dataset.chosen ?? here.filter((box) => box.defaultChecked).length);
  let count = started;
  let sum = Number(list.dataset.chosenSum ?? 0);
  for (const { on, amount } of Object.values(changes)) {
    count += on ? 1 : -1;
    sum += on ? amount : -amount;
  }
  return { count, sum, elsewhere: count - here.filter((box) => box.checked).length };
}

function words({ count, sum, elsewhere }) {
  const away = elsewhere > 0 ? `, ${noun.format(elsewhere)} av dem på andre sider` : "";
  const money = sum > 0 ? ` · Sum ${noun.format(sum)} kroner` : "";
  return `${noun.format(count)} valgt${away}${money}`;
}

function count(list) {
  const here = boxes(list);
  const marked = here.filter((box) => box.checked).length;
  const head = list.querySelector("input[type=checkbox][data-mark-all]");
  if (head) {
    head.checked = marked > 0 && marked === here.length;
    head.indeterminate = marked > 0 && marked < here.length;
  }
  const changes = changesIn(list);
  keep(list, changes);
  const all = chosen(list, changes);
  for (const place of list.querySelectorAll("[data-marked-count]")) place.textContent = words(all);
  for (const bar of list.querySelectorAll("[data-when-marked]")) bar.hidden = all.count === 0;
}

/** The form carries what was marked and emptied on other pages; afterwards the marks have been used. */
function send(list) {
  const here = new Set(boxes(list).map((box) => box.value));
  const away = Object.entries(kept(list)).filter(([id]) => !here.has(id));
  const ids = (on) => away.filter(([, one]) => one.on === on).map(([id]) => id).join(" ");
  const elsewhere = list.querySelector("[data-marks-elsewhere]");
  const emptied = list.querySelector("[data-marks-emptied]");
  if (elsewhere) elsewhere.value = ids(true);
  if (emptied) emptied.value = ids(false);
  if (keyOf(list)) withStorage((store) => store.removeItem(keyOf(list)));
}

document.addEventListener("change", (event) => {
  const list = event.target.closest?.("[data-marks]");
  if (!list) return;
  if (event.target.matches("[data-mark-all]")) {
    for (const box of boxes(list)) box.checked = event.target.checked;
  }
  count(list);
});

document.addEventListener("submit", (event) => {
  if (event.target.matches?.("[data-marks]")) send(event.target);
});

function start() {
  for (const list of document.querySelectorAll("[data-marks]")) {
    const changes = kept(list);
    for (const box of boxes(list)) if (changes[box.value]) box.checked = changes[box.value].on;
    count(list);
  }
}
document.addEventListener("DOMContentLoaded", start);
document.addEventListener("htmx:after:swap", start);

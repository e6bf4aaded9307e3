// Rows of a table question: added, moved and deleted on the page at once. Without script the same buttons ask the server.
const PLACE = /-(?:\d+|__)-/;

const rowsOf = (table) => [...table.querySelectorAll(":scope .rd-rows > [data-row]")];
const tableOf = (element) => element.closest("[data-rows]");

/** Every row says its own number again: in the names that are sent, in ids and in what is read aloud. */
function number(table) {
  for (const [place, row] of rowsOf(table).entries()) {
    row.setAttribute("aria-label", row.getAttribute("aria-label").replace(/\d+$/, place + 1));
    for (const words of row.querySelectorAll("[data-number]")) words.textContent = place + 1;
    for (const one of row.querySelectorAll("[name], [id], [for], [aria-describedby]")) renumber(one, place);
  }
  const add = table.querySelector("button[value^='add:']");
  if (add) add.parentElement.hidden = Boolean(table.dataset.most) && rowsOf(table).length >= Number(table.dataset.most);
}

function renumber(element, place) {
  for (const name of ["name", "id", "for", "aria-describedby"]) {
    const value = element.getAttribute(name);
    if (value) element.setAttribute(name, value.replace(new RegExp(PLACE, "g"), `-${place}-`));
  }
  if (element.name === "row") element.value = element.value.replace(/-?\d+$/, place);
}

export function addRow(table) {
  const blank = table.querySelector("template[data-blank]").content.cloneNode(true);
  table.querySelector(".rd-rows").append(blank);
  number(table);
  return rowsOf(table).at(-1);
}

function empty(row) {
  for (const one of row.querySelectorAll("input, textarea, select")) one.value = "";
}

function removeRow(table, row) {
  const rows = rowsOf(table);
  const near = rows[rows.indexOf(row) + 1] ?? rows[rows.indexOf(row) - 1];
  if (near) row.remove();
  else empty(row);
  number(table);
  (near ?? row).querySelector("input, textarea, select")?.focus();
}

function moveRow(table, row, button, ways) {
  const other = ways < 0 ? row.previousElementSibling : row.nextElementSibling;
  if (!other) return;
  if (ways < 0) other.before(row);
  else other.after(row);
  number(table);
  button.focus();
}

const ACTS = {
  add: (table) => addRow(table).querySelector("input, textarea, select")?.focus(),
  remove: removeRow,
  up: (table, row, button) => moveRow(table, row, button, -1),
  down: (table, row, button) => moveRow(table, row, button, 1),
};

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("button[name='row']");
  const table = button && tableOf(button);
  if (!table) return;
  event.preventDefault();
  ACTS[button.value.split(":")[0]](table, button.closest("[data-row]"), button);
  table.dispatchEvent(new Event("change", { bubbles: true }));
});

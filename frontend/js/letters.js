// The letter editor: fields stand as chips in the text, and a press puts one in where the caret was. The plain field
// beneath carries what is sent, with the names in guillemets, so everything works without script too.
const NAMES = /«([^«»\n]{1,60})»|\[\[([^[\]\n]{1,80})\]\]/g;

/** The names that are fields here; other words in guillemets are quotations. */
function knownNames(text) {
  const place = text.closest("[data-key]");
  const chips = place ? place.querySelectorAll(".rd-letter-chips .rd-merge, [data-insert-field]") : [];
  return new Set([...chips].map((chip) => chip.textContent.trim().toLowerCase()));
}

function chip(name, kind) {
  const made = document.createElement("span");
  made.className = "rd-merge";
  made.contentEditable = "false";
  made.dataset.name = name;
  if (kind) made.dataset.kind = kind;
  made.textContent = name;
  return made;
}

/** The text as nodes: words, and chips for the fields. */
function nodesOf(text, known) {
  const nodes = [];
  let from = 0;
  for (const found of text.matchAll(NAMES)) {
    const name = found[1] ?? found[2];
    if (found[1] && !known.has(name.toLowerCase())) continue;
    nodes.push(document.createTextNode(text.slice(from, found.index)), chip(name, found[2] ? "fill" : ""));
    from = found.index + found[0].length;
  }
  nodes.push(document.createTextNode(text.slice(from)));
  return nodes;
}

function textOf(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data;
  if (node.dataset?.name) return node.dataset.kind === "fill" ? `[[${node.dataset.name}]]` : `«${node.dataset.name}»`;
  if (node.nodeName === "BR") return "\n";
  return [...node.childNodes].map(textOf).join("");
}

const boxes = new Map();
let last = null;

function dress(field) {
  const box = document.createElement("div");
  const label = document.querySelector(`label[for="${field.id}"]`);
  box.className = "ds-input rd-letter-box";
  box.contentEditable = "plaintext-only";
  if (box.contentEditable !== "plaintext-only") return;
  box.setAttribute("role", "textbox");
  box.setAttribute("aria-multiline", "true");
  box.id = `${field.id}-box`;
  box.lang = field.lang;
  if (label) {
    label.id ||= `${field.id}-l`;
    box.setAttribute("aria-labelledby", label.id);
    label.addEventListener("click", () => box.focus());
  }
  const about = field.getAttribute("aria-describedby");
  if (about) box.setAttribute("aria-describedby", about);
  box.replaceChildren(...nodesOf(field.value, knownNames(field)));
  box.addEventListener("input", (event) => {
    event.stopPropagation();
    field.value = textOf(box);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  box.addEventListener("blur", () => { box.replaceChildren(...nodesOf(field.value, knownNames(field))); });
  box.addEventListener("focus", () => { last = box; });
  field.before(box);
  field.hidden = true;
  boxes.set(box, field);
}

/** Where the caret is in the box, or its end. */
function caretIn(box) {
  const chosen = getSelection();
  if (chosen.rangeCount && box.contains(chosen.anchorNode)) return chosen.getRangeAt(0);
  const range = document.createRange();
  range.selectNodeContents(box);
  range.collapse(false);
  return range;
}

function insert(button) {
  const place = button.closest("[data-key]");
  const box = last && place?.contains(last) ? last : place?.querySelector(".rd-letter-box");
  const name = button.dataset.insertField.slice(1, -1);
  if (!box) {
    const field = place?.querySelector("textarea");
    if (field) field.setRangeText(button.dataset.insertField, field.selectionStart, field.selectionEnd, "end");
    return;
  }
  const range = caretIn(box);
  range.deleteContents();
  const made = chip(name, "");
  range.insertNode(made);
  const field = boxes.get(box);
  field.value = textOf(box);
  field.dispatchEvent(new Event("input", { bubbles: true }));
  box.focus();
  getSelection().collapse(made.parentNode, [...made.parentNode.childNodes].indexOf(made) + 1);
}

document.addEventListener("mousedown", (event) => {
  if (event.target.closest?.("[data-insert-field]")) event.preventDefault(); // the caret stays where it was
});
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-insert-field]");
  if (button) insert(button);
});
document.addEventListener("DOMContentLoaded", () => {
  for (const field of document.querySelectorAll("textarea[data-letter-text]")) dress(field);
});

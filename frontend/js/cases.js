// Lists where cases are marked: the head box marks the page, the count is said, the bar shows only when something is marked.
// Without script every box and the bar are there, and the server counts.
function boxes(list) {
  return [...list.querySelectorAll("input[type=checkbox][data-mark]")];
}

function count(list) {
  const all = boxes(list);
  const marked = all.filter((box) => box.checked).length;
  const head = list.querySelector("input[type=checkbox][data-mark-all]");
  if (head) {
    head.checked = marked > 0 && marked === all.length;
    head.indeterminate = marked > 0 && marked < all.length;
  }
  for (const place of list.querySelectorAll("[data-marked-count]")) place.textContent = `${marked} valgt`;
  for (const bar of list.querySelectorAll("[data-when-marked]")) bar.hidden = marked === 0;
}

document.addEventListener("change", (event) => {
  const list = event.target.closest?.("[data-marks]");
  if (!list) return;
  if (event.target.matches("[data-mark-all]")) {
    for (const box of boxes(list)) box.checked = event.target.checked;
  }
  count(list);
});

function start() {
  for (const list of document.querySelectorAll("[data-marks]")) count(list);
}
document.addEventListener("DOMContentLoaded", start);
document.addEventListener("htmx:after:swap", start);

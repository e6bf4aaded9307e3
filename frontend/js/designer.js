// The scheme designer: arrow keys step a value in a sentence, and every form knows the newest revision.
const STEPS_LARGER = 10;

/** "5 000" -> 5000, "2,5" -> 2.5; null for what is no number. */
function numberIn(text) {
  const plain = text.replace(/[\s\u00a0]/g, "").replace(",", ".");
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : null;
}

function numberText(value, decimals) {
  const [whole, rest] = value.toFixed(decimals).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, " ");
  return rest ? `${grouped},${rest}` : grouped;
}

function steppedNumber(input, ways) {
  const now = numberIn(input.value);
  const step = numberIn(input.dataset.step);
  if (now === null || step === null) return null;
  const decimals = Math.max(...[input.value, input.dataset.step].map((text) => (text.split(",")[1] ?? "").length));
  return numberText(Math.max(0, now + ways * step), decimals);
}

function steppedDay(input, ways) {
  const parts = /^(\d{2})\.(\d{2})\.(\d{4})$/.exec(input.value.trim());
  if (!parts) return null;
  const day = new Date(Date.UTC(Number(parts[3]), Number(parts[2]) - 1, Number(parts[1]) + ways));
  const two = (number) => String(number).padStart(2, "0");
  return `${two(day.getUTCDate())}.${two(day.getUTCMonth() + 1)}.${day.getUTCFullYear()}`;
}

document.addEventListener("keydown", (event) => {
  const input = event.target.closest?.("input[data-step]");
  if (!input || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
  const ways = (event.key === "ArrowUp" ? 1 : -1) * (event.shiftKey ? STEPS_LARGER : 1);
  const value = input.dataset.step === "dag" ? steppedDay(input, ways) : steppedNumber(input, ways);
  if (value === null) return;
  event.preventDefault();
  input.value = value;
  input.dispatchEvent(new Event("input", { bubbles: true }));
});

// After a saved change the forms on the page carry the new revision; a refused value is marked where it stands.
function settle() {
  const state = document.getElementById("draft-state");
  if (!state) return;
  for (const input of document.querySelectorAll("input[name=revision]:not([data-fixed])")) {
    input.value = state.dataset.revision;
  }
  for (const place of document.querySelectorAll(".rd-sentence-problems")) {
    const wrong = (place.dataset.wrong ?? "").split(" ");
    for (const input of document.querySelectorAll(`[aria-describedby="${place.id}"]`)) {
      if (wrong.includes(input.id)) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    }
  }
}
document.addEventListener("htmx:after:swap", settle);

// New figures take the place of the old ones; what was unfolded stays unfolded.
const folds = () => [...document.querySelectorAll("#figures details")];
const foldName = (fold) => fold.id || fold.closest("figure")?.id || fold.querySelector("summary")?.textContent;
let unfolded = new Map();
document.addEventListener("htmx:before:swap", () => {
  unfolded = new Map(folds().map((fold) => [foldName(fold), fold.open]));
});
document.addEventListener("htmx:after:swap", () => {
  for (const fold of folds()) fold.open = unfolded.get(foldName(fold)) ?? fold.open;
});

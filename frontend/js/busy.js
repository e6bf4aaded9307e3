// A button that is waiting for the server says so after a second and keeps its words (ux contract G5).
// It also stops the second press; the server keeps its own promise with an idempotency key.
const SLOW = 1000;
const FORGET = 15000; // a form that answers with a file never leaves the page

document.addEventListener("submit", (event) => {
  const form = event.target;
  const button = event.submitter;
  if (form.dataset.sending === "true") {
    event.preventDefault();
    return;
  }
  if (form.method !== "post" || !button) return;
  form.dataset.sending = "true";
  window.setTimeout(() => {
    if (form.dataset.sending === "true") button.setAttribute("aria-busy", "true");
  }, SLOW);
  window.setTimeout(() => release(document), FORGET);
});

/** Coming back with the Back button, or an answer swapped in, frees the form again. */
function release(root) {
  for (const form of root.querySelectorAll("form[data-sending]")) delete form.dataset.sending;
  for (const button of root.querySelectorAll("button[aria-busy]")) button.removeAttribute("aria-busy");
}

window.addEventListener("pageshow", () => release(document));
document.addEventListener("htmx:finally:request", () => release(document));

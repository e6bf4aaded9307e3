// A button that is waiting for the server says so after a second and keeps its words (ux contract G5).
// It also stops the second press; the server keeps its own promise with an idempotency key.
const SLOW = 1000;
const FORGET = 15000; // a form that answers with a file never leaves the page

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sending === "true") {
    event.preventDefault();
    return;
  }
  if (event.defaultPrevented) return; // htmx sends it and tells when it is done
  form.dataset.sending = "true";
  form.dispatchEvent(new Event("htmx:abort")); // a save on the way must not arrive after the whole form
  const button = event.submitter;
  window.setTimeout(() => {
    if (button && form.dataset.sending === "true") button.setAttribute("aria-busy", "true");
  }, SLOW);
  window.setTimeout(() => release(form), FORGET);
});

/** Coming back with the Back button frees the form again. */
function release(form) {
  delete form.dataset.sending;
  for (const button of form.querySelectorAll("button[aria-busy]")) button.removeAttribute("aria-busy");
}

window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sending]").forEach(release));

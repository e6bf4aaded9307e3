// Answers saved while one writes (`data-autosave` on the form). The page works the same without.

/** A save in the background steps aside when the page is left: what it carried is posted with the form. */
function stepAside() {
  for (const form of document.querySelectorAll("form[data-autosave]")) {
    form.dataset.leaving = "true";
    form.dispatchEvent(new CustomEvent("htmx:abort"));
  }
}
window.addEventListener("beforeunload", stepAside);
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-leaving]")) delete form.dataset.leaving;
});
document.addEventListener("htmx:before:request", (event) => {
  if (event.target.dataset?.leaving) event.preventDefault();
});

/** Never leave "Lagret" standing when the last save failed; the next key press tries again. */
function sayNotSaved(event) {
  const state = document.getElementById("save-state");
  if (!event.target.matches?.("form[data-autosave]") || !state) return;
  state.textContent = state.dataset.failed;
  const region = document.getElementById("status");
  if (region) region.textContent = state.dataset.failed;
}
document.addEventListener("htmx:error", sayNotSaved);
document.addEventListener("htmx:response:error", (event) => {
  if (event.detail.ctx.response.status >= 500) sayNotSaved(event);
});

// The reader's place: to the errors after a refused form, to the new heading after a new view (ux contract G3, G4).
function toErrors() {
  const summary = document.querySelector("[data-takes-focus]");
  if (summary) summary.focus();
}

document.addEventListener("DOMContentLoaded", toErrors);

document.addEventListener("htmx:after:swap", () => {
  toErrors();
  const heading = document.querySelector("[data-focus-after-swap]");
  if (!heading) return;
  heading.removeAttribute("data-focus-after-swap");
  heading.setAttribute("tabindex", "-1");
  heading.focus();
});

// A link in the error summary leads into the field itself, with its label in view.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.(".rd-error-summary a[href^='#']");
  const field = link && document.getElementById(link.hash.slice(1));
  if (!field) return;
  event.preventDefault();
  const label = document.querySelector(`label[for="${CSS.escape(field.id)}"]`);
  (field.closest("fieldset") ?? label ?? field).scrollIntoView({ block: "start" });
  field.focus({ preventScroll: true });
});

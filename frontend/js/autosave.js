// A form that saves as one writes says in words when it could not (ux contract G6). The server says when it could.
// The form carries data-autosave; the place for the words is #save-state with its own data-failed text.
function notSaved(event) {
  const form = event.target.closest?.("form[data-autosave]");
  const place = document.getElementById("save-state");
  if (form && place?.dataset.failed) place.textContent = place.dataset.failed;
}

document.addEventListener("htmx:error", notSaved);
document.addEventListener("htmx:response:error", notSaved);

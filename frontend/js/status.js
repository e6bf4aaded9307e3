// One status region per page, always there, one short sentence at a time (ux contract G4).
const FAILED = {
  nb: "Noe gikk galt hos oss. Svarene dine er lagret. Prøv igjen om litt.",
  nn: "Noko gjekk gale hos oss. Svara dine er lagra. Prøv igjen om litt.",
  en: "Something went wrong on our side. Your answers are saved. Try again shortly.",
};

function say(sentence) {
  const region = document.getElementById("status");
  if (!region) return;
  region.hidden = false;
  region.textContent = sentence;
}

/** A failed request must never end in the middle of a page; see the htmx settings in base.html. */
function sayFailed() {
  say(FAILED[document.documentElement.lang] ?? FAILED.nb);
}

// A form that saves as one writes tells its own tale; see autosave.js.
const tellsItself = (event) => event.target.closest?.("form[data-autosave]");

document.addEventListener("htmx:response:error", (event) => {
  if (event.detail.ctx.response.status >= 500 && !tellsItself(event)) sayFailed();
});
document.addEventListener("htmx:error", (event) => {
  if (!tellsItself(event)) sayFailed();
});
document.addEventListener("htmx:before:request", (event) => {
  event.detail.ctx.target?.setAttribute?.("aria-busy", "true");
});
document.addEventListener("htmx:finally:request", (event) => {
  event.detail.ctx.target?.removeAttribute?.("aria-busy");
});

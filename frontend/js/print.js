// On paper every closed part is open (ux contract G16); afterwards it is as the reader left it.
let opened = [];

window.addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("details:not([open])")];
  for (const part of opened) part.open = true;
});
window.addEventListener("afterprint", () => {
  for (const part of opened) part.open = false;
  opened = [];
});
document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-print]")) window.print();
});

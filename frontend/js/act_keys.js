// A key for the act of a page: `g` where a proposal is sent, looked through or approved (ux contract G13). Only the
// button's own page has it. A key held down from the page before does nothing, nor does one typed in a field.
const OFF = "runde:keys-off";

function areOff() {
  try {
    return Boolean(window.localStorage.getItem(OFF));
  } catch {
    return false;
  }
}

document.addEventListener("keydown", (event) => {
  if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || !/^[a-z]$/.test(event.key) || areOff()) return;
  if (document.activeElement?.matches("input, textarea, select")) return;
  const button = document.querySelector(`[data-act-key="${event.key}"]`);
  if (!button) return;
  event.preventDefault();
  button.click();
});

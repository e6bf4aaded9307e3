// Keys of the case page: digits and letters only, since the others sit behind Shift on a Norwegian keyboard (ux contract
// G13). 1–4 go to the case's parts, n and f to the next case and the one before, m to the messages, i to the notes, g to
// the proposal. They act while no field has focus, and are turned off together with those of the list.
const OFF = "runde:keys-off";

function areOff() {
  try {
    return Boolean(window.localStorage.getItem(OFF));
  } catch {
    return false;
  }
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !/^[1-4nfmigt]$/.test(event.key)) return;
  if (!document.querySelector("[data-case-keys]") || areOff()) return;
  if (document.activeElement?.matches("input, textarea, select")) return;
  const found = document.querySelector(`[data-case-keys] [data-key="${event.key}"], .rd-identity [data-key="${event.key}"]`);
  if (!found) return;
  event.preventDefault();
  found.click();
});

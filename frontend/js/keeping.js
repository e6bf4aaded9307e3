// What is typed and not yet acknowledged as saved lies in the browser's own storage, one entry for each question.
// A page that comes back, after a lost line or a new sign-in, gets it again; an acknowledged save clears it.
const PREFIX = "runde:typed:";
const LONGEST_DAYS = 14;
const DAY = 24 * 60 * 60 * 1000;

/** The storage may be closed or full: then the page still works, it only remembers less. */
function withStorage(work) {
  try {
    return work(window.localStorage);
  } catch {
    return undefined;
  }
}

const keyOf = (form, slug) => `${PREFIX}${form.dataset.keep}:${slug}`;

/** Every name and value in a question, as the form would send them; files are never kept here. */
export function snapshot(question) {
  const controls = [...question.querySelectorAll("input[name], textarea[name], select[name]")];
  return controls
    .filter((one) => one.type !== "file" && !one.closest("template") && (!/^(radio|checkbox)$/.test(one.type) || one.checked))
    .map((one) => [one.name, one.value]);
}

export function keep(form, question, base) {
  const entry = { at: Date.now(), page: form.elements.page?.value ?? "", base, now: snapshot(question) };
  withStorage((store) => store.setItem(keyOf(form, question.dataset.asked), JSON.stringify(entry)));
}

export function kept(form, slug) {
  return withStorage((store) => JSON.parse(store.getItem(keyOf(form, slug)) ?? "null"));
}

export function forget(form, slug) {
  withStorage((store) => store.removeItem(keyOf(form, slug)));
}

function entries(store) {
  return Object.keys(store)
    .filter((key) => key.startsWith(PREFIX))
    .map((key) => [key, JSON.parse(store.getItem(key) ?? "null")]);
}

function clear(isDone) {
  withStorage((store) => {
    for (const [key, entry] of entries(store)) if (!entry || isDone(entry)) store.removeItem(key);
  });
}

/** A page that was sent whole and taken in is named in a cookie; what was kept from it is no longer needed. */
function clearAcknowledged() {
  const page = /(?:^|; )runde_saved=([\w-]+)/.exec(document.cookie)?.[1];
  if (!page) return;
  clear((entry) => entry.page === page);
  document.cookie = "runde_saved=; path=/; max-age=0; samesite=lax";
}

clearAcknowledged();
clear((entry) => Date.now() - entry.at > LONGEST_DAYS * DAY);

// Who signs out on a shared machine leaves nothing behind.
document.addEventListener("submit", (event) => {
  if (event.target.closest?.("[data-sign-out], .rd-account")) clear(() => true);
});

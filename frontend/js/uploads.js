// Files over a poor line: sent in parts, taken up where they stopped, told in words. Without this the button
// «Last opp» in the same form does it in one go.
const PAUSES = [1, 2, 4, 8, 15, 30]; // seconds; the last one again and again
const OVERLAP = 65536; // the end of what the server has is sent again, so that another file cannot go on
const SOME_ID = "00000000-0000-0000-0000-000000000000";
let sending = 0;

class Refused extends Error {}

for (const root of document.querySelectorAll("[data-upload]")) enhance(root);
document.addEventListener("htmx:load", (event) => {
  for (const root of event.target.querySelectorAll?.("[data-upload]") ?? []) enhance(root);
});
window.addEventListener("beforeunload", (event) => {
  if (sending) event.preventDefault();
});

function enhance(root) {
  if (root.dataset.ready) return;
  root.dataset.ready = "true";
  const input = root.querySelector("input[type=file]");
  const drop = root.querySelector("[data-upload-drop]");
  root.querySelector("[data-upload-now]").hidden = true;
  root.querySelector("[data-upload-hint]").hidden = false;
  let queue = Promise.resolve();
  const take = (files) => {
    for (const file of files) {
      const line = addLine(root, file);
      queue = queue.then(() => sendOne(root, file, line));
    }
  };
  input.addEventListener("change", (event) => {
    event.stopPropagation(); // the file itself is no answer to save; the list that comes back is
    const files = [...input.files];
    input.value = "";
    take(files);
  });
  drop.addEventListener("dragover", (event) => {
    event.preventDefault();
    drop.dataset.over = "true";
  });
  drop.addEventListener("dragleave", () => delete drop.dataset.over);
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    delete drop.dataset.over;
    const files = [...event.dataTransfer.files];
    take(input.multiple ? files : files.slice(0, 1));
  });
}

async function sendOne(root, file, line) {
  sending += 1;
  try {
    if (file.size > Number(root.dataset.mostBytes)) throw new Refused(root.dataset.wordLarge);
    const state = await sendWhole(root, file, line);
    const taken = state !== "refused" && state !== "infected";
    line.remove();
    await refresh(root);
    say(root, word(root, taken ? "Done" : "Refused", { name: file.name }));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    showWrong(line, `${file.name}: ${error.message}`);
    say(root, `${file.name}: ${error.message}`);
  } finally {
    sending -= 1;
  }
}

/** Gives the state the file got. Raises Refused with the sentence to show. */
async function sendWhole(root, file, line) {
  const begun = await post(root, line, file, root.dataset.start, form({
    question: root.dataset.question, name: file.name, size: file.size, mark: file.lastModified,
  }));
  const here = root.dataset.part.replace(SOME_ID, begun.id);
  const size = Number(root.dataset.partBytes);
  let at = Math.max(0, begun.received - OVERLAP);
  tellProgress(root, line, file, begun.received);
  while (at < file.size) {
    const answer = await post(root, line, file, `${here}?offset=${at}`, file.slice(at, at + size));
    at = answer.received;
    tellProgress(root, line, file, at);
  }
  show(line, word(root, "Checks", { name: file.name }));
  return (await post(root, line, file, `${here}ferdig/`, form({}))).state;
}

/** Post until there is an answer. A lost line is waited for; only the server's own no is final. */
async function post(root, line, file, url, body) {
  for (let tried = 0; ; tried += 1) {
    const answer = await attempt(root, url, body);
    if (answer.ok) return answer.told;
    if (answer.final) throw new Refused(answer.final);
    const pause = Math.max(PAUSES[Math.min(tried, PAUSES.length - 1)], answer.pause ?? 0);
    const offline = navigator.onLine === false;
    show(line, word(root, offline ? "Offline" : "Again", { name: file.name, seconds: pause }));
    if (tried === 0) say(root, line.querySelector("span").textContent);
    await waited(pause);
  }
}

async function attempt(root, url, body) {
  let response;
  try {
    response = await fetch(url, {
      method: "POST", body, headers: headers(root, body), credentials: "same-origin", redirect: "manual",
    });
  } catch {
    return {};
  }
  if (response.type === "opaqueredirect") return { final: root.dataset.wordSignedOut };
  if (response.status >= 500) return {};
  const told = await response.json().catch(() => null);
  if (!told) return { final: root.dataset.wordBroken };
  if (response.ok || (response.status === 409 && "received" in told)) return { ok: true, told };
  if (response.status === 429) return { pause: told.retry_after };
  return { final: told.sentence ?? root.dataset.wordBroken };
}

function headers(root, body) {
  const token = root.closest("form")?.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
  return body instanceof Blob
    ? { "X-CSRFToken": token, "Content-Type": "application/octet-stream" }
    : { "X-CSRFToken": token };
}

function form(facts) {
  return new URLSearchParams(Object.entries(facts).map(([name, value]) => [name, String(value)]));
}

/** The pause, or until the line is back. */
function waited(seconds) {
  return new Promise((resolve) => {
    const done = () => {
      window.removeEventListener("online", done);
      window.clearTimeout(timer);
      resolve();
    };
    const timer = window.setTimeout(done, seconds * 1000);
    window.addEventListener("online", done);
  });
}

async function refresh(root) {
  const response = await fetch(root.dataset.list, { credentials: "same-origin" }).catch(() => null);
  if (!response?.ok) return;
  root.querySelector("[data-upload-list]").innerHTML = await response.text();
  root.dispatchEvent(new Event("change", { bubbles: true })); // the answer is another now: save it
}

function addLine(root, file) {
  const line = document.createElement("li");
  const text = document.createElement("span");
  const bar = document.createElement("progress");
  bar.max = Math.max(1, file.size);
  bar.value = 0;
  bar.setAttribute("aria-label", file.name);
  line.append(text, bar);
  root.querySelector("[data-upload-lines]").append(line);
  show(line, word(root, "Waits", { name: file.name }));
  return line;
}

function tellProgress(root, line, file, received) {
  line.querySelector("progress").value = received;
  const percent = Math.floor((100 * received) / file.size);
  show(line, word(root, "Sends", { name: file.name, percent }));
}

function show(line, text) {
  line.querySelector("span").textContent = text;
}

function showWrong(line, text) {
  show(line, text);
  line.dataset.error = "true";
  line.querySelector("progress")?.remove();
}

function say(root, text) {
  root.querySelector("[data-upload-status]").textContent = text;
}

function word(root, name, facts) {
  return root.dataset[`word${name}`].replace(/\{(\w+)\}/g, (_, key) => facts[key] ?? "");
}

// A page and its parts: fetched, put in the place of what is shown, and told to those who listen.

const STARTS = [".nhsuk-error-summary", ".igt-stale", ".igt-message--warning[role=alert]", ".igt-message--success"];
const PATIENCE = 60_000; // milliseconds after which a silent service counts as out of reach

let live = null;

// A refused form starts at the list of what is wrong, or at what was changed in the meantime; a saved one at the
// message that says so. Returns the element that now has the focus, if there is one.
export function arrive(root) {
  const first = STARTS.map((each) => root.querySelector(each)).find(Boolean);
  if (first) {
    first.tabIndex = -1;
    first.focus();
  }
  return first;
}

// Ask the service for a page. It answers a redirect with 204 and its address, so that nothing is followed unseen.
// Resolves to {status, goto, page}: goto is a URL or null, page a document or null. Rejects when out of reach.
export async function ask(address, options = {}) {
  const signal = options.signal ?? AbortSignal.timeout?.(PATIENCE);
  const headers = { "X-Requested-With": "fetch" };
  const response = await fetch(address, { ...options, headers, signal, credentials: "same-origin" });
  const told = response.headers.get("Location");
  const isPage = (response.headers.get("Content-Type") ?? "").startsWith("text/html");
  const html = await response.text();
  return {
    status: response.status,
    goto: told ? new URL(told, location.href) : null,
    page: isPage && html ? new DOMParser().parseFromString(html, "text/html") : null,
  };
}

export function asksToSignIn(answer) {
  return answer.goto?.pathname === document.body.dataset.igtSignIn;
}

// Whether a fetched page was made for the person this one was made for; a refusal is made for nobody.
export function isSamePersons(answer) {
  return answer.page?.body.dataset.igtWho === document.body.dataset.igtWho;
}

export function isSomebodyElses(answer) {
  return Boolean(answer.page?.body.dataset.igtWho) && !isSamePersons(answer);
}

// Put the main part of a fetched page in the place of this one's; parts that were unfolded stay so. Returns it.
export function swapMain(page) {
  const [old, fresh] = [document.querySelector("main"), page.querySelector("main")];
  const open = new Set([...old.querySelectorAll("details[open]")].map(nameOf));
  for (const each of fresh.querySelectorAll("details")) {
    each.open ||= open.has(nameOf(each));
  }
  old.replaceWith(document.adoptNode(fresh));
  document.title = page.title;
  return fresh;
}

// Put one part of a fetched page in the place of this one's. A link in it that had the focus keeps it.
export function swapPart(id, page) {
  const [old, fresh] = [document.getElementById(id), page.getElementById(id)];
  const held = old.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  old.replaceWith(document.adoptNode(fresh));
  document.title = page.title;
  if (held) fresh.querySelector(`a[href="${CSS.escape(held)}"]`)?.focus({ preventScroll: true });
}

function nameOf(details) {
  return details.querySelector("summary")?.textContent.trim();
}

// Say it aloud to those who listen, without moving anybody's focus.
export function announce(words) {
  if (!live) {
    live = document.createElement("div");
    live.className = "nhsuk-u-visually-hidden";
    live.setAttribute("role", "status");
    document.body.append(live);
  }
  live.textContent = "";
  setTimeout(() => { live.textContent = words; }, 50); // a change after the region is known: else it is not read
}

// A notice above `place`: words, then links or buttons. It takes the place of an earlier one. Returns it.
export function tell(place, kind, ...parts) {
  forget();
  const box = document.createElement("div");
  box.className = `igt-message igt-message--${kind} igt-told igt-no-print`;
  const words = document.createElement("p");
  words.append(...parts.flatMap((each) => [each, " "]));
  box.append(words);
  holdStill(place, () => place.before(box));
  box.scrollIntoView({ block: "nearest" });
  announce(words.textContent.trim());
  return box;
}

// Do something to the page around `place`, which stays where it is in the window.
export function holdStill(place, change) {
  const at = place.getBoundingClientRect().top;
  change();
  scrollBy({ top: place.getBoundingClientRect().top - at, behavior: "instant" });
}

export function forget() {
  document.querySelector(".igt-told")?.remove();
}

export function link(address, words) {
  const made = document.createElement("a");
  made.textContent = `${words} (opens in a new tab)`;
  Object.assign(made, { href: address, target: "_blank", rel: "noopener" });
  return made;
}

export function button(words, pressed) {
  const made = document.createElement("button");
  Object.assign(made, { type: "button", textContent: words, className: "igt-told__do" });
  made.addEventListener("click", pressed);
  return made;
}

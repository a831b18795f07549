// <form method="get" data-igt-filter="ID"> and <nav data-igt-filter="ID">: a choice acts at once. The same address
// is fetched that the form or link leads to, and its element ID takes the place of this page's.
// Inside ID, the element with data-igt-count says what was found: in the attribute, or in its text.
import { announce, ask, forget, isSomebodyElses, swapPart, tell } from "./page.js";

const PAUSE = 250; // milliseconds without a key before a search begins

const CHOICES = "select, [type=checkbox], [type=radio]";
const UNREACHED = "The service could not be reached, so this list is as it was. Choose again in a moment.";

let newest = 0;
let waiting = 0;
let asking = null;

export function filterAtOnce() {
  addEventListener("input", (event) => {
    const form = event.target.form;
    if (!form?.matches("form[data-igt-filter]")) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => search(form), event.target.matches(CHOICES) ? 0 : PAUSE);
  });
  addEventListener("submit", (event) => {
    if (event.defaultPrevented || !event.target.matches("form[data-igt-filter]")) return;
    event.preventDefault();
    search(event.target);
  });
  addEventListener("click", follow);
}

function follow(event) {
  const chosen = event.target.closest?.("nav[data-igt-filter] a[href]");
  const elsewhere = event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (!chosen || event.defaultPrevented || elsewhere) return;
  event.preventDefault();
  narrow(new URL(chosen.href), chosen.closest("nav"));
}

function search(form) {
  clearTimeout(waiting);
  const address = new URL(form.action);
  const given = [...new FormData(form)].filter(([, value]) => value !== "");
  address.search = new URLSearchParams(given);
  narrow(address, form);
}

// Show what an address finds. An answer that comes after a newer question is left alone.
async function narrow(address, by) {
  const id = by.dataset.igtFilter;
  const turn = ++newest;
  asking?.abort();
  asking = new AbortController();
  try {
    const answer = await ask(address, { signal: asking.signal });
    if (turn !== newest) return;
    if (answer.status === 503) throw new Error(UNREACHED);
    const part = answer.page?.getElementById(id);
    if (!part || isSomebodyElses(answer)) return void location.assign(address);
    forget();
    history.replaceState(history.state, "", address.pathname + address.search);
    swapPart(id, answer.page);
    announce(counted(document.querySelector(`#${id} [data-igt-count]`)));
  } catch {
    if (turn === newest) tell(by, "error", UNREACHED);
  }
}

function counted(by) {
  return by ? by.dataset.igtCount || by.textContent.replace(/\s+/g, " ").trim() : "";
}

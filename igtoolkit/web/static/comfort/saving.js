// <form method="post" data-igt-save>: saved without leaving the page. Whatever happens, what was typed stays.
import { carry, contents, standing, twinOf } from "./fields.js";
import {
  announce, arrive, ask, asksToSignIn, button, forget, isSamePersons, isSomebodyElses, link, swapMain, tell,
} from "./page.js";
import { letGo, unsavedBeside } from "./unsaved.js";

const TOKEN = "csrfmiddlewaretoken";
const KEPT = "What you typed is still here.";

export function saveInPlace() {
  addEventListener("submit", (event) => {
    const form = event.target;
    // With text unsaved in another form of the page it is posted as usual, so that the browser asks first.
    if (event.defaultPrevented || !form.matches("form[data-igt-save]") || unsavedBeside(form)) return;
    event.preventDefault();
    if (form.getAttribute("aria-busy") !== "true") save(form, event.submitter);
  });
}

async function save(form, pressed) {
  const stood = standing(form);
  form.setAttribute("aria-busy", "true");
  try {
    const answer = await post(form, pressed);
    await show(answer, form, pressed, stood);
  } catch {
    failed(form, pressed, "Not saved: the service could not be reached.");
  } finally {
    form.removeAttribute("aria-busy");
  }
}

// Send the form; once more with a fresh token when it was refused, as after signing in again in another tab. What one
// person typed is never sent in another's name: when somebody else has signed in, theirs is the page returned.
async function post(form, pressed) {
  const send = () => ask(form.action, { method: "POST", body: contents(form, pressed) });
  const answer = await send();
  if (answer.status !== 403) return answer;
  const fresh = await ask(location.href);
  if (isSomebodyElses(fresh)) return fresh;
  const token = fresh.page?.querySelector(`main [name=${TOKEN}]`);
  if (!token || !isSamePersons(fresh)) return answer;
  form.elements.namedItem(TOKEN).value = token.value;
  return send();
}

async function show(answer, form, pressed, stood) {
  if (asksToSignIn(answer)) return signedOut(form, pressed);
  if (isSomebodyElses(answer)) return takenOver(form, pressed);
  if (answer.goto && answer.goto.pathname !== location.pathname) {
    letGo();
    return location.assign(answer.goto);
  }
  const found = answer.goto ? await ask(answer.goto).catch(() => null) : answer;
  const again = found?.page?.querySelector(`main form[data-igt-save][action="${form.getAttribute("action")}"]`);
  if (!again || isSomebodyElses(found)) return answer.goto ? reload(answer.goto) : refused(found, form, pressed);
  if (answer.goto) history.replaceState(history.state, "", answer.goto.pathname + answer.goto.search + location.hash);
  return replace(found, again, form, pressed, stood, Boolean(answer.goto));
}

// Saved, but the page that says so cannot be shown here: go there.
function reload(address) {
  letGo();
  location.assign(address);
}

// The page that came back takes the place of this one; after a save the button pressed stays where it was.
function replace({ page }, again, form, pressed, stood, saved) {
  const at = (pressed ?? form).getBoundingClientRect().top;
  const held = document.activeElement;
  forget();
  const main = swapMain(page);
  const typing = carry(stood, again);
  if (!saved) return arriveAt(main);
  const twin = pressed ? twinOf(pressed, again) : again;
  const said = main.querySelector(".igt-message");
  if (said) announce(said.textContent.trim() + (typing ? " What you typed since is not saved yet." : ""));
  if (said && twin) beside(twin, said);
  const focus = held && held !== document.body ? twinOf(held, again) ?? twin : twin;
  focus?.focus({ preventScroll: true });
  scrollBy({ top: (twin ?? again).getBoundingClientRect().top - at, behavior: "instant" });
  return said?.scrollIntoView({ block: "nearest" });
}

// The first thing to read in a form given back: what is wrong, what differs, or the row just added.
function arriveAt(main) {
  const first = arrive(main) ?? main.querySelector("[autofocus]");
  first?.focus();
  announce(main.querySelector(".igt-message")?.textContent.trim() ?? "");
}

// What the save came to is said where the person is looking: above the button that was pressed.
function beside(pressed, said) {
  said.removeAttribute("role"); // it is announced already
  said.classList.add("igt-told");
  (pressed.closest(".igt-buttons") ?? pressed).before(said);
}

function signedOut(form, pressed) {
  const address = `${document.body.dataset.igtSignIn}?next=${encodeURIComponent(location.pathname + location.search)}`;
  const words = `Not saved: you have been signed out. ${KEPT}`;
  tell(placeOf(form, pressed), "error", words, link(address, "Sign in in another tab"), "and then save again.");
}

function takenOver(form, pressed) {
  const words = `You are signed in as somebody else now: nothing was saved. ${KEPT}`;
  const address = document.querySelector(".igt-header__person form").action;
  const next = "and sign in as yourself. Then save again.";
  tell(placeOf(form, pressed), "error", words, link(address, "Sign out in another tab"), next);
}

function refused({ status, page }, form, pressed) {
  if (status === 503) return unable(page, form, pressed);
  const why = (page?.querySelector("[data-igt-why]") ?? page?.querySelector("h1"))?.textContent.trim();
  failed(form, pressed, `Not saved: the service refused this (${why ?? status}).`);
}

// The service, or a proxy in front of it, cannot do it now. Its page says whether anything may be saved all the same.
function unable(page, form, pressed) {
  const maybe = page?.querySelector("[data-igt-maybe]")?.dataset.igtMaybe === "yes";
  const why = page?.querySelector("[data-igt-fault]")?.textContent.trim() ?? "The service cannot do this just now";
  const outcome = maybe ? "We cannot tell whether this was saved; saving it again does no harm." : "Nothing was saved.";
  failed(form, pressed, `${why}. ${outcome}`);
}

function failed(form, pressed, words) {
  const again = button("Try again", () => form.requestSubmit(pressed ?? undefined));
  tell(placeOf(form, pressed), "error", `${words} ${KEPT}`, again);
}

function placeOf(form, pressed) {
  return pressed?.closest(".igt-buttons") ?? pressed ?? form;
}

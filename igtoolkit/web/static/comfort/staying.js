// <p data-igt-for="1800" data-igt-stay="ADDRESS">: for so many seconds from now on one stays signed in. Three minutes
// before the end a notice asks, and is read out at once; opening ADDRESS keeps one signed in. What is done in another
// tab counts here too. Without JavaScript the paragraph says until when.
import { ask, asksToSignIn, button } from "./page.js";

const WARN = 180_000; // milliseconds before the end
const LOOK = 5_000;
const SHARED = "igt-signed-in-until";

let seen = null; // the paragraph that was counted from last
let ends = 0; // by this machine's clock, which need not be the service's

export function staySignedIn() {
  look();
  setInterval(look, LOOK);
  addEventListener("storage", look);
  document.addEventListener("visibilitychange", look); // a sleeping machine counts nothing
}

function look() {
  const said = document.querySelector("[data-igt-for]");
  if (!said) return;
  if (said !== seen) count(said);
  const left = Math.max(ends, shared()) - Date.now();
  if (left > WARN) return void notice()?.remove();
  if (left > 0) return warn(said, Math.max(1, Math.round(left / 60_000)));
  tell("over", "You have been signed out. What is typed on this page is still here, and what you send is kept until you have signed in again.");
}

// A page just made, or a main part put in its place after saving, was seen by the service a moment ago.
function count(said) {
  seen = said;
  ends = Date.now() + Number(said.dataset.igtFor) * 1000;
  share(ends);
}

function warn(said, minutes) {
  if (notice()?.dataset.kind === "soon") return;
  const words = `You will be signed out in ${minutes === 1 ? "a minute" : `${minutes} minutes`}, because nothing was done here for a while.`;
  tell("soon", words, button("Stay signed in", () => stay(said)));
}

async function stay(said) {
  try {
    const answer = await ask(said.dataset.igtStay);
    const fresh = answer.page?.querySelector("[data-igt-for]");
    if (asksToSignIn(answer)) ends = 0;
    else if (fresh) renew(said, fresh);
  } catch {
    tell("soon", "The service could not be reached.", button("Try again", () => stay(said)));
  }
  look();
}

function renew(said, fresh) {
  said.replaceChildren(...fresh.childNodes);
  said.dataset.igtFor = fresh.dataset.igtFor;
  count(said);
  notice()?.remove();
}

// A box at the foot of the window. It takes nobody's focus, for somebody may be typing.
function tell(kind, words, ...parts) {
  if (kind === "over" && notice()?.dataset.kind === kind) return;
  notice()?.remove();
  const box = document.createElement("div");
  box.className = "igt-ending igt-no-print";
  box.dataset.kind = kind;
  box.setAttribute("role", "alert");
  document.body.append(box);
  const line = document.createElement("p");
  line.append(words, ...parts.flatMap((each) => [" ", each]));
  setTimeout(() => box.append(line), 50); // a change after the region is known: else it is not read
}

function notice() {
  return document.querySelector(".igt-ending");
}

// Another person's tabs count for nothing, nor does a browser that keeps nothing.
function share(until) {
  try {
    localStorage.setItem(SHARED, JSON.stringify({ who: document.body.dataset.igtWho, until }));
  } catch { /* each tab counts by itself then */ }
}

function shared() {
  try {
    const told = JSON.parse(localStorage.getItem(SHARED));
    return told?.who === document.body.dataset.igtWho ? told.until : 0;
  } catch {
    return 0;
  }
}

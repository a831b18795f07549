// <section id="ID" data-igt-waits data-igt-says="Half is made">: something that is being made. The page is asked for
// again and again, and its element ID takes the place of this one's, until it no longer carries data-igt-waits.
// What data-igt-says says is read out when it changes, and nothing in between.
import { announce, ask, isSamePersons, swapPart } from "./page.js";

const PAUSE = 1_500; // milliseconds

export function waitForFile() {
  if (waiting()) setTimeout(look, PAUSE);
}

async function look() {
  const part = waiting();
  if (!part) return;
  const fresh = document.hidden ? null : await freshPage();
  if (fresh) show(part, fresh);
  waitForFile();
}

// The page as it is now, or null: then it is asked for again, for a service that is out of reach may come back.
async function freshPage() {
  try {
    const answer = await ask(location.href);
    if (answer.status === 200 && isSamePersons(answer)) return answer.page;
    if (answer.status !== 503) location.reload();
  } catch {
    // Out of reach: what is shown stays true until it is back.
  }
  return null;
}

function show(part, page) {
  if (!page.getElementById(part.id)) return void location.reload();
  const said = part.dataset.igtSays;
  swapPart(part.id, page);
  const says = document.getElementById(part.id).dataset.igtSays;
  if (says !== said) announce(says);
}

function waiting() {
  return document.querySelector("[data-igt-waits]");
}

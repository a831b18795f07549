// <form data-igt-warn>: a warning before leaving what is typed and not saved. data-igt-warn="unsaved" says that
// the service itself gave back text that it has not saved.
import { differs, fields } from "./fields.js";

let leaving = false;

// From now on this page may be left without a question: what it held is on its way.
export function letGo() {
  leaving = true;
}

function isUnsaved(form) {
  return form.dataset.igtWarn === "unsaved" || fields(form).some(differs);
}

export function unsavedBeside(form) {
  return warned().some((each) => each !== form && isUnsaved(each));
}

export function warnOfUnsaved() {
  addEventListener("submit", (event) => {
    if (!event.defaultPrevented && event.target.matches("[data-igt-warn]")) letGo();
  });
  addEventListener("pageshow", () => { leaving = false; });
  addEventListener("beforeunload", (event) => {
    if (leaving || !warned().some(isUnsaved)) return;
    event.preventDefault();
    event.returnValue = ""; // browsers of a few years ago ask only because of this
  });
}

function warned() {
  return [...document.querySelectorAll("form[data-igt-warn]")];
}

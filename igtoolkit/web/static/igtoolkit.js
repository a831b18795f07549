// Everything works without this. With it, a refused form starts at the list of what is wrong, or at what
// was saved in the meantime, and a saved one at the message that says so.
const first = [".nhsuk-error-summary", ".igt-stale", ".igt-message--success"]
  .map((each) => document.querySelector(each))
  .find(Boolean);
if (first) {
  first.tabIndex = -1;
  first.focus();
}

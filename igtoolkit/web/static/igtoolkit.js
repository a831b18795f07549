// Everything works without this. With it, a refused form starts at the list of what is wrong.
const summary = document.querySelector(".nhsuk-error-summary");
if (summary) {
  summary.tabIndex = -1;
  summary.focus();
}

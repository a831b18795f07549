// A browser prints a text box as one picture, cut where the page ends: on paper its text stands in its place.

export function printWhatWasTyped() {
  addEventListener("beforeprint", () => {
    for (const box of document.querySelectorAll("main textarea")) {
      const text = document.createElement("div");
      text.className = "igt-typed";
      text.textContent = box.value;
      box.before(text);
    }
  });
  addEventListener("afterprint", () => {
    for (const text of document.querySelectorAll(".igt-typed")) text.remove();
  });
}

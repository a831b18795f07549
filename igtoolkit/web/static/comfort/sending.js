// A form that is posted as browsers always did is posted once, however often its button is pressed.

const AGAIN = 5_000; // milliseconds: by then the page has gone, or the person stopped it and may try again

const sent = new Set();

export function sendOnce() {
  addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (sent.has(form)) {
      event.preventDefault();
      return;
    }
    sent.add(form);
    setTimeout(() => sent.delete(form), AGAIN);
  });
  addEventListener("pageshow", () => sent.clear());
}

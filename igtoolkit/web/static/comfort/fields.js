// What stands in a form's fields: what changed, and carrying it over to the form that comes back.

const TICKS = ["checkbox", "radio"];
const NOT_TYPED = ["hidden", "submit", "button"];

// The fields a person can change, in order.
export function fields(form) {
  return [...form.elements].filter((each) => each.name && !each.disabled && !NOT_TYPED.includes(each.type));
}

// Whether a field differs from what the service wrote into it.
export function differs(field) {
  if (TICKS.includes(field.type)) return field.checked !== field.defaultChecked;
  if (field.type === "file") return field.files.length > 0;
  if (field.options) {
    const given = [...field.options].findIndex((each) => each.defaultSelected);
    return field.selectedIndex !== Math.max(given, 0);
  }
  return field.value.replace(/\r\n?/g, "\n") !== field.defaultValue.replace(/\r\n?/g, "\n");
}

// What the form would send, its button included.
export function contents(form, pressed) {
  const data = new FormData(form);
  if (pressed?.name) data.append(pressed.name, pressed.value);
  return form.enctype === "multipart/form-data" ? data : new URLSearchParams(data);
}

// How the fields stand, to be compared later: a list of [field, its state].
export function standing(form) {
  return fields(form).map((each) => [each, stateOf(each)]);
}

// What was typed while the service was answering goes on into the form that came back. Returns whether there was any.
export function carry(stood, form) {
  const changed = stood.filter(([field, state]) => stateOf(field) !== state).map(([field]) => field);
  for (const field of changed) {
    const twin = twinOf(field, form);
    if (!twin || field.type === "file") continue;
    if (TICKS.includes(field.type)) twin.checked = field.checked;
    else twin.value = field.value;
  }
  return changed.length > 0;
}

// The same field or button in another form: by its id, else by its name and value.
export function twinOf(field, form) {
  const root = form.ownerDocument.querySelector("main") ?? form;
  if (field.id) return root.querySelector(`#${CSS.escape(field.id)}`);
  const alike = [...form.elements].filter((each) => each.name === field.name && each.type === field.type);
  const exact = alike.filter((each) => each.value === field.value || ![...TICKS, "submit"].includes(each.type));
  return exact.find((each) => each.className === field.className) ?? exact[0] ?? null;
}

function stateOf(field) {
  return TICKS.includes(field.type) ? field.checked : field.value;
}

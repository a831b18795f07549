// Passkeys: the browser makes or shows one, and its answer goes into the form that asked for it.
// <form hidden data-igt-passkey="make|show" data-igt-asked="JSON"> or data-igt-ask="ADDRESS that says the JSON";
// `data-igt-no-passkey` is what stands there instead where there are no passkeys; `data-igt-told` is for what goes wrong.

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (each) => each.charCodeAt(0));
const written = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
const named = (keys) => (keys || []).map((each) => ({ ...each, id: bytes(each.id) }));

function make({ publicKey: asked }) {
  const user = { ...asked.user, id: bytes(asked.user.id) };
  const excludeCredentials = named(asked.excludeCredentials);
  return navigator.credentials.create({
    publicKey: { ...asked, user, excludeCredentials, challenge: bytes(asked.challenge) },
  });
}

function show({ publicKey: asked }) {
  const allowCredentials = named(asked.allowCredentials);
  return navigator.credentials.get({ publicKey: { ...asked, allowCredentials, challenge: bytes(asked.challenge) } });
}

function answer(found) {
  const response = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (found.response[part]) response[part] = written(found.response[part]);
  }
  return JSON.stringify({ id: found.id, rawId: written(found.rawId), type: found.type, response, clientExtensionResults: {} });
}

async function asked(form) {
  if (form.dataset.igtAsked) return JSON.parse(form.dataset.igtAsked);
  const got = await fetch(form.dataset.igtAsk, { headers: { "X-Requested-With": "fetch" } });
  if (!got.ok) throw new Error("unreachable");
  return got.json();
}

const WHY = {
  NotAllowedError: "Nothing was shown: it took too long, or was stopped. Press the button to try again.",
  InvalidStateError: "This device holds a passkey of yours for this service already.",
  SecurityError: "Passkeys do not work at this address of the service: use its name, not its number.",
};

async function send(form) {
  const told = form.querySelector("[data-igt-told]");
  told.textContent = "";
  try {
    const found = await (form.dataset.igtPasskey === "make" ? make : show)(await asked(form));
    form.elements.credential.value = answer(found);
    form.submit();
  } catch (fault) {
    told.textContent = WHY[fault.name] || "The service could not be reached. Wait a moment, then try again.";
  }
}

if (window.PublicKeyCredential && navigator.credentials) {
  for (const form of document.querySelectorAll("form[data-igt-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      send(form);
    });
  }
  for (const each of document.querySelectorAll("[data-igt-no-passkey]")) each.hidden = true;
}

// Passkeys: asks the site what to ask, asks the authenticator, and sends its answer back.
const form = document.getElementById("passkey");

const bytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const post = async (path, body) => {
  const answer = await fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json", "x-form": form.dataset.form },
    body,
    credentials: "same-origin",
  });
  const told = await answer.json();
  if (!answer.ok) throw new Error(told.title || "This did not work.");
  return told;
};

const readable = (options) => {
  options.challenge = bytes(options.challenge);
  if (options.user) options.user.id = bytes(options.user.id);
  for (const name of ["excludeCredentials", "allowCredentials"])
    for (const one of options[name] || []) one.id = bytes(one.id);
  return options;
};

const sendable = (made) => {
  const told = { id: made.id, rawId: text(made.rawId), type: made.type, response: {}, clientExtensionResults: {} };
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"])
    if (made.response[name]) told.response[name] = text(made.response[name]);
  return JSON.stringify(told);
};

if (form && window.PublicKeyCredential) {
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const status = form.querySelector("[role=status]");
    const button = form.querySelector("button");
    button.disabled = true;
    status.textContent = "";
    try {
      const publicKey = readable(await post(form.dataset.options, "{}"));
      const made = await navigator.credentials[form.dataset.step]({ publicKey });
      await post(form.dataset.answer, sendable(made));
      location.assign(form.dataset.next);
    } catch (error) {
      status.textContent = error.name === "NotAllowedError" ? "Nothing was changed." : error.message;
      button.disabled = false;
    }
  });
}

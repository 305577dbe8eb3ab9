// Passkeys: the browser is asked for one, and what it says is sent by the page's own form.
const trouble = document.querySelector("[data-passkey-trouble]");

async function optionsOf(form) {
  if (form.dataset.passkeyGiven) return JSON.parse(form.dataset.passkeyGiven).publicKey;
  const answer = await fetch(form.dataset.passkeyOptions, {headers: {Accept: "application/json"}});
  if (!answer.ok) throw new Error("no options");
  return (await answer.json()).request_options.publicKey;
}

async function made(options) {
  // One that signs in by itself: it stays on the device, and asks for a finger, a face or a PIN.
  const wanted = {
    ...options,
    authenticatorSelection: {
      ...options.authenticatorSelection,
      residentKey: "required",
      requireResidentKey: true,
      userVerification: "required",
    },
  };
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(wanted);
  return navigator.credentials.create({publicKey});
}

async function found(options) {
  const wanted = {...options, userVerification: "required"};
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(wanted);
  return navigator.credentials.get({publicKey});
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    trouble.hidden = true;
    try {
      const options = await optionsOf(form);
      const passkey = await (form.dataset.passkey === "create" ? made(options) : found(options));
      form.elements.namedItem("credential").value = JSON.stringify(passkey.toJSON());
      form.submit();
    } catch {
      trouble.hidden = false;
    }
  });
}

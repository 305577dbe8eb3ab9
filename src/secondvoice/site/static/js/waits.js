// What a page may ask the service worker of what waits on this device (waiting.js).

// Asks and waits for the answer; null where no service worker looks after the page.
export async function ask(question) {
  const workers = navigator.serviceWorker;
  const worker = workers?.controller ?? (await workers?.getRegistration())?.active;
  if (!worker) return null;
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = ({ data }) => resolve(data);
    worker.postMessage(question, [port2]);
  });
}

// Lets the fields of a form wait that a script could not send; whether they do.
export async function layBy(what, path, fields) {
  const answer = await ask({ ask: "layBy", what, path, fields: [...fields] });
  return Boolean(answer && !answer.trouble);
}

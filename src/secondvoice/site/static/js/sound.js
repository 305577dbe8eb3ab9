// Soft bells and a spoken voice, both off until they are turned on. The choices are remembered on
// this device; nothing else is. Only voices that live on the device are used: others send what
// they speak to their maker.

const KEPT = "second-voice-sound";
const USUAL = { bells: false, voice: false, which: "", rate: "0.95", breath: true, off: false };

function remembered() {
  try {
    return { ...USUAL, ...JSON.parse(localStorage.getItem(KEPT) ?? "{}") };
  } catch {
    return { ...USUAL };
  }
}

export const choices = remembered();
const speech = window.speechSynthesis;
let audio = null;

// Those of the page's language. Some devices write "de_DE" where others have "de-DE".
const language = (code) => code.toLowerCase().split(/[-_]/)[0];
const voices = () => (speech?.getVoices() ?? [])
  .filter((voice) => voice.localService && language(voice.lang) === language(document.documentElement.lang));

// Three partials of a small bell, each fainter and shorter than the one below it.
export function bell() {
  if (!choices.bells || !("AudioContext" in window)) return;
  audio ??= new AudioContext();
  audio.resume();
  for (const [times, loudness, seconds] of [[1, 0.16, 3.2], [2.76, 0.05, 1.8], [5.4, 0.02, 0.9]]) {
    const tone = audio.createOscillator();
    const level = audio.createGain();
    const now = audio.currentTime;
    tone.frequency.value = 330 * times;
    level.gain.setValueAtTime(0, now);
    level.gain.linearRampToValueAtTime(loudness, now + 0.02);
    level.gain.exponentialRampToValueAtTime(0.0001, now + seconds);
    tone.connect(level).connect(audio.destination);
    tone.start();
    tone.stop(now + seconds);
  }
}

export function say(words) {
  speech?.cancel();
  const voice = voices().find((one) => one.voiceURI === choices.which) ?? voices()[0];
  if (!choices.voice || !voice) return;
  const utterance = new SpeechSynthesisUtterance(words);
  utterance.voice = voice;
  utterance.lang = voice.lang;
  utterance.rate = Number(choices.rate);
  speech.speak(utterance);
}

export const speaking = () => choices.voice && Boolean(speech?.speaking);

// At once, and with the bell that is still ringing.
export function silence() {
  speech?.cancel();
  audio?.close();
  audio = null;
}

function fill(box) {
  const select = box.querySelector("[data-set=which]");
  const here = voices();
  const named = here.map((voice) => {
    const option = new Option(voice.name, voice.voiceURI);
    option.selected = voice.voiceURI === choices.which;
    return option;
  });
  select.replaceChildren(...named);
  box.querySelector("[data-voices]").hidden = !choices.voice || here.length === 0;
  box.querySelector("[data-no-voice]").hidden = !choices.voice || here.length > 0;
}

export function settings(box, changed) {
  for (const control of box.querySelectorAll("[data-set]")) {
    const { set } = control.dataset;
    if (control.type === "checkbox") control.checked = choices[set];
    else if (choices[set]) control.value = choices[set];
    control.addEventListener("change", () => {
      choices[set] = control.type === "checkbox" ? control.checked : control.value;
      try {
        localStorage.setItem(KEPT, JSON.stringify(choices));
      } catch { /* full or forbidden: it counts for this visit */ }
      fill(box);
      if (set === "bells") bell();
      changed();
    });
  }
  speech?.addEventListener?.("voiceschanged", () => fill(box));
  fill(box);
}

// Sends files one after another by the tus protocol. What broke off goes on where it stopped, also
// after this page was closed: the same file is known again by what is in it, and by nothing else.
import "./tus.min.js";

const PIECE = 512 * 1024;
const WAITS = [500, 1000, 2000, 4000, 8000, 15000, 30000, 60000];
const LOOKS_EVERY = 60000;
const KEPT_FOR = 24 * 3600 * 1000;
const KNOWN = "listening-half:";
// in the language of the page, which brings them along
const SAID = JSON.parse(document.querySelector("#sending")?.textContent ?? "{}");
const BUSY = ["looking", "sending", "again"];
const OVER = ["arrived", "failed"];

// Whether this browser can send in pieces. Where it cannot, the form sends itself.
export const able = window.tus.isSupported && window.isSecureContext;

export function sendAll(form, files) {
  forgetOld();
  const list = form.querySelector("[data-sending]");
  list.replaceChildren();
  const button = form.querySelector("button[type=submit]");
  button.disabled = true;
  const rows = files.map((file) => new Row(form, file, step));
  list.append(...rows.map((row) => row.element));
  window.addEventListener("online", () => rows.forEach((row) => row.revive()));
  step();

  function step() {
    // where one has no connection, the next has none either
    if (!rows.some((row) => row.state === "stalled" || BUSY.includes(row.state))) {
      rows.find((row) => row.state === "waiting")?.send();
    }
    if (rows.every((row) => OVER.includes(row.state))) {
      button.disabled = false;
      const pages = new Set(rows.map((row) => row.page));
      if (!pages.has("")) {
        window.location.assign(pages.size === 1 ? [...pages][0] : window.location.pathname);
      }
    }
  }
}

// One file: its name, how much of it has gone, and a button that pauses it.
class Row {
  state = "waiting";
  page = "";

  constructor(form, file, step) {
    this.form = form;
    this.file = file;
    this.step = step;
    this.element = part("li", "listening-sending");
    this.element.tabIndex = -1;
    this.bar = part("progress", "");
    this.bar.max = 100;
    this.bar.value = 0;
    this.bar.setAttribute("aria-label", SAID.bar.replace("{name}", () => file.name));
    this.said = part("span", "");
    this.said.setAttribute("role", "status");
    this.button = part("button", "govuk-button govuk-button--secondary listening-pause");
    this.button.type = "button";
    this.button.addEventListener("click", () => this.press());
    this.element.append(part("span", "listening-name", file.name), this.bar, this.said, this.button);
    const large = file.size > Number(form.dataset.largest);
    this.become(large ? "failed" : "waiting", large ? SAID.large : "");
  }

  become(state, said = "") {
    this.state = state;
    this.said.textContent = said || SAID[state];
    const goes = ["paused", "stalled"].includes(state);
    this.button.replaceChildren(
      goes ? SAID.goOn : SAID.pause,
      part("span", "govuk-visually-hidden", ` ${SAID.which.replace("{name}", () => this.file.name)}`),
    );
    if (OVER.includes(state)) {
      if (document.activeElement === this.button) {
        this.element.focus(); // whoever goes by the keyboard stays where they are
      }
      this.button.remove();
    }
  }

  // A press pauses what is on its way, or lets it go on in its turn.
  press() {
    const goes = ["paused", "stalled"].includes(this.state);
    if (!goes) {
      this.upload?.abort();
    }
    this.become(goes ? "waiting" : "paused");
    this.step();
  }

  // A phone does not always know that it has a connection again: this is called now and then.
  revive() {
    if (this.state === "stalled") {
      this.become("waiting");
      this.step();
    }
  }

  async send() {
    this.become("looking");
    this.begun ??= this.begin();
    try {
      await this.begun;
    } catch {
      this.become("failed", SAID.gone);
      this.step();
      return;
    }
    if (this.state === "looking") {
      this.become("sending");
      this.upload.start();
    }
  }

  async begin() {
    const print = await printOf(this.form.dataset.sends, this.file);
    const upload = new window.tus.Upload(this.file, {
      endpoint: this.form.dataset.sends,
      chunkSize: PIECE,
      retryDelays: WAITS,
      metadata: { filename: this.file.name },
      headers: { "X-CSRFToken": this.form.elements.csrfmiddlewaretoken.value },
      fingerprint: async () => print,
      urlStorage: halves,
      removeFingerprintOnSuccess: true,
      onProgress: (sent, all) => this.progress(sent, all),
      onShouldRetry: (error) => this.retry(error),
      onAfterResponse: stayWithIt,
      onError: (error) => this.stop(error),
      onSuccess: ({ lastResponse }) => this.arrive(lastResponse),
    });
    const [before] = await upload.findPreviousUploads();
    if (before) {
      upload.resumeFromPreviousUpload(before);
    }
    this.upload = upload;
  }

  progress(sent, all) {
    this.bar.value = all ? (100 * sent) / all : 100;
    if (this.state === "again") {
      this.become("sending");
    }
  }

  retry(error) {
    const will = passes(error) && navigator.onLine;
    if (will) {
      this.become("again");
    }
    return will;
  }

  stop(error) {
    if (passes(error)) {
      this.become("stalled");
      setTimeout(() => this.revive(), LOOKS_EVERY);
    } else {
      const answer = error.originalResponse;
      const ours = answer?.getStatus() === 413 && answer.getHeader("Tus-Resumable");
      this.become("failed", ours ? answer.getBody() : SAID.stopped);
    }
    this.step();
  }

  arrive(answer) {
    this.bar.value = 100;
    this.page = answer.getHeader("Content-Location") ?? window.location.pathname;
    this.become("arrived");
    this.step();
  }
}

function part(tag, classes, words = "") {
  const made = document.createElement(tag);
  made.className = classes;
  made.textContent = words;
  return made;
}

// What is not the server's last word: no answer, a server that is starting again, another tab.
function passes(error) {
  const status = error.originalResponse?.getStatus() ?? 0;
  return error.originalRequest != null && (!status || status >= 500 || [409, 423].includes(status));
}

// The client begins anew whenever it is not told how much is there. It shall do so only where the
// server knows of no such file, and not when a proxy answers in its place.
function stayWithIt(request, answer) {
  if (request.getMethod() === "HEAD" && ![200, 404, 410, 423].includes(answer.getStatus())) {
    throw new Error(`answered with ${answer.getStatus()}`);
  }
}

// What a file is known by: a hash of its content. Its name stays out of the browser's storage.
async function printOf(endpoint, file) {
  const hash = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  const hex = [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${KNOWN}${endpoint}${hex}`;
}

// Where the client remembers which address a file goes to. Without storage it forgets with the page.
const halves = {
  findAllUploads: async () => [],
  findUploadsByFingerprint: async (print) => {
    const known = read(print);
    return known ? [{ ...known, urlStorageKey: print }] : [];
  },
  removeUpload: async (print) => stored((storage) => storage.removeItem(print)),
  addUpload: async (print, { uploadUrl, size }) => {
    const known = { uploadUrl, size, metadata: {}, creationTime: new Date().toISOString() };
    stored((storage) => storage.setItem(print, JSON.stringify(known)));
    return print;
  },
};

function read(print) {
  return JSON.parse(stored((storage) => storage.getItem(print)) ?? "null");
}

function forgetOld() {
  const prints = stored((storage) => Object.keys(storage)) ?? [];
  for (const print of prints.filter((one) => one.startsWith(KNOWN))) {
    if (Date.now() - Date.parse(read(print)?.creationTime) > KEPT_FOR) {
      stored((storage) => storage.removeItem(print));
    }
  }
}

function stored(work) {
  try {
    return work(window.localStorage);
  } catch {
    return null;
  }
}

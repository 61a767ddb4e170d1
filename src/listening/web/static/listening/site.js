// Wakes GOV.UK Frontend's parts, and sends files one by one with progress. Without it all works too.
import { initAll } from "./govuk-frontend.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();

const form = document.querySelector("form[data-sends]");
if (form) {
  form.addEventListener("submit", (event) => {
    const files = [...form.querySelector("input[type=file]").files];
    if (files.length) {
      event.preventDefault();
      sendAll(files);
    }
  });
}

async function sendAll(files) {
  const list = form.querySelector("[data-sending]");
  const button = form.querySelector("button[type=submit]");
  button.disabled = true;
  list.replaceChildren();
  const rows = files.map((file) => list.appendChild(rowOf(file)));
  let arrived = [];
  let whole = true;
  for (const [place, file] of files.entries()) {
    const took = await sendOne(file, rows[place]);
    whole = whole && took !== null;
    arrived = arrived.concat(took ?? []);
  }
  button.disabled = false;
  if (whole) {
    window.location.assign(arrived.length === 1 ? arrived[0].url : window.location.pathname);
  }
}

function rowOf(file) {
  const row = document.createElement("li");
  row.className = "listening-sending";
  const name = document.createElement("span");
  name.className = "listening-name";
  name.textContent = file.name;
  const bar = document.createElement("progress");
  bar.max = 100;
  bar.value = 0;
  bar.setAttribute("aria-label", `Sending ${file.name}`);
  const said = document.createElement("span");
  said.dataset.said = "";
  said.textContent = "Waiting";
  row.append(name, bar, said);
  return row;
}

// Resolves to what arrived, or to null where nothing did.
function sendOne(file, row) {
  const bar = row.querySelector("progress");
  const said = row.querySelector("[data-said]");
  if (file.size > Number(form.dataset.largest)) {
    said.textContent = "Not sent: it is too large. Split it, and send the parts.";
    return Promise.resolve(null);
  }
  const body = new FormData();
  body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  body.append("files", file);
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) {
        bar.value = (100 * event.loaded) / event.total;
        said.textContent = event.loaded < event.total ? "Sending" : "Looking at it";
      }
    });
    request.addEventListener("load", () => {
      const took = answered(request);
      bar.value = took ? 100 : 0;
      said.textContent = took
        ? [...new Set(took.map((one) => one.said))].join(" ")
        : "It did not arrive. Load this page again and send it once more.";
      resolve(took);
    });
    request.addEventListener("error", () => {
      said.textContent = "The connection broke. Send it again: nothing is kept twice.";
      resolve(null);
    });
    request.send(body);
  });
}

function answered(request) {
  if (request.status !== 200) {
    return null;
  }
  try {
    return JSON.parse(request.responseText).files;
  } catch {
    return null; // signed out meanwhile: what came is the page to sign in
  }
}

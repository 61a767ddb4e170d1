// Wakes GOV.UK Frontend's parts, and sends files in pieces. Without it all works too.
import { initAll } from "./govuk-frontend.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();

const form = document.querySelector("form[data-sends]");
if (form) {
  import("./sending.js").then((sending) => {
    if (sending.able) {
      form.addEventListener("submit", (event) => {
        const files = [...form.querySelector("input[type=file]").files];
        if (files.length) {
          event.preventDefault();
          sending.sendAll(form, files);
        }
      });
    }
  });
}

// Every page works without this file; it only starts GOV.UK's own components.
import { initAll } from "./govuk-frontend.min.js";

// What an answer reveals is shown by joinedup.css. GOV.UK's script would set aria-expanded on radios, where ARIA 1.2
// does not allow it.
for (const input of document.querySelectorAll("input[data-aria-controls]")) input.removeAttribute("data-aria-controls");

initAll();

// Every page works without this file; it only starts GOV.UK's own components.
import { initAll } from "./govuk-frontend.min.js";

initAll();

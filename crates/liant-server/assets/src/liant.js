// All of the site's scripts in one module. Every page works without it.
import {
  createAll,
  Button,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  PasswordInput,
  Radios,
  SkipLink,
} from "govuk-frontend";
import htmx from "htmx.org";

// govuk-frontend starts only where this class says that its scripts are supported.
document.body.classList.add("js-enabled", "govuk-frontend-supported");

const components = [Button, Checkboxes, ErrorSummary, NotificationBanner, PasswordInput, Radios, SkipLink];

function start(scope) {
  for (const component of components) {
    createAll(component, component === Button ? { preventDoubleClick: true } : undefined, { scope });
  }
}

start(document);
// What htmx brings in gets the same components.
htmx.on("htmx:after:swap", (event) => start(event.target instanceof Element ? event.target : document));

// `data-print` prints the page; the button is shown only where there is a script to serve it.
document.addEventListener("click", (event) => {
  if (event.target instanceof Element && event.target.closest("[data-print]")) window.print();
});

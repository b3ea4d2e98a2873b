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
    createAll(component, component === Button ? { preventDoubleClick: true } : undefined, {
      scope,
      // What stands around a swap is started already.
      onError(error) {
        if (error.name !== "InitError") console.error(error);
      },
    });
  }
}

start(document);
// What htmx brings in gets the same components.
htmx.on("htmx:after:swap", () => start(document));

// The count of a list that htmx brings in is told to screen readers.
htmx.on("htmx:after:swap", () => {
  for (const told of document.querySelectorAll("[data-count-of]")) {
    told.textContent = document.querySelector(`${told.dataset.countOf} .filters__count`)?.textContent ?? "";
  }
});

// Ticks: one box for the page, and how many are ticked.
const boxes = (name) => [...document.querySelectorAll(`input[type="checkbox"][name="${name}"]`)];

function tell(name) {
  const all = boxes(name);
  const ticked = all.filter((box) => box.checked).length;
  for (const told of document.querySelectorAll(`[data-ticked="${name}"]`)) told.textContent = ticked ? ` (${ticked})` : "";
  for (const whole of document.querySelectorAll(`[data-tick-all="${name}"]`)) {
    whole.checked = ticked > 0 && ticked === all.length;
    whole.indeterminate = ticked > 0 && ticked < all.length;
  }
}

function tellAll(scope) {
  for (const whole of scope.querySelectorAll("[data-tick-all]")) tell(whole.dataset.tickAll);
}

tellAll(document);
htmx.on("htmx:after:swap", () => tellAll(document));
// Coming back by the browser's own way keeps the ticks.
window.addEventListener("pageshow", () => tellAll(document));
document.addEventListener("change", ({ target }) => {
  if (!(target instanceof HTMLInputElement)) return;
  const name = target.dataset.tickAll;
  if (name) for (const box of boxes(name)) box.checked = target.checked;
  if (name || document.querySelector(`[data-tick-all="${CSS.escape(target.name)}"]`)) tell(name ?? target.name);
});

// `data-print` prints the page.
document.addEventListener("click", (event) => {
  if (event.target instanceof Element && event.target.closest("[data-print]")) window.print();
});

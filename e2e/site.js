// The harness: a site on a free port for each worker, and a page that fails the test on any broken policy or script error.
import { spawn, execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import AxeBuilder from "@axe-core/playwright";
import { test as base, expect } from "@playwright/test";
import { Office } from "./accounts.js";

/** The program: `LIANT`, or what cargo built. */
export const program = process.env.LIANT ?? join(process.env.CARGO_TARGET_DIR ?? "../target", "debug/liant");

/** Whether `cargo xtask press` was run: without it pages to print stand in for documents. The gate runs it. */
export const press = existsSync(join(dirname(program), "liant-press"));

/** Runs the program to its end; gives what it printed. */
export const run = (...args) => execFileSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });

/** A new folder, and a way to remove it. */
export function scratch() {
  const folder = mkdtempSync(join(tmpdir(), "liant-e2e-"));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Starts `liant serve` on the workplace of a folder; gives its address and a way to stop it. */
export async function serve(folder) {
  const child = spawn(program, ["serve", "--dir", folder, "--dev", "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const first = await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next();
  if (first.done) throw new Error("the site did not start");
  return {
    address: first.value.trim(),
    folder,
    async stop() {
      child.kill("SIGTERM");
      return ended;
    },
  };
}

/** The fixture of a site: `make(folder)` fills its folder; it must stop cleanly when asked. */
export const site = (make) => async ({}, use) => {
  const { folder, remove } = scratch();
  make(folder);
  const site = await serve(folder);
  await use(site);
  expect(await site.stop(), "the site stops cleanly when asked").toBe(0);
  remove();
};

export const test = base.extend({
  place: [site((folder) => run("init", "--dir", folder)), { scope: "worker" }],
  site: [async ({ place }, use) => use(place.address), { scope: "worker" }],
  // Makes organisations, accounts and sessions: see accounts.js.
  office: [async ({ place }, use) => use(new Office(program, place)), { scope: "worker" }],
  baseURL: async ({ site }, use) => use(site),
  page: async ({ page }, use) => {
    const wrong = [];
    await page.addInitScript(watchSteadiness);
    page.on("pageerror", (error) => wrong.push(String(error)));
    page.on("console", (message) => {
      // A refused status is the test's business, a refused resource is ours.
      const isStatus = message.text().startsWith("Failed to load resource") && message.location().url === page.url();
      if (message.type() === "error" && !isStatus) wrong.push(message.text());
    });
    await use(page);
    expect(wrong, "script errors and broken policies").toEqual([]);
  },
});

/** No violation of axe, of any impact. */
export async function expectAccessible(page) {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze();
  expect(violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }))).toEqual([]);
}

/** Nothing sticks out on the right. */
export async function expectNoSidewaysScroll(page) {
  const [content, window] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  expect(content, "the page is as wide as the window").toBeLessThanOrEqual(window);
}

/** Kept from a page's first breath: what moved by itself. What moves because a hand or a work ended brought it is no fault. */
const watchSteadiness = () => {
  window.moved = [];
  let brought = -Infinity;
  document.addEventListener("htmx:after:swap", () => (brought = performance.now()));
  new PerformanceObserver((list) => {
    for (const { hadRecentInput, startTime, value, sources } of list.getEntries()) {
      const what = sources.map(({ node }) => (node instanceof Element ? node.cloneNode().outerHTML : String(node)));
      if (!hadRecentInput && !(startTime > brought - 50 && startTime < brought + 500)) window.moved.push({ value, what });
    }
  }).observe({ type: "layout-shift", buffered: true });
};

/** Checks a state of a page, and keeps its picture. */
export async function seen(page, info, name) {
  // A page that has only begun to come has no element yet.
  await page.waitForLoadState();
  await page.evaluate(() => document.fonts.ready);
  await expectNoSidewaysScroll(page);
  expect(await page.evaluate(() => window.moved ?? []), "nothing moves by itself").toEqual([]);
  await expectAccessible(page);
  await page.screenshot({ fullPage: true, path: info.outputPath(`${name}.png`) });
}

export { expect };

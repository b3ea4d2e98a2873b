// The harness on an invented territory: three months of files imported, decisions recorded, questions of identity open.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test as base, expect, expectAccessible, expectNoSidewaysScroll } from "./site.js";

const program = process.env.LIANT ?? join(process.env.CARGO_TARGET_DIR ?? "../target", "debug/liant");

async function serve() {
  const folder = mkdtempSync(join(tmpdir(), "liant-e2e-"));
  execFileSync(program, ["demo", "--dir", folder, "--people", "800", "--months", "3"], { stdio: "ignore" });
  const child = spawn(program, ["serve", "--dir", folder, "--dev", "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const first = await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next();
  if (first.done) throw new Error("the site did not start");
  return {
    address: first.value.trim(),
    folder,
    async stop() {
      child.kill("SIGTERM");
      const status = await ended;
      rmSync(folder, { recursive: true, force: true });
      return status;
    },
  };
}

export const test = base.extend({
  place: [
    async ({}, use) => {
      const site = await serve();
      await use(site);
      expect(await site.stop(), "the site stops cleanly when asked").toBe(0);
    },
    { scope: "worker" },
  ],
});

/** Checks a state of a page, and keeps its picture. */
export async function seen(page, info, name) {
  await page.evaluate(() => document.fonts.ready);
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
  await page.screenshot({ fullPage: true, path: info.outputPath(`${name}.png`) });
}

export { expect };

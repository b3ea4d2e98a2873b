// The harness on an invented territory: three months of files imported, decisions recorded, questions of identity open.
import { test as base, expect, expectAccessible, expectNoSidewaysScroll, run, site } from "./site.js";

const territory = (folder) => run("demo", "--dir", folder, "--people", "800", "--months", "3", "--no-serve");

export const test = base.extend({ place: [site(territory), { scope: "worker" }] });

/** Checks a state of a page, and keeps its picture. */
export async function seen(page, info, name) {
  await page.evaluate(() => document.fonts.ready);
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
  await page.screenshot({ fullPage: true, path: info.outputPath(`${name}.png`) });
}

export { expect };

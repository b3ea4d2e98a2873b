// What is due for destruction, and its certificate; who asks for one person after the other is stopped, and the DPO is told.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test as base, expect, run, seen, site } from "./site.js";

/** A territory whose own file is kept for a day after the end of right: something of it is due already. */
const shortLived = (folder) => {
  run("demo", "--dir", folder, "--people", "800", "--months", "3", "--no-serve");
  const path = join(folder, "conventions", "62-departement.toml");
  const text = readFileSync(path, "utf8");
  const shorter = text.replace(/(starts += "end_of_right"\nkeep +=) "2 years"/, '$1 "1 day"');
  if (shorter === text) throw new Error("the convention words its time of retention otherwise");
  writeFileSync(path, shorter);
};

const test = base.extend({ place: [site(shortLived), { scope: "worker" }] });

const FR = {
  facts: /données reçues/, ended: "Achevée", certificate: /Attestation en clair/, certified: /^Attestation de destruction /, none: /aucune ne peut plus être lue/,
  stopped: "Votre accès aux personnes est suspendu", lift: /^Rétablir l’accès/, lifted: /L’accès est rétabli/,
};
const EN = {
  facts: /data received/, ended: "Ended", certificate: /Certificate in plain words/, certified: /^Certificate of destruction /, none: /none can be read any more/,
  stopped: "Your access to people is stopped", lift: /^Let in again/, lifted: /Access is given back/,
};

/** Asks for people who are nobody's to her, until she is stopped: how many it took. */
async function ask(page) {
  for (let number = 1; number <= 60; number += 1) {
    const person = `01920000-0000-7000-8000-${String(number).padStart(12, "0")}`;
    const answer = await page.request.get(`/people/${person}`);
    if (answer.status() === 403) return number - 1;
    expect(answer.status()).toBe(404);
  }
  throw new Error("nobody stopped her");
}

for (const [name, locale, viewport, words] of [
  ["French, phone", "fr-FR", { width: 360, height: 780 }, FR],
  ["French, desk", "fr-FR", { width: 1440, height: 900 }, FR],
  ["English, desk", "en-GB", { width: 1440, height: 900 }, EN],
]) {
  test.describe(name, () => {
    test.use({ locale, viewport });

    test("what is due, and what went", async ({ page, context, office, place }, info) => {
      await office.signIn(context, "dpo", { name: "Denise Officier" });
      await page.goto("/retention?day=2040-01-01");
      await expect(page.locator("tbody").first()).toContainText(words.facts);
      await seen(page, info, "due");
      run("--config", join(place.folder, "liant.toml"), "--as", "dpo", "retention", "run");
      await page.goto("/retention");
      await expect(page.getByText(words.ended, { exact: true }).first()).toBeVisible();
      await seen(page, info, "went");
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("link", { name: words.certificate }).first().click(),
      ]);
      const text = readFileSync(await download.path(), "utf8");
      expect(text).toMatch(words.certified);
      expect(text).toMatch(words.none);
    });

    test("who asks for one after the other is stopped", async ({ page, context, office, browser, baseURL }, info) => {
      const who = `Marion ${name}`;
      await office.signIn(context, "social_referent", { name: who });
      expect(await ask(page)).toBeLessThanOrEqual(50);
      await page.goto("/people");
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.stopped);
      await seen(page, info, "stopped");
      const other = await browser.newContext({ locale, viewport, baseURL });
      await office.signIn(other, "dpo", { name: "Denise Officier" });
      const desk = await other.newPage();
      await desk.goto("/");
      await seen(desk, info, "told");
      await desk.locator(".tile a[href='/stops']").click();
      const row = desk.locator("tbody tr").filter({ hasText: who });
      await expect(row).toHaveCount(1);
      await seen(desk, info, "stops");
      await row.getByRole("button", { name: words.lift }).click();
      await expect(desk.getByText(words.lifted).first()).toBeVisible();
      await seen(desk, info, "let-in-again");
      await other.close();
      await page.goto("/people");
      await expect(page.getByRole("heading", { level: 1 })).not.toHaveText(words.stopped);
    });
  });
}

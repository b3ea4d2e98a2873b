// The invented colleagues of the demo, each signed in for herself, and the spaces that they open.
import { execFileSync } from "node:child_process";
import { Application, PASSWORD as HERS } from "./accounts.js";
import { expect, program } from "./site.js";

export const DESK = { locale: "fr-FR", viewport: { width: 1440, height: 900 } };
const TELEPHONE = { locale: "fr-FR", viewport: { width: 360, height: 740 } };
const PASSWORD = "Sorbier-Brume-Tuile-2026";

/** Their sessions: a code serves once. */
const sessions = new Map();

/** A page of one of them, in a browser of her own. */
export async function comeIn(browser, place, email, options = DESK) {
  const context = await browser.newContext({ baseURL: place.address, ...options });
  const page = await context.newPage();
  const key = `${place.folder} ${email}`;
  if (sessions.has(key)) {
    await context.addCookies([sessions.get(key)]);
  } else {
    await page.goto("/sign-in");
    await page.locator("#email").fill(email);
    await page.locator("#password").fill(PASSWORD);
    await page.locator("main button[type=submit]").click();
    // Who is shown aggregated figures alone has no second factor.
    const [code, inside] = [page.locator("#code"), page.locator(".bar__who")];
    await expect(code.or(inside)).toBeVisible();
    if (await code.isVisible()) {
      const args = ["demo", "--dir", place.folder, "--code", email];
      await code.fill(execFileSync(program, args, { encoding: "utf8" }).trim());
      await page.locator("main button[type=submit]").click();
    }
    await expect(inside).toBeVisible();
    sessions.set(key, (await context.cookies()).find(({ name }) => name.endsWith("liant-session")));
  }
  // Her account is in the language of the command that made it.
  await page.goto(`/?lang=${options.locale.slice(0, 2)}`);
  return page;
}

/** Opens her space with a code that is handed over; gives her page. */
export async function openSpace(browser, place, officer, person) {
  await officer.goto(`/people/${person}/space`);
  await officer.locator("#checked").check();
  await officer.locator("main button[type=submit]").click();
  const [number, code] = await officer.locator(".secret").allInnerTexts();
  const page = await (await browser.newContext({ baseURL: place.address, ...TELEPHONE })).newPage();
  await page.goto("/me/sign-in/code");
  await page.locator("#number").fill(number);
  await page.locator("#code").fill(code);
  await page.getByRole("button", { name: "Continuer" }).click();
  await page.locator("#password").fill(HERS);
  await page.getByRole("button", { name: "Continuer" }).click();
  const application = new Application(await page.locator(".secret").innerText());
  await page.locator("#code").fill(application.code());
  await page.getByRole("button", { name: "Relier" }).click();
  const kept = /Je les ai gardés/;
  await page.getByRole("button", { name: kept }).or(page.getByRole("link", { name: kept })).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^Bonjour/);
  return page;
}

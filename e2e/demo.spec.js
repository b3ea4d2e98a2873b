// The demo: the site is up when the command says so, its guided page shows who may sign in, and each of them comes in as anyone does.
import { execFileSync, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { expect, program, scratch, test as base } from "./site.js";
import { seen } from "./territory.js";

/** Runs the demo until its site is up. */
async function demo() {
  const { folder, remove } = scratch();
  const args = ["--lang", "fr", "demo", "--dir", folder, "--people", "600", "--months", "3", "--port", "0"];
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "ignore"] });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  let address;
  const told = [];
  for await (const line of createInterface({ input: child.stdout })) {
    told.push(line);
    address = line.match(/(http:\/\/\S+)\/demo/)?.[1];
    if (address) break;
  }
  if (!address) throw new Error(`the demo did not serve: ${told.join("\n")}`);
  return {
    address,
    folder,
    told: told.join("\n"),
    async stop() {
      // As Ctrl-C does.
      child.kill("SIGINT");
      const status = await ended;
      remove();
      return status;
    },
  };
}

const test = base.extend({
  place: [
    async ({}, use) => {
      const site = await demo();
      await use(site);
      expect(await site.stop(), "Ctrl-C ends the demo cleanly").toBe(0);
    },
    { scope: "worker", timeout: 120_000 },
  ],
});

/** Signs in by the form, with the password and the code that the guided page shows. */
async function comeIn(page, place, role) {
  await page.goto("/demo");
  const password = await page.locator(".card__sub .demo-code").innerText();
  const row = page.locator("tr", { has: page.locator(`[data-account="${role}"]`) });
  const email = (await row.locator(".demo-email").innerText()).trim();
  await page.locator(`#try-${role}`).locator("..").getByRole("link").first().click();
  await page.waitForURL((address) => address.pathname !== "/demo");
  if (!page.url().includes("/sign-in")) await page.goto("/sign-in");
  await page.locator("#email").fill(email);
  await page.locator("#password").fill(password);
  await page.locator("main button[type=submit]").click();
  const code = execFileSync(program, ["demo", "--dir", place.folder, "--code", email], { encoding: "utf8" }).trim();
  await page.locator("#code").fill(code);
  await page.locator("main button[type=submit]").click();
  await expect(page.locator(".bar__who")).toBeVisible();
}

for (const [name, locale, viewport] of [
  ["French, phone", "fr-FR", { width: 360, height: 780 }],
  ["French, desk", "fr-FR", { width: 1440, height: 900 }],
  ["English, desk", "en-GB", { width: 1440, height: 900 }],
]) {
  test.describe(name, () => {
    test.use({ locale, viewport });
    test("the guided page says who may sign in and what to try", async ({ page }, info) => {
      await page.goto("/demo");
      await expect(page.locator("[data-account]")).toHaveCount(13);
      for (const code of await page.locator("[data-account]").allInnerTexts()) expect(code).toMatch(/^\d{6}$/);
      await seen(page, info, "demo");
    });
  });
}

test.describe("in French", () => {
  test.use({ locale: "fr-FR", viewport: { width: 1440, height: 900 } });

  const landmarks = {
    "local-service-head": /Ce que le dernier fichier a changé/,
    "orientation-officer": /À orienter/,
    technician: /fichier/i,
    clerk: /personne/i,
    dpo: /registre/i,
    adviser: /Mon portefeuille/,
  };
  for (const [role, landmark] of Object.entries(landmarks)) {
    test(`the ${role} of the demo comes in and finds work`, async ({ page, place }, info) => {
      await comeIn(page, place, role);
      await expect(page.getByRole("main")).toContainText(landmark);
      await expect(page.getByText("tout le monde y est inventé")).toBeVisible();
      await seen(page, info, `demo-${role}`);
    });
  }

  test("the command told everyone's address, and how to stop", async ({ place }) => {
    expect(place.told).toContain("claire.delattre@demo.example");
    expect(place.told).toContain("Ctrl-C");
  });

  test.describe("without JavaScript", () => {
    test.use({ javaScriptEnabled: false });
    test("codes are there, and a link shows the next ones", async ({ page }) => {
      await page.goto("/demo");
      await page.getByRole("link", { name: "Voir les suivants" }).click();
      await expect(page.locator("[data-account]").first()).toHaveText(/^\d{6}$/);
    });
  });
});

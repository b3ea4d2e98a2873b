// A liaison form for a partner outside: its sender makes an encrypted archive of it, and is shown the passphrase once.
import { GLOBAL, newcomer, pick } from "./acts.js";
import { comeIn } from "./colleagues.js";
import { expect } from "./site.js";
import { seen, test } from "./territory.js";

const ADVISER = "yanis.marchal@demo.example";
const HEAD = "claire.delattre@demo.example";
const SIZES = [["phone", { width: 360, height: 740 }], ["desk", { width: 1440, height: 900 }]];
const PHRASE = /^([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}$/;

/** Signs a form with somebody new: the address of the form. */
async function signed(page) {
  const path = await newcomer(page);
  await page.goto(`${path}/${GLOBAL}/propose`);
  await page.locator("#consent").check();
  await pick(page, "#to", "SLAI de Valbruyère");
  for (const why of ["volunteer", "social-barrier"]) await page.locator(`[name=declared][value=${why}]`).check();
  await page.locator("[name=form][value=here]").check();
  await page.locator("main form.card button[type=submit]").click();
  await page.locator("#address-1").fill("3 quai des Tilleuls");
  await page.locator("#address-2").fill("62000 Valbruyère");
  await page.locator("[name=barrier][value=housing]").check();
  await page.locator("#informed").check();
  await page.locator("#signed-as").fill("Celle qui signe");
  await page.locator("#place").fill("Valbruyère");
  await page.getByRole("button", { name: "Signer et envoyer" }).click();
  await page.locator("#forms a").click();
  await expect(page.locator("#seal")).toBeVisible();
  return new URL(page.url()).pathname;
}

async function read(download) {
  const parts = [];
  for await (const part of await download.createReadStream()) parts.push(part);
  return Buffer.concat(parts);
}

test("its sender takes it away, and says the passphrase elsewhere", async ({ browser, place }, info) => {
  const adviser = await comeIn(browser, place, ADVISER);
  const address = await signed(adviser);
  await adviser.getByRole("link", { name: "Archive chiffrée" }).click();
  await expect(adviser.getByRole("heading", { level: 1 })).toHaveText("Envoyer la fiche en archive chiffrée");
  for (const [name, viewport] of SIZES) {
    await adviser.setViewportSize(viewport);
    await seen(adviser, info, `archive-${name}`);
  }
  const phrase = await adviser.locator(".secret").innerText();
  expect(phrase).toMatch(PHRASE);

  // By keyboard: the button is reached, and the archive comes.
  const button = adviser.getByRole("button", { name: "Télécharger l’archive" });
  await adviser.locator("body").press("Home");
  for (let step = 0; step < 40 && !(await button.evaluate((one) => one === document.activeElement)); step += 1) {
    await adviser.keyboard.press("Tab");
  }
  await expect(button).toBeFocused();
  const [download] = await Promise.all([adviser.waitForEvent("download"), adviser.keyboard.press("Enter")]);
  expect(download.suggestedFilename()).toBe("fiche-de-liaison.zip");
  const archive = await read(download);
  expect(archive.subarray(0, 4).toString("latin1")).toBe("PK\u0003\u0004");
  // Encrypted (bit 0), by AES (method 99); nothing in clear but the name, which is nobody's.
  expect(archive.readUInt16LE(6) & 1).toBe(1);
  expect(archive.readUInt16LE(8)).toBe(99);
  const text = archive.toString("latin1");
  expect(text).toContain("fiche-de-liaison.");
  for (const hidden of ["Tilleuls", "Celle qui signe", phrase]) expect(text).not.toContain(hidden);

  // Another passphrase each time; one that was not made here makes no archive.
  await adviser.goto(`${address}/archive`);
  expect(await adviser.locator(".secret").innerText()).not.toBe(phrase);
  await adviser.locator("[name=passphrase]").evaluate((one) => { one.value = "1234"; });
  await adviser.getByRole("button", { name: "Télécharger l’archive" }).click();
  await expect(adviser.locator(".secret")).toHaveText(PHRASE);

  // Whom it was sent to reads it here, and sends it to nobody.
  const head = await comeIn(browser, place, HEAD);
  await head.goto(address);
  await expect(head.locator("#seal")).toBeVisible();
  await expect(head.getByRole("link", { name: "Archive chiffrée" })).toHaveCount(0);
  expect((await head.request.get(`${address}/archive`)).status()).toBe(404);
});

test.describe("without JavaScript", () => {
  test("the archive comes too", async ({ browser, place }) => {
    const adviser = await comeIn(browser, place, ADVISER, { locale: "fr-FR", viewport: { width: 360, height: 740 }, javaScriptEnabled: false });
    const address = await signed(adviser);
    await adviser.goto(`${address}/archive`);
    const [download] = await Promise.all([
      adviser.waitForEvent("download"),
      adviser.getByRole("button", { name: "Télécharger l’archive" }).click(),
    ]);
    expect((await read(download)).readUInt16LE(8)).toBe(99);
  });
});

// The liaison form: filled in with the person, signed on screen, sent; read by whom it is for, and by her, under the same seal.
import { GLOBAL, ago, newcomer, pick } from "./acts.js";
import { comeIn, openSpace } from "./colleagues.js";
import { expect, press } from "./site.js";
import { seen, test } from "./territory.js";

const ADVISER = "yanis.marchal@demo.example";
const HEAD = "claire.delattre@demo.example";
const OFFICER = "ines.bouvard@demo.example";
const SIZES = [["phone", { width: 360, height: 740 }], ["desk", { width: 1440, height: 900 }]];

/** Proposes someone with a form that is filled in here: the page of the form. */
async function begin(page, path) {
  await page.goto(`${path}/${GLOBAL}/propose`);
  await page.locator("#consent").check();
  await pick(page, "#to", "SLAI de Valbruyère");
  await page.locator("[name=declared][value=volunteer]").check();
  await page.locator("[name=declared][value=social-barrier]").check();
  await ago(page, 0);
  await page.locator("[name=form][value=here]").check();
  await page.locator("main form.card button[type=submit]").click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Fiche de liaison");
}

/** Fills in what nobody but the person says. */
async function fill(page) {
  await page.locator("#address-1").fill("3 quai des Tilleuls");
  await page.locator("#address-2").fill("62000 Valbruyère");
  await page.locator("#phone").fill("06 00 00 00 03");
  await page.locator("[name=couple][value=no]").check();
  await page.locator("#children").fill("2");
  await page.locator("[name=barrier][value=housing]").check();
  await page.locator("[name=barrier][value=health]").check();
  await page.locator("#own-phone").fill("39 49");
  await page.locator("[name=contact][value=yes]").check();
  await page.locator("#email").fill("personne@maison.example");
}

const sign = (page) => page.getByRole("button", { name: "Signer et envoyer" }).click();

/** What the form says, without the clauses beside it. */
const says = (page) => page.locator("main .grid > div");

const seal = (page) => page.locator("#seal code").innerText();

test("filled in, signed, sent, read by both and by her", async ({ browser, place }, info) => {
  const adviser = await comeIn(browser, place, ADVISER);
  const head = await comeIn(browser, place, HEAD);
  const officer = await comeIn(browser, place, OFFICER);
  const path = await newcomer(adviser);

  // How the form travels is said first.
  await adviser.goto(`${path}/${GLOBAL}/propose`);
  await adviser.locator("#consent").check();
  await adviser.locator("main form.card button[type=submit]").click();
  await expect(adviser.locator("#form-error")).toContainText("remplie ici ou signée sur papier");

  // Who she is stands there, and is not typed; what lacks is told at its field, and what was typed stays.
  await begin(adviser, path);
  await expect(adviser.locator("#name")).toHaveCount(0);
  await expect(adviser.locator("main .govuk-summary-list").first()).toContainText("Date de naissance");
  for (const [name, viewport] of SIZES) {
    await adviser.setViewportSize(viewport);
    await seen(adviser, info, `fill-${name}`);
  }
  await fill(adviser);
  await adviser.locator("#children").fill("deux");
  await sign(adviser);
  await expect(adviser.locator("#children-error")).toContainText("de 0 à 20");
  await expect(adviser.locator("#informed-error")).toBeVisible();
  await expect(adviser.locator("#address-1")).toHaveValue("3 quai des Tilleuls");
  await expect(adviser.locator("[name=barrier][value=housing]")).toBeChecked();
  await seen(adviser, info, "wrong");
  await adviser.locator("#children").fill("2");
  await adviser.locator("#informed").check();
  await sign(adviser);
  await expect(adviser.locator("#signed-as-error")).toContainText("La personne écrit son nom");
  await expect(adviser.locator("#place-error")).toBeVisible();

  // Nothing was recorded so far.
  const other = await comeIn(browser, place, ADVISER);
  await other.goto(path);
  await expect(other.locator("#history .path > li")).toHaveCount(0);

  await adviser.locator("#signed-as").fill("Celle qui signe");
  await adviser.locator("#place").fill("Valbruyère");
  await sign(adviser);
  await expect(adviser.getByText("C’est enregistré")).toBeVisible();
  await adviser.locator("#forms a").click();
  await expect(says(adviser)).toContainText("3 quai des Tilleuls, 62000 Valbruyère");
  for (const [name, viewport] of SIZES) {
    await adviser.setViewportSize(viewport);
    await seen(adviser, info, `form-${name}`);
  }
  const signed = await seal(adviser);
  expect(signed).toMatch(/^[0-9a-f]{64}$/);
  const address = new URL(adviser.url()).pathname;

  // The head of the service that it went to reads it, on screen and on paper.
  await head.goto(path);
  await head.locator("#forms a").click();
  await expect(says(head)).toContainText("Prendre en compte son état de santé");
  await expect(says(head)).toContainText("personne@maison.example");
  expect(await seal(head)).toBe(signed);
  const paper = await head.request.get(`${address}/paper`);
  expect(paper.status()).toBe(200);
  expect(paper.headers()["content-type"]).toContain(press ? "application/pdf" : "text/html");
  const link = head.getByRole("button", { name: "Sur papier" });
  if (!press) {
    await link.click();
    await expect(head.getByText("imprimez cette page")).toBeVisible();
    await seen(head, info, "paper");
  }

  // She has it in her space, under the same seal; on the page of all that is held, and in her copy.
  const person = path.split("/")[2];
  const hers = await openSpace(browser, place, officer, person);
  await hers.goto("/me/data");
  await seen(hers, info, "hers-data");
  await hers.locator("#forms a").click();
  await expect(says(hers)).toContainText("3 quai des Tilleuls, 62000 Valbruyère");
  expect(await seal(hers)).toBe(signed);
  await seen(hers, info, "hers");
  expect(await (await hers.request.get("/me/copy")).text()).toContain(signed);
  expect((await hers.request.get(`${new URL(hers.url()).pathname}/paper`)).status()).toBe(200);
  await hers.goto("/me/print");
  await expect(hers.getByText(signed)).toBeVisible();
  await seen(hers, info, "hers-print");

  // She takes her consent back: closed at once to whom it was sent, and the tick on health to the sender too.
  await adviser.goto(`${path}/${GLOBAL}/withdraw-consent`);
  await adviser.locator("main form.card button[type=submit]").click();
  await expect(adviser.getByText("C’est enregistré")).toBeVisible();
  expect((await head.request.get(address)).status()).toBe(404);
  expect((await head.request.get(`${address}/paper`)).status()).toBe(404);
  await adviser.goto(address);
  await expect(says(adviser)).toContainText("Faire face à des difficultés de logement");
  await expect(says(adviser)).not.toContainText("Prendre en compte son état de santé");
  await hers.goto(new URL("/me/data", hers.url()).pathname);
  await hers.locator("#forms a").click();
  await expect(says(hers)).toContainText("Prendre en compte son état de santé");
});

test.describe("in English, by keyboard", () => {
  test("the form is filled in and signed", async ({ browser, place }, info) => {
    const adviser = await comeIn(browser, place, ADVISER, { locale: "en-GB", viewport: { width: 1440, height: 900 } });
    const path = await newcomer(adviser);
    await adviser.goto(`${path}/${GLOBAL}/propose`);
    await adviser.locator("#consent").check();
    await pick(adviser, "#to", "SLAI de Valbruyère");
    await adviser.locator("[name=declared][value=volunteer]").check();
    await adviser.locator("[name=declared][value=social-barrier]").check();
    await adviser.locator("[name=form][value=here]").check();
    await adviser.locator("main form.card button[type=submit]").click();
    await expect(adviser.getByRole("heading", { level: 1 })).toContainText("Liaison form");
    await seen(adviser, info, "fill");
    const keys = { "#address-1": "3 quai des Tilleuls", "#address-2": "62000 Valbruyere", "#informed": " ", "#signed-as": "Who signs", "#place": "Valbruyere" };
    await adviser.locator("body").press("Home");
    for (const [target, text] of Object.entries(keys)) {
      const field = adviser.locator(target);
      for (let step = 0; step < 90 && !(await field.evaluate((one) => one === document.activeElement)); step += 1) {
        await adviser.keyboard.press("Tab");
      }
      await expect(field).toBeFocused();
      if (text === " ") await adviser.keyboard.press("Space");
      else await adviser.keyboard.type(text);
    }
    await adviser.keyboard.press("Enter");
    await expect(adviser.getByText("It is recorded")).toBeVisible();
  });
});

test.describe("without JavaScript", () => {
  test("the form is filled in and signed", async ({ browser, place }) => {
    const adviser = await comeIn(browser, place, ADVISER, { locale: "fr-FR", viewport: { width: 360, height: 740 }, javaScriptEnabled: false });
    const path = await newcomer(adviser);
    await begin(adviser, path);
    await fill(adviser);
    await adviser.locator("#informed").check();
    await adviser.locator("#signed-as").fill("Celle qui signe");
    await adviser.locator("#place").fill("Valbruyère");
    await sign(adviser);
    await expect(adviser.getByText("C’est enregistré")).toBeVisible();
    await expect(adviser.locator("#forms a")).toHaveCount(1);
  });
});

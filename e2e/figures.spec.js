// What committees read, and the half-yearly list: a member of the steering committee reads the dashboard and takes it away; the officers of both
// parties freeze the list, sign it and take its copy.
import { readFileSync } from "node:fs";
import { DESK, comeIn } from "./colleagues.js";
import { expect, expectAccessible } from "./site.js";
import { seen, test } from "./territory.js";

const STEERING = "solene.marchand@demo.example";
const OURS = "paul.vasseur@demo.example";
const THEIRS = "nora.lemaire@demo.example";
const REFERENT = "hugo.leroux@demo.example";

/** The lines of a file that a link or a button gives. */
async function taken(page, control) {
  const [download] = await Promise.all([page.waitForEvent("download"), control.click()]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

for (const [name, locale, viewport, words] of [
  ["French, phone", "fr-FR", { width: 360, height: 780 }, { menu: "Tableau de bord", whole: "Tout le territoire", hidden: "masqué" }],
  ["French, desk", "fr-FR", { width: 1440, height: 900 }, { menu: "Tableau de bord", whole: "Tout le territoire", hidden: "masqué" }],
  ["English, phone", "en-GB", { width: 360, height: 780 }, { menu: "Dashboard", whole: "Whole territory", hidden: "hidden" }],
  ["English, desk", "en-GB", { width: 1440, height: 900 }, { menu: "Dashboard", whole: "Whole territory", hidden: "hidden" }],
]) {
  test(`${name}: steering reads the dashboard`, async ({ browser, place }, info) => {
    const page = await comeIn(browser, place, STEERING, { locale, viewport });
    expect((await page.goto("/committee")).status()).toBe(200);
    await expect(page.locator(".nav").getByRole("link", { name: words.menu })).toHaveCount(1);
    await seen(page, info, "committee");
    const tables = page.locator("main table");
    await expect(tables).toHaveCount(6);
    // A month of the months before has figures, another too few people: it says so, and says no figure.
    const months = page.locator("#entries table").nth(1).locator("tbody tr");
    await expect(months).toHaveCount(12);
    await expect(months.filter({ hasText: words.hidden }).first().locator("td")).toHaveCount(1);
    const shown = months.locator("td:not([colspan])");
    expect((await shown.allInnerTexts()).some((text) => Number(text) >= 5), "some month is shown").toBe(true);
    await expect(page.locator("#entries table").first().locator("tbody tr").last()).toContainText(words.whole);
    // Nothing leads to a list of people.
    await expect(page.locator("main a[href*='/people'], main a[href*='/caseload']")).toHaveCount(0);
    await page.goto("/figures");
    await seen(page, info, "figures");
  });
}

test("the dashboard of another month, by an address that can be shared, and as a file", async ({ browser, place }, info) => {
  const page = await comeIn(browser, place, STEERING);
  await page.goto("/committee");
  await page.locator("#month").selectOption({ index: 3 });
  await page.locator("form.narrowing button").click();
  await page.waitForURL(/programme=accompagnement-global&month=\d{4}-\d{2}/);
  const address = page.url();
  const figures = await page.locator("#entries table").first().innerText();
  await page.goto(address);
  expect(await page.locator("#entries table").first().innerText()).toBe(figures);
  const { name, bytes } = await taken(page, page.getByRole("button", { name: "CSV" }));
  expect(name).toMatch(/^comite-accompagnement-global-\d{4}-\d{2}\.csv$/);
  const lines = bytes.toString("utf8").trim().split("\r\n");
  expect(lines[0]).toContain("Entrées dans le délai (%)");
  expect(lines.some((line) => line.includes("masqué"))).toBe(true);
  // The file has the cells of the screen: as many months as the table shows.
  const cells = await page.locator("#entries table").nth(1).locator("tbody tr").count();
  expect(lines.filter((line) => line.includes("Tout le territoire"))).toHaveLength(cells);
  const book = await taken(page, page.getByRole("button", { name: "Tableur" }));
  expect(book.bytes.subarray(0, 2).toString()).toBe("PK");
  await page.emulateMedia({ media: "print" });
  await expect(page.locator(".nav")).toBeHidden();
  await page.screenshot({ fullPage: true, path: info.outputPath("printed.png") });
});

test("the dashboard by keyboard, and without JavaScript", async ({ browser, place }) => {
  const page = await comeIn(browser, place, STEERING, { ...DESK, javaScriptEnabled: false });
  await page.goto("/committee");
  const month = page.locator("#month");
  for (let step = 0; step < 40 && !(await month.evaluate((one) => one === document.activeElement)); step += 1) {
    await page.keyboard.press("Tab");
  }
  await expect(month).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForURL(/month=/);
  await expect(page.locator("main table")).toHaveCount(6);
});

test("who has no clause finds no list, and is not led there", async ({ browser, place }) => {
  for (const who of [STEERING, REFERENT]) {
    const page = await comeIn(browser, place, who);
    await expect(page.locator(".nav").getByRole("link", { name: "Listes FSE" })).toHaveCount(0);
    expect((await page.goto("/evidence")).status()).toBe(404);
  }
  const page = await comeIn(browser, place, OURS);
  await expect(page.locator(".nav").getByRole("link", { name: "Tableau de bord" })).toHaveCount(0);
  expect((await page.goto("/committee")).status()).toBe(404);
});

test("a list is frozen, signed by both parties, and taken out", async ({ browser, place }, info) => {
  const theirs = await comeIn(browser, place, THEIRS);
  await theirs.locator(".nav").getByRole("link", { name: "Listes FSE" }).click();
  await seen(theirs, info, "lists");
  const row = (page) => page.locator("tbody tr").filter({ hasText: /[1-9]\d* personnes?/ }).first();
  await expect(row(theirs)).toContainText("figée, à signer");
  // Nobody has signed: she freezes it again.
  await row(theirs).getByRole("link", { name: "Figer de nouveau" }).click();
  await seen(theirs, info, "freeze");
  await theirs.getByRole("button", { name: "Figer la liste" }).click();
  await expect(theirs.getByText("La liste est figée et scellée")).toBeVisible();
  // Hers is open beside, of the content that is frozen now; it is frozen once more meanwhile.
  const late = await comeIn(browser, place, OURS);
  await late.goto("/evidence");
  await row(late).getByRole("link", { name: "Signer" }).click();
  await row2(theirs, "Figer de nouveau");
  await theirs.getByRole("button", { name: "Figer la liste" }).click();
  await late.getByRole("button", { name: "Signer (Département)" }).click();
  await expect(late.getByText("elle a été figée de nouveau")).toBeVisible();
  // Both sign what is there.
  await row2(theirs, "Signer");
  await seen(theirs, info, "sign");
  await theirs.getByRole("button", { name: "Signer (France Travail)" }).click();
  await expect(theirs.getByText("La liste est signée pour votre partie")).toBeVisible();
  await expect(row(theirs)).toContainText("Nora Lemaire");
  await expect(row(theirs)).toContainText("signature attendue");
  await expect(row(theirs).getByRole("link", { name: "Figer de nouveau" })).toHaveCount(0);
  await row2(late, "Signer");
  const again = await late.context().newPage();
  await again.goto(late.url());
  await late.getByRole("button", { name: "Signer (Département)" }).click();
  await expect(row(late)).toContainText("signée par toutes les parties");
  await seen(late, info, "signed");
  // Her other window shows the form still: nothing is added.
  await again.getByRole("button", { name: "Signer (Département)" }).click();
  await expect(again.getByText("rien n’a été ajouté").first()).toBeVisible();
  await expectAccessible(again);
  // The sealed copy.
  await row2(late, "Télécharger la copie");
  await seen(late, info, "copy");
  await late.locator("[name=format][value=csv]").check();
  const { name, bytes } = await taken(late, late.getByRole("button", { name: "Télécharger la copie" }));
  expect(name).toMatch(/^liste-fse-accompagnement-global-\d{4}-[12]\.csv$/);
  const people = Number((await late.locator(".seal dd").nth(2).innerText()).trim());
  expect(people).toBeGreaterThan(0);
  expect(bytes.toString("utf8").trim().split("\r\n").length).toBeGreaterThan(people);

  async function row2(page, name) {
    await page.goto("/evidence");
    await row(page).getByRole("link", { name }).click();
  }
});

for (const [name, locale, viewport] of [
  ["French, phone", "fr-FR", { width: 360, height: 780 }],
  ["English, phone", "en-GB", { width: 360, height: 780 }],
  ["English, desk", "en-GB", { width: 1440, height: 900 }],
]) {
  test(`${name}: the lists, and each act asked`, async ({ browser, place }, info) => {
    const page = await comeIn(browser, place, THEIRS, { locale, viewport });
    await page.goto("/evidence");
    await seen(page, info, "lists");
    await page.locator("tbody a[href$='/freeze']").last().click();
    await seen(page, info, "freeze");
    await page.goto("/evidence");
    await page.locator("tbody a[href$='/copy']").first().click();
    await seen(page, info, "copy");
  });
}

test("without JavaScript a list is frozen and taken out as well", async ({ browser, place }) => {
  const page = await comeIn(browser, place, OURS, { ...DESK, javaScriptEnabled: false });
  await page.goto("/evidence");
  await page.locator("tbody a[href$='/freeze']").last().click();
  await page.getByRole("button", { name: "Figer la liste" }).click();
  await expect(page.getByText("La liste est figée et scellée")).toBeVisible();
  await page.locator("tbody a[href$='/copy']").last().click();
  const { name, bytes } = await taken(page, page.getByRole("button", { name: "Télécharger la copie" }));
  expect(name).toMatch(/\.xlsx$/);
  expect(bytes.subarray(0, 2).toString()).toBe("PK");
});

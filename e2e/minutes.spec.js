// The committees' papers: both who lead a committee write its minutes, answer the actions of the last meeting and sign; the steering committee reads
// them; both parties write the amounts of a yearly review and sign it.
import { readFileSync } from "node:fs";
import { DESK, comeIn } from "./colleagues.js";
import { expect } from "./site.js";
import { seen, test } from "./territory.js";

const HEAD = "claire.delattre@demo.example";
const DIRECTOR = "omar.caron@demo.example";
const STEERING = "solene.marchand@demo.example";
const TERRITORIAL = "elise.warin@demo.example";
const REFERENT = "hugo.leroux@demo.example";
const PAPERS = "/committee/papers";

/** Fills in the three fields of a day, so many days from now. */
async function day(page, name, days) {
  const date = new Date(Date.now() + days * 86_400_000);
  await page.locator(`#${name}-day`).fill(String(date.getUTCDate()));
  await page.locator(`#${name}-month`).fill(String(date.getUTCMonth() + 1));
  await page.locator(`#${name}-year`).fill(String(date.getUTCFullYear()));
}

/** A picture of a page without scripts, of which nothing can be asked. */
const glimpse = (page, info, name) => page.screenshot({ fullPage: true, path: info.outputPath(`${name}.png`) });

for (const [name, locale, viewport, words] of [
  ["French, phone", "fr-FR", { width: 360, height: 780 }, { title: "Relevés et bilans des comités", minutes: "Relevés signés", hidden: "masqué" }],
  ["French, desk", "fr-FR", { width: 1440, height: 900 }, { title: "Relevés et bilans des comités", minutes: "Relevés signés", hidden: "masqué" }],
  ["English, phone", "en-GB", { width: 360, height: 780 }, { title: "Minutes and reviews of committees", minutes: "Signed minutes", hidden: "hidden" }],
  ["English, desk", "en-GB", { width: 1440, height: 900 }, { title: "Minutes and reviews of committees", minutes: "Signed minutes", hidden: "hidden" }],
]) {
  test(`${name}: the steering committee reads minutes and reviews`, async ({ browser, place }, info) => {
    const page = await comeIn(browser, place, STEERING, { locale, viewport });
    await page.goto("/committee");
    await page.getByRole("link", { name: words.title }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.title);
    await seen(page, info, "papers");
    // Nothing leads to people.
    await expect(page.locator("main a[href*='/people'], main a[href*='/caseload']")).toHaveCount(0);
    await page.locator("table", { hasText: words.minutes }).first().locator("a").first().click();
    await expect(page.locator(".seal")).toContainText(/[0-9a-f]{64}/);
    await expect(page.locator(".committee__table").first()).toContainText(words.hidden);
    await seen(page, info, "minutes");
    await page.goto(PAPERS);
    await page.locator("#reviews tbody tr").nth(1).locator("a").first().click();
    await expect(page.locator(".committee__table").first()).toContainText("€");
    await seen(page, info, "review");
    await page.goto(PAPERS);
    await page.locator("#reviews tbody tr").nth(2).locator("a").first().click();
    await seen(page, info, "amounts");
  });

  test(`${name}: the head of a service finds what waits, and the form of minutes`, async ({ browser, place }, info) => {
    const page = await comeIn(browser, place, HEAD, { locale, viewport });
    await seen(page, info, "my-day");
    await page.locator("#committees a[href$='/draft']").click();
    await seen(page, info, "form");
    await page.locator("main form button[type=submit]").last().click();
    await expect(page.locator(".govuk-error-summary")).toBeVisible();
    await seen(page, info, "faults");
  });
}

test("both write minutes without JavaScript, answer actions and sign", async ({ browser, place }, info) => {
  const head = await comeIn(browser, place, HEAD, { ...DESK, javaScriptEnabled: false });
  const mine = head.locator("#committees");
  await expect(mine).toContainText("une action corrective en retard");
  await glimpse(head, info, "my-day");
  await mine.getByRole("link", { name: /réunir, puis écrire le relevé/ }).click();
  await expect(head.getByText("il n’y a pas de texte libre")).toBeVisible();
  await expect(head.locator("main form textarea, main form input[type=text]:not([inputmode=numeric])")).toHaveCount(0);
  await glimpse(head, info, "empty-form");
  // Nothing is answered yet: it says what lacks, and nothing is kept.
  await day(head, "held", 0);
  await day(head, "next", 120);
  await head.getByRole("button", { name: "Sceller" }).click();
  await expect(head.locator(".govuk-error-summary")).toContainText("Dites où en est chaque action ouverte");
  await glimpse(head, info, "faults");
  await head.getByLabel("Chef de SLAI").check();
  await head.getByLabel("Directeur d’agence France Travail").check();
  const answers = head.locator("section", { hasText: "Actions des réunions précédentes" }).locator("fieldset.govuk-fieldset", { has: head.locator("select") });
  await answers.nth(0).getByLabel("Faite").check();
  await answers.nth(1).getByLabel("En cours").check();
  await head.getByLabel("Postes de conseillers ou de référents vacants").check();
  // Another turn of the form gives another row, and loses nothing.
  await head.getByRole("button", { name: "Ajouter une action" }).click();
  await expect(head.getByLabel("Postes de conseillers ou de référents vacants")).toBeChecked();
  await head.locator("#action-0").selectOption("caseload-review");
  await head.locator("#for-0").selectOption("posts-vacant");
  await head.locator("#party-0").selectOption("departement-62");
  await day(head, "due-0", 40);
  await head.getByRole("button", { name: "Sceller" }).click();
  await expect(head.locator(".govuk-error-summary")).toContainText("La prochaine réunion se tient au plus tard le");
  await day(head, "next", 60);
  await head.getByRole("button", { name: "Sceller" }).click();
  await expect(head.getByText("Le document est scellé")).toBeVisible();
  await glimpse(head, info, "draft");
  const address = new URL(head.url()).pathname;

  // The other finds it on his day, has it open to sign, and it is written again meanwhile.
  const director = await comeIn(browser, place, DIRECTOR);
  await expect(director.locator("#committees")).toContainText("relevé à signer");
  await seen(director, info, "director-day");
  await director.locator("#committees").getByRole("link", { name: /relevé à signer/ }).click();
  await director.getByRole("button", { name: "Signer" }).click();
  await seen(director, info, "sign");
  await head.getByRole("link", { name: "Réécrire" }).click();
  await expect(head.locator("#action-0")).toHaveValue("caseload-review");
  await head.getByLabel("Entretiens à trois").check();
  await head.getByRole("button", { name: "Sceller" }).click();
  await expect(head.getByText("Le document est scellé")).toBeVisible();
  await director.getByRole("button", { name: "Signer (France Travail)" }).click();
  await expect(director.getByText("Ce document n’est plus là")).toBeVisible();
  expect((await director.goto(address)).status()).toBe(404);

  // Both sign what is there.
  const again = new URL(head.url()).pathname;
  const steering = await comeIn(browser, place, STEERING);
  expect((await steering.goto(again)).status(), "a draft is for those who write it").toBe(404);
  await director.goto(again);
  await director.getByRole("button", { name: "Signer" }).click();
  await director.getByRole("button", { name: "Signer (France Travail)" }).click();
  await expect(director.getByText("Le document est signé pour votre partie")).toBeVisible();
  await head.goto(again);
  await head.getByRole("button", { name: "Signer" }).click();
  await head.getByRole("button", { name: "Signer (Département)" }).click();
  await expect(head.getByText("signé par toutes les parties")).toBeVisible();
  await glimpse(head, info, "signed");
  await steering.goto(again);
  await expect(steering.getByText("Entretiens à trois")).toBeVisible();
  await expect(steering.getByText("Faite. Écart")).toBeVisible();
  // Nothing is late any more.
  await head.goto("/");
  await expect(head.locator("#committees")).toContainText("Rien n’attend");

  const [download] = await Promise.all([
    steering.waitForEvent("download"),
    steering.getByRole("button", { name: "JSON" }).click(),
  ]);
  const file = JSON.parse(readFileSync(await download.path(), "utf8"));
  expect(file.complete).toBe(true);
  expect(file.content.said.actions).toHaveLength(1);
  await steering.emulateMedia({ media: "print" });
  await expect(steering.locator(".nav")).toBeHidden();
  await steering.screenshot({ fullPage: true, path: info.outputPath("printed.png") });
});

test("both parties write the amounts of a year and sign the review", async ({ browser, place }, info) => {
  const year = new Date().getUTCFullYear() - 2;
  const row = (page) => page.locator("#reviews tbody tr", { hasText: `Année ${year}` });
  const steering = await comeIn(browser, place, STEERING);
  await steering.goto(PAPERS);
  await row(steering).getByRole("link", { name: "Saisir nos montants" }).click();
  await steering.getByLabel("Postes dédiés").fill("12,5");
  await steering.getByRole("button", { name: "Sceller" }).click();
  await expect(steering.locator(".govuk-error-summary")).toContainText("Écrivez un nombre entier d’euros");
  await seen(steering, info, "faults");
  for (const field of await steering.locator("main form input[type=text]").all()) await field.fill("1 000");
  await steering.getByRole("button", { name: "Sceller" }).click();
  await expect(steering.getByText("Montants attendus : France Travail")).toBeVisible();
  await expect(steering.getByRole("button", { name: "Signer" })).toHaveCount(0);

  const territorial = await comeIn(browser, place, TERRITORIAL);
  await territorial.goto(PAPERS);
  await row(territorial).getByRole("link", { name: "Saisir nos montants" }).click();
  await expect(territorial.getByLabel("Structures mandatées")).toHaveCount(0);
  // By keyboard alone.
  await territorial.getByLabel("Postes dédiés").focus();
  for (const amount of ["410000", "12000", "0", "60000"]) {
    await territorial.keyboard.type(amount);
    await territorial.keyboard.press("Tab");
  }
  await territorial.keyboard.press("Enter");
  await expect(territorial.getByText("Le document est scellé")).toBeVisible();
  await territorial.getByRole("button", { name: "Signer" }).click();
  await territorial.getByRole("button", { name: "Signer (France Travail)" }).click();
  await expect(territorial.getByText("Le document est signé pour votre partie")).toBeVisible();
  await steering.goto(PAPERS);
  await expect(row(steering)).toContainText("à signer");
  await row(steering).getByRole("link", { name: "Lire" }).click();
  await steering.getByRole("button", { name: "Signer" }).click();
  await steering.getByRole("button", { name: "Signer (Département)" }).click();
  await expect(steering.getByText("signé par toutes les parties")).toBeVisible();
  await seen(steering, info, "signed");
});

test("who has no part in a committee finds nothing there", async ({ browser, place }) => {
  const page = await comeIn(browser, place, REFERENT);
  await expect(page.locator("#committees")).toHaveCount(0);
  expect((await page.goto(PAPERS)).status()).toBe(404);
  await page.goto("/committee");
  await expect(page.getByRole("link", { name: "Relevés et bilans des comités" })).toHaveCount(0);
});

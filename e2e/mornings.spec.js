// The mornings of the identity clerk, of the orientation officer and of the data protection officer.
import { expect, seen, test } from "./territory.js";

const FR = {
  look: "Examiner", same: /C’est la même personne/, two: /Ce sont deux personnes/, again: "Revoir la question",
  back: /Reprendre cette réponse/, parted: "Le lien est défait", stale: /Quelqu’un a agi avant vous/,
  nothing: "Aucune question sous ces filtres", record: "Enregistrer la décision", year: "Année",
  recorded: /La décision est enregistrée/, change: "Changer l’orientation", filter: "Filtrer", verify: "Vérifier le registre",
  holds: /Le registre est intègre/, absent: "Page introuvable", who: "Voir qui a consulté cette personne",
};
const EN = {
  look: "Review", same: /It is the same person/, two: /They are two people/, again: "Look at the question again",
  back: /Take this answer back/, parted: "The link is undone", stale: /Someone acted before you/,
  nothing: "No question under these filters", record: "Record the decision", year: "Year",
  recorded: /The decision is recorded/, change: "Change the orientation", filter: "Filter", verify: "Verify the log",
  holds: /The log holds/, absent: "Page not found", who: "See who read this person",
};

async function clerk(page, context, office, info, words) {
  await office.signIn(context, "clerk", { name: "Marie-Antoinette de La Rochefoucauld-Montbazon" });
  await page.goto("/review");
  await seen(page, info, "queue");
  await page.goto("/review?score=high&days=400");
  await expect(page.getByText(words.nothing)).toBeVisible();
  await seen(page, info, "queue-none");
  await page.goto("/review");
  await page.locator("tbody th a").first().click();
  await seen(page, info, "question");
  await page.getByRole("button", { name: words.same }).first().click();
  await seen(page, info, "accepted");
  await page.getByRole("link", { name: words.again }).click();
  await seen(page, info, "answered");
  await page.getByRole("button", { name: words.back }).first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.parted);
  await seen(page, info, "undone");
  await page.getByRole("link").filter({ hasText: /fiches de la personne|records of the person/ }).first().click();
  await seen(page, info, "records");
  await page.goto("/review");
  await page.locator("tbody th a").nth(1).click();
  await page.getByRole("button", { name: words.two }).first().click();
  await page.getByRole("link", { name: words.again }).click();
  await page.getByRole("button", { name: words.back }).first().click();
  await expect(page.getByRole("button", { name: words.two }).first()).toBeVisible();
  await seen(page, info, "reopened");
}

/** Opens somebody of the list, well below those whom other tests take, whom she may open without giving a reason. */
async function reachable(page) {
  const list = page.url();
  for (let place = 18; ; place += 1) {
    await page.locator("tbody th a").nth(place).click();
    await page.waitForURL(/\/people\//);
    if (await page.locator('a[href^="/people/"][href$="/orientation"]').count()) return;
    await page.goto(list);
  }
}

async function officer(page, context, office, info, words) {
  await office.signIn(context, "orientation_officer");
  await page.goto("/orientation");
  await seen(page, info, "queue");
  // Not one whose name another test has given to a colleague, nor of her own: a reason would be asked.
  await reachable(page);
  const person = page.url();
  await seen(page, info, "person");
  for (const kind of ["fact", "decision", "contact"]) {
    await page.goto(`${person}?kind=${kind}`);
    await expect(page.locator(`.path > li:not(.path__${kind})`)).toHaveCount(0);
  }
  await page.goto(`${person}/orientation`);
  await seen(page, info, "decision");
  await page.getByLabel(words.year).fill("2999");
  await page.getByRole("button", { name: words.record }).click();
  await expect(page.locator(".govuk-error-summary")).toBeVisible();
  await expect(page.locator(".govuk-error-summary a")).toHaveCount(2);
  await seen(page, info, "decision-refused");
  await page.goto(`${person}/orientation`);
  await page.getByRole("radio").first().check();
  await page.locator("#organisation").fill("Centre communal d’action sociale de Noyelles-Godault-sous-Lens et environs");
  await page.locator("#name").fill("Vandenbroucke");
  await page.getByRole("button", { name: words.record }).click();
  await expect(page.getByText(words.recorded)).toBeVisible();
  await expect(page.locator(".path__decision").filter({ hasText: "Vandenbroucke" })).toHaveCount(1);
  await seen(page, info, "oriented");
  await page.goto(`${person}/orientation`);
  await page.locator("#day-year").fill("2020");
  await page.getByRole("radio").nth(1).check();
  await page.getByRole("button", { name: words.record }).click();
  await expect(page.locator("#day-error")).toBeVisible();
  await seen(page, info, "decision-overlaps");
  // Forbidden and absent look the same.
  for (const path of ["/people/01a20110-ac69-716c-9bcd-23ef9dec9daf", "/people/nobody", "/audit", "/review"]) {
    expect((await page.goto(path)).status()).toBe(404);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.absent);
  }
}

async function dpo(page, context, office, info, words) {
  await office.signIn(context, "dpo");
  await page.goto("/audit");
  await seen(page, info, "log");
  await page.locator("#act").selectOption("orientation");
  await page.getByRole("button", { name: words.filter }).click();
  await expect(page).toHaveURL(/[?&]act=orientation(&|$)/);
  await seen(page, info, "log-filtered");
  await page.locator("tbody th a").first().click();
  await seen(page, info, "entry");
  await page.locator(".card a.code").first().click();
  await page.waitForURL(/\/audit\/people\//);
  await seen(page, info, "who-read");
  const person = page.url().split("/").pop();
  await page.goto(`/audit?person=${person}`);
  await expect(page.getByRole("link", { name: words.who })).toBeVisible();
  await page.goto("/audit?person=Lefebvre");
  await expect(page.locator("tbody tr")).toHaveCount(0);
  await seen(page, info, "log-no-person");
  await page.goto("/audit");
  await page.getByRole("button", { name: words.verify }).click();
  await expect(page.getByText(words.holds)).toBeVisible();
  await seen(page, info, "verified");
}

const MORNINGS = { clerk, officer, dpo };

for (const [name, locale, viewport, words] of [
  ["French, phone", "fr-FR", { width: 360, height: 780 }, FR],
  ["French, desk", "fr-FR", { width: 1440, height: 900 }, FR],
  ["English, desk", "en-GB", { width: 1440, height: 900 }, EN],
]) {
  test.describe(name, () => {
    test.use({ locale, viewport });
    for (const [role, morning] of Object.entries(MORNINGS)) {
      test(`the morning of the ${role}`, async ({ page, context, office }, info) => {
        await morning(page, context, office, info, words);
      });
    }
  });
}

test.describe("in French", () => {
  test.use({ locale: "fr-FR" });

  test("an answer given to a page that has grown old says so", async ({ page, context, office }) => {
    await office.signIn(context, "clerk");
    await page.goto("/review");
    await page.locator("tbody th a").first().click();
    await page.waitForURL(/\/review\/[^/]+$/);
    const other = await context.newPage();
    await other.goto(page.url());
    await other.getByRole("button", { name: FR.two }).first().click();
    await page.getByRole("button", { name: FR.same }).first().click();
    await expect(page.getByText(FR.stale)).toBeVisible();
    await page.getByRole("button", { name: FR.back }).first().click();
  });

  test("by keyboard alone a question is answered and taken back", async ({ page, context, office }) => {
    await office.signIn(context, "clerk");
    await page.goto("/review");
    await page.locator("tbody th a").first().press("Enter");
    await page.waitForURL(/\/review\/[^/]+$/);
    const refuse = page.getByRole("button", { name: FR.two }).first();
    for (let step = 0; step < 40 && !(await refuse.evaluate((button) => button === document.activeElement)); step += 1) {
      await page.keyboard.press("Tab");
    }
    await expect(refuse).toBeFocused();
    await page.keyboard.press("Enter");
    const again = page.getByRole("link", { name: FR.again });
    await again.focus();
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: FR.back }).first().press("Enter");
    await expect(page.getByRole("button", { name: FR.two }).first()).toBeVisible();
  });
});

test.describe("without JavaScript", () => {
  test.use({ locale: "fr-FR", javaScriptEnabled: false });

  test("a question is answered, a person oriented, the log verified", async ({ page, context, office }) => {
    await office.signIn(context, "clerk");
    await page.goto("/review");
    await page.locator("tbody th a").first().click();
    await page.getByRole("button", { name: FR.two }).first().click();
    await page.getByRole("link", { name: FR.again }).click();
    await page.getByRole("button", { name: FR.back }).first().click();
    await expect(page.getByRole("button", { name: FR.two }).first()).toBeVisible();
    await context.clearCookies();
    await office.signIn(context, "orientation_officer");
    await page.goto("/orientation");
    await page.locator("tbody td a").last().click();
    await page.getByRole("radio").nth(4).check();
    await page.getByRole("button", { name: FR.record }).click();
    await expect(page.getByText(FR.recorded)).toBeVisible();
    await context.clearCookies();
    await office.signIn(context, "dpo");
    await page.goto("/audit/verification");
    await expect(page.getByText(FR.holds)).toBeVisible();
  });
});

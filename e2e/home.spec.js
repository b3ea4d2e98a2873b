// The first page of each role: what waits, with figures that lead to their lists; in French and English, phone and desk, printed,
// by keyboard, and without JavaScript.
import { expect, seen, test } from "./territory.js";

const FR = {
  title: "Ma journée — Liant", month: /Le fichier du Département/, questions: "Identités à vérifier",
  log: "Le registre des accès", access: "Les accès que vous gérez", orient: "À orienter", changed: "Ce que le dernier fichier a changé",
  dates: "Prochaines échéances", factor: /sans second facteur/, filters: "Filtres en vigueur",
};
const EN = {
  title: "My day — Liant", month: /The Département’s file/, questions: "Identities to check",
  log: "The access log", access: "The access that you manage", orient: "To orient", changed: "What the last file changed",
  dates: "Next due dates", factor: /without a second factor/, filters: "Filters in force",
};

/** The number of a text as the page writes it. */
const number = (text) => Number(text.replaceAll(/\D/g, ""));

/** What each role finds. A role that no clause gives a list finds that said. */
const DESKS = {
  local_service_head: async () => {},
  orientation_officer: async (page, words) => {
    await expect(page.getByRole("heading", { name: words.changed })).toHaveCount(2);
    await expect(page.getByRole("heading", { name: words.orient })).toBeVisible();
    const lines = await page.locator("#to-orient li").count();
    expect(lines).toBeGreaterThan(0);
    for (let place = 0; place < lines; place += 1) {
      await page.goto("/");
      const line = page.locator("#to-orient li").nth(place);
      const count = number(await line.locator(".todo__figure").innerText());
      expect(count).toBeGreaterThan(0);
      await line.getByRole("link").press("Enter");
      expect(number(await page.locator(".filters__count").innerText()), page.url()).toBe(count);
    }
  },
  technician: async (page, words) => {
    await expect(page.getByRole("heading", { name: words.month })).toBeVisible();
    await expect(page.locator("#flows li").first()).toBeVisible();
  },
  clerk: async (page, words) => {
    await expect(page.getByRole("heading", { name: words.questions })).toBeVisible();
    const line = page.locator("#questions li").last();
    const count = number(await line.locator(".todo__figure").innerText());
    await line.getByRole("link").click();
    expect(number(await page.locator(".filters__count").innerText())).toBe(count);
  },
  dpo: async (page, words) => {
    await expect(page.getByRole("heading", { name: words.log })).toBeVisible();
  },
  steering: async (page, words) => {
    await expect(page.locator("#committees")).toBeVisible();
  },
};

for (const [name, locale, viewport, words] of [
  ["French, phone", "fr-FR", { width: 360, height: 780 }, FR],
  ["French, desk", "fr-FR", { width: 1440, height: 900 }, FR],
  ["English, desk", "en-GB", { width: 1440, height: 900 }, EN],
]) {
  test.describe(name, () => {
    test.use({ locale, viewport });
    for (const [role, look] of Object.entries(DESKS)) {
      test(`what waits for the ${role}`, async ({ page, context, office }, info) => {
        await office.signIn(context, role, { name: "Marie-Antoinette de La Rochefoucauld-Montbazon" });
        await page.goto("/");
        await expect(page).toHaveTitle(words.title);
        await seen(page, info, role);
        await look(page, words);
      });
    }
    test("who has not signed in reads what this is", async ({ page }, info) => {
      await page.goto("/");
      await expect(page.locator(".nav")).toHaveCount(0);
      await seen(page, info, "public");
    });
  });
}

test.describe("in French", () => {
  test.use({ locale: "fr-FR", viewport: { width: 1440, height: 900 } });

  test("an admin is led to the people who have not come in", async ({ page, context, office }, info) => {
    const organisation = office.organisation("Département, accès", "departement");
    const her = await office.signIn(context, "technician", { organisation, admin: true, name: "Malik Sorel" });
    const newcomer = office.account("clerk", { organisation, name: "Pas Encore Venue" });
    office.invite(office.address("invitee"), "clerk", organisation);
    await page.goto("/");
    await expect(page.getByRole("heading", { name: FR.access })).toBeVisible();
    await seen(page, info, "admin");
    await page.locator("#access").getByRole("link", { name: FR.factor }).click();
    await expect(page.locator("tbody tr").filter({ hasText: newcomer.email })).toHaveCount(1);
    await expect(page.locator("tbody tr").filter({ hasText: her.email })).toHaveCount(0);
    await seen(page, info, "without-factor");
  });

  test("on paper there are figures, and no chrome", async ({ page, context, office }, info) => {
    await office.signIn(context, "orientation_officer");
    await page.goto("/");
    await page.emulateMedia({ media: "print" });
    await expect(page.locator(".nav")).toBeHidden();
    await expect(page.locator("#to-orient .todo__figure").first()).toBeVisible();
    await page.screenshot({ fullPage: true, path: info.outputPath("printed.png") });
  });

  test("by keyboard alone a figure leads to its list", async ({ page, context, office }) => {
    await office.signIn(context, "clerk");
    await page.goto("/");
    const tile = page.locator(".tile a").last();
    for (let step = 0; step < 30 && !(await tile.evaluate((link) => link === document.activeElement)); step += 1) {
      await page.keyboard.press("Tab");
    }
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/review/);
  });

  test.describe("without JavaScript", () => {
    test.use({ javaScriptEnabled: false });
    test("the first page says and leads as much", async ({ page, context, office }) => {
      await office.signIn(context, "technician");
      await page.goto("/");
      await expect(page.locator("#month li")).toHaveCount(1);
      await page.locator("#month a").click();
      await page.waitForURL(/\/month$/);
    });
  });
});

// The list of people: searched, filtered, kept, given a referent, taken out in a file.
import { readFileSync } from "node:fs";
import { expect, seen, test } from "./territory.js";

const FR = {
  title: "Personnes", search: "Rechercher une personne", more: "Plus de filtres", keep: "Garder ces filtres", name: /Nom des filtres/,
  kept: "Les filtres sont gardés.", manage: "Gérer mes filtres", rename: "Renommer", remove: "Retirer", renamed: "Les filtres ont changé de nom.",
  assign: "Désigner un référent", end: "Mettre fin au suivi", who: "Référent social", leave: "Les laisser à leur référent",
  replace: "Leur donner ce nouveau référent", confirm: /Désigner pour/, ended: /suivis? (est|sont) terminés?/, endDo: /Mettre fin à ce/,
  assigned: /Un référent est désigné pour/, aside: "Laissées de côté", export: "Exporter", download: "Télécharger le fichier",
  nobody: "Personne ne correspond à ces filtres", notFound: "Personne ne répond à cette recherche", changed: /ont changé depuis/,
  noExport: "Ces filtres ne permettent pas d’export", back: "Revenir à la liste", noOne: "Personne n’est coché", wrong: "Choisissez le référent.",
};
const EN = {
  title: "People", search: "Search for a person", more: "More filters", keep: "Keep these filters", name: /Name of the filters/,
  kept: "The filters are kept.", manage: "Manage my filters", rename: "Rename", remove: "Remove", renamed: "The filters have a new name.",
  assign: "Assign a referent", end: "End follow-up", who: "Social referent", leave: "Leave them with their referent",
  replace: "Give them this new referent", confirm: /Assign to/, ended: /follow-ups? (is|are) ended/, endDo: /End th/,
  assigned: /A referent is assigned to/, aside: "Left aside", export: "Export", download: "Download the file",
  nobody: "Nobody matches these filters", notFound: "Nobody matches this search", changed: /have changed since/,
  noExport: "These filters allow no export", back: "Back to the list", noOne: "Nobody is ticked", wrong: "Choose the referent.",
};

const count = async (page) => Number((await page.locator(".filters__count").textContent()).replaceAll(/\D/g, ""));
const rows = (page) => page.locator(".people tbody tr");
const query = (page) => Object.fromEntries(new URL(page.url()).searchParams);

/** A referent to choose, of this name. */
function referent(office, name) {
  office.account("social_referent", { name, organisation: office.organisation("Service social d’Arras et de ses environs", "solidarity_house", { parent: office.organisation("Département du Pas-de-Calais", "departement") }) });
}

async function tick(page, number) {
  for (let place = 0; place < number; place += 1) await page.locator('.people input[name="person"]').nth(place).check();
}

async function choose(page, words, name, others) {
  const option = page.locator("#who option").filter({ hasText: name });
  await page.locator("#who").selectOption(await option.first().getAttribute("value"));
  // Asked only when someone has a referent.
  if (await page.getByLabel(others).count()) await page.getByLabel(others).check();
  await page.getByRole("button", { name: words.confirm }).click();
}

async function morning(page, context, office, info, words) {
  const name = `Anne-Sophie Vandenbroucke-Delattre ${info.workerIndex}-${Date.now()}`;
  referent(office, name);
  await office.signIn(context, "orientation_officer");
  await page.goto("/people");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.title);
  await seen(page, info, "list");
  const whole = await count(page);
  expect(whole).toBeGreaterThan(100);

  // Afresh: axe leaves empty `style` attributes behind, which htmx would carry over, and the policy would refuse.
  await page.goto("/people");
  // The list follows what is typed, without accents; the address follows too.
  const first = (await page.locator(".people__name").first().textContent()).split(",")[0].trim().split(" ").at(-1);
  await page.locator("#q").pressSequentially(first.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase(), { delay: 20 });
  await expect.poll(() => count(page)).toBeLessThan(whole);
  await expect(rows(page).filter({ hasText: new RegExp(first, "i") })).not.toHaveCount(0);
  await expect.poll(() => query(page).q?.length).toBe(first.length);
  await expect(page.locator(".chip")).toHaveCount(1);
  await seen(page, info, "search");
  await page.locator("#q").fill("zzyzx");
  await expect(page.getByText(words.notFound)).toBeVisible();
  await seen(page, info, "search-none");

  // Filters stand in the address, each with a way out.
  await page.goto("/people?todo=orient&right=in-course&sort=waiting");
  await expect(page.locator(".chip")).toHaveCount(2);
  const waiting = await count(page);
  expect(waiting).toBeLessThan(whole);
  await seen(page, info, "filtered");
  await page.locator(".chip a").last().click();
  await expect.poll(() => query(page)).toEqual({ todo: "orient", sort: "waiting" });
  await page.goto("/people?nature=06&born=1931&commune=62999");
  await expect(page.getByText(words.nobody)).toBeVisible();
  await seen(page, info, "filtered-none");
  await page.goto("/people?page=2");
  await expect(page.locator('[aria-current="page"]').last()).toHaveText("2");
  await page.goto("/people?size=100&page=3");
  await expect(rows(page)).not.toHaveCount(0);

  // Kept under a name, found again, renamed, removed.
  await page.goto("/people?todo=orient&event=caf-entered");
  await page.getByRole("link", { name: words.keep }).click();
  await seen(page, info, "keep");
  await page.getByRole("button").filter({ hasText: /Garder|Keep/ }).click();
  await expect(page.locator(".govuk-error-summary")).toBeVisible();
  await seen(page, info, "keep-refused");
  await page.getByLabel(words.name).fill("Entrées de la CAF à orienter, secteur d’Arras et de ses environs");
  await page.getByRole("button").filter({ hasText: /Garder|Keep/ }).click();
  await expect(page.locator(".govuk-error-message").last()).toBeVisible();
  await page.getByLabel(words.name).fill("Entrées de la CAF à orienter");
  await page.getByRole("button").filter({ hasText: /Garder|Keep/ }).click();
  await expect(page.getByText(words.kept)).toBeVisible();
  await seen(page, info, "kept");
  await page.getByRole("link", { name: words.manage }).click();
  await page.locator(".kept-list summary").first().click();
  await seen(page, info, "filters");
  await page.locator(".kept-list input[name=name]").fill("À orienter");
  await page.locator(".kept-list__form button").click();
  await expect(page.getByText(words.renamed)).toBeVisible();
  await page.locator(".kept-list").getByRole("link", { name: "À orienter" }).click();
  await expect.poll(() => query(page)).toEqual({ todo: "orient", event: "caf-entered" });

  // A referent for those ticked, then for everyone of a list; the report says who was left aside.
  await page.goto("/people?todo=referent");
  const alone = await count(page);
  await page.locator(".bulk__acts").getByRole("button", { name: words.assign }).click();
  await expect(page.getByText(words.noOne)).toBeVisible();
  await page.goto("/people?todo=referent");
  await tick(page, 2);
  await seen(page, info, "ticked");
  await page.locator(".bulk__acts").getByRole("button", { name: words.assign }).click();
  await seen(page, info, "assign");
  await page.getByRole("button", { name: words.confirm }).click();
  await expect(page.getByRole("link", { name: words.wrong })).toBeVisible();
  await seen(page, info, "assign-refused");
  await choose(page, words, name, words.leave);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.assigned);
  await seen(page, info, "assigned");
  await page.goto("/people?todo=referent");
  expect(await count(page)).toBe(alone - 2);
  return { name, alone };
}

for (const [title, locale, viewport, words] of [
  ["French, phone", "fr-FR", { width: 360, height: 780 }, FR],
  ["French, desk", "fr-FR", { width: 1440, height: 900 }, FR],
  ["English, desk", "en-GB", { width: 1440, height: 900 }, EN],
]) {
  test.describe(title, () => {
    test.use({ locale, viewport });
    // One store for all: what one changes, another would count.
    test.describe.configure({ mode: "serial", timeout: 180_000 });

    test("the list, its filters, and a referent for many", async ({ page, context, office }, info) => {
      const { name } = await morning(page, context, office, info, words);
      // Everyone of a list of several pages, among whom some have her already.
      await page.goto("/people?right=in-course&born=1985");
      const all = await count(page);
      await page.locator(".bulk__all").getByRole("button", { name: words.assign }).click();
      await expect(page.locator(".said li")).toHaveCount(2);
      await seen(page, info, "assign-all");
      await choose(page, words, name, words.replace);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.assigned);
      await page.goto("/people?right=in-course&born=1985");
      await expect(rows(page).filter({ hasText: name })).toHaveCount(Math.min(all, 25));
      await page.locator(".bulk__all").getByRole("button", { name: words.assign }).click();
      await choose(page, words, name, words.leave);
      await expect(page.getByText(words.aside)).toBeVisible();
      await seen(page, info, "left-aside");
      await page.goto("/people?right=in-course&born=1985");
      await tick(page, 1);
      await page.locator(".bulk__acts").getByRole("button", { name: words.end }).click();
      await seen(page, info, "end");
      await page.getByRole("button", { name: words.endDo }).click();
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.ended);
    });

    test("the list as a file, and on paper", async ({ page, context, office }, info) => {
      await office.signIn(context, "orientation_officer", { name: "Maëlys Kowalczyk" });
      await page.goto("/people?right=in-course&nature=01");
      const all = await count(page);
      await page.locator(".bulk__all").getByRole("link", { name: words.export }).click();
      await seen(page, info, "export");
      for (const format of ["xlsx", "csv"]) {
        // Afresh: a button is not pressed twice within a second.
        await page.goto("/people/export?right=in-course&nature=01");
        await page.locator(`input[value=${format}]`).check();
        const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: words.download }).click()]);
        expect(download.suggestedFilename()).toMatch(new RegExp(`\\.${format}$`));
        const bytes = readFileSync(await download.path());
        if (format === "csv") {
          const lines = bytes.toString("utf8").split("\r\n").filter(Boolean);
          expect(lines[0].startsWith("\ufeff")).toBe(true);
          expect(lines.length).toBe(all + 1);
          expect(lines[0]).not.toContain("France Travail (");
        } else {
          expect(bytes.subarray(0, 2).toString()).toBe("PK");
        }
      }
      await page.goto("/people/export?ft=with");
      await expect(page.getByText(words.noExport)).toBeVisible();
      await seen(page, info, "export-refused");
      await page.emulateMedia({ media: "print" });
      await page.goto("/people?right=in-course&nature=01");
      await expect(page.locator(".finder")).toBeHidden();
      await expect(page.locator(".print-only").first()).toBeVisible();
      await page.screenshot({ fullPage: true, path: info.outputPath("print.png") });
    });
  });
}

test.describe("in French", () => {
  test.use({ locale: "fr-FR" });

  test("a list that changed meanwhile is shown again, and nothing is done", async ({ page, context, office }, info) => {
    const name = `Camille Dufresne ${Date.now()}`;
    referent(office, name);
    await office.signIn(context, "orientation_officer");
    await page.goto("/people?todo=referent&born=1970");
    await page.locator(".bulk__all").getByRole("button", { name: FR.assign }).click();
    const other = await context.newPage();
    await other.goto("/people?todo=referent&born=1970");
    await tick(other, 1);
    await other.locator(".bulk__acts").getByRole("button", { name: FR.assign }).click();
    await choose(other, FR, name, FR.leave);
    await expect(other.getByRole("heading", { level: 1 })).toHaveText(FR.assigned);
    await choose(page, FR, name, FR.replace);
    await expect(page.getByText(FR.changed)).toBeVisible();
    await seen(page, info, "changed");
    await choose(page, FR, name, FR.replace);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(FR.assigned);
  });

  test("by keyboard alone someone is found, ticked and given a referent", async ({ page, context, office }) => {
    const name = `Noor Lambert ${Date.now()}`;
    referent(office, name);
    await office.signIn(context, "orientation_officer");
    await page.goto("/people?todo=referent&born=1975");
    const reach = async (locator) => {
      for (let step = 0; step < 80 && !(await locator.evaluate((one) => one === document.activeElement)); step += 1) {
        await page.keyboard.press("Tab");
      }
      await expect(locator).toBeFocused();
    };
    await reach(page.locator('.people input[name="person"]').first());
    await page.keyboard.press("Space");
    await expect(page.locator("[data-ticked]")).toHaveText(" (1)");
    const assign = page.locator(".bulk__acts").getByRole("button", { name: FR.assign });
    await assign.focus();
    await page.keyboard.press("Enter");
    await reach(page.locator("#who"));
    await page.keyboard.type("Noor");
    await reach(page.getByRole("button", { name: FR.confirm }));
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(FR.assigned);
  });

  test("the search of any page leads to the list, and from a person back to it", async ({ page, context, office }) => {
    await office.signIn(context, "orientation_officer");
    await page.goto("/orientation");
    await page.getByRole("searchbox").fill("a");
    await page.getByRole("searchbox").press("Enter");
    await expect.poll(() => query(page)).toEqual({ q: "a" });
    await page.locator(".people__name").first().click();
    await page.locator(".crumbs").getByRole("link", { name: FR.title }).click();
    await expect(page).toHaveURL(/\/people(\?|$)/);
  });
});

test.describe("without JavaScript", () => {
  test.use({ locale: "fr-FR", javaScriptEnabled: false });

  test("people are found, filtered, kept, given a referent and taken out", async ({ page, context, office }, info) => {
    const name = `Inès Carlier ${Date.now()}`;
    referent(office, name);
    await office.signIn(context, "orientation_officer");
    await page.goto("/people");
    await page.locator("#todo").selectOption("referent");
    await page.locator("summary").first().click();
    await page.locator("#born").fill("1980");
    await page.locator(".finder button").click();
    await expect(page.locator(".chip")).toHaveCount(2);
    await page.screenshot({ fullPage: true, path: info.outputPath("no-script.png") });
    await tick(page, 1);
    await page.locator(".bulk__acts").getByRole("button", { name: FR.assign }).click();
    await choose(page, FR, name, FR.leave);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(FR.assigned);
    await page.goto("/people?right=in-course");
    await page.getByRole("link", { name: FR.keep }).click();
    await page.getByLabel(FR.name).fill("RSA en cours");
    await page.getByRole("button", { name: "Garder" }).click();
    await expect(page.getByText(FR.kept)).toBeVisible();
    await page.getByRole("link", { name: FR.manage }).click();
    await page.getByRole("button", { name: FR.remove }).click();
    await expect(page.getByText("Les filtres sont retirés.")).toBeVisible();
    await page.goto("/people/export?born=1980");
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: FR.download }).click()]);
    expect(download.suggestedFilename()).toMatch(/\.xlsx$/);
  });
});

// Look-ups that are watched over: of someone close, beyond one's reach, of a protected address; and who looks over them.
import { expect, seen, test } from "./territory.js";

const FR = {
  why: "Pourquoi ouvrir ce dossier ?", declare: "Déclarer ce motif", choose: "Choisissez un motif.", waits: "Votre motif attend d’être relu",
  closed: "Votre motif a été refusé", accept: /^Accepter/, refuse: /^Refuser/, accepted: "Le motif est accepté.", refused: /Le motif est refusé/,
  stale: /Quelqu’un a répondu avant vous/, none: "Aucun motif dans cet état", protect: "Protéger l’adresse", sure: "Protéger cette adresse",
  protected: "L’adresse est protégée.", hidden: /ne vous sont pas montrés/, notice: /Elle n’est montrée qu’à qui en a besoin/,
  nobody: "Personne ne correspond exactement", one: /1 personne correspond/, search: "Chercher", both: /non par les deux/, spent: "Plus de recherche élargie pour le moment",
  given: "Indiquées", save: "Enregistrer", period: "Filtrer", empty: "Aucune recherche sous ces filtres", only: /Ses recherches seulement/,
  wide: /recherches? élargies? depuis sept jours/, review: /motifs? à relire/, noted: "Indiquées en partie",
  look: /^Marquer comme relue/, looked: "La recherche est marquée comme relue.",
};
const EN = {
  why: "Why open this file?", declare: "Declare this reason", choose: "Choose a reason.", waits: "Your reason waits to be reviewed",
  closed: "Your reason was refused", accept: /^Accept/, refuse: /^Refuse/, accepted: "The reason is accepted.", refused: /The reason is refused/,
  stale: /Someone answered before you/, none: "No reason in this state", protect: "Protect the address", sure: "Protect this address",
  protected: "The address is protected.", hidden: /are not shown to you/, notice: /It is shown only to those who need it/,
  nobody: "Nobody matches exactly", one: /1 person matches/, search: "Search", both: /not by both/, spent: "No more wider searches for now",
  given: "Given", save: "Save", period: "Filter", empty: "No search under these filters", only: /Only hers/,
  wide: /wider search(es)? in seven days/, review: /reasons? to review/, noted: "Given in part",
  look: /^Note as reviewed/, looked: "The search is noted as reviewed.",
};

/** Someone of the list to orient: her address, name and birth date, as an officer reads them. */
async function someone(page, context, office, place) {
  await office.signIn(context, "orientation_officer");
  await page.goto("/orientation");
  const link = page.locator("tbody th a").nth(place);
  const [name, address] = [await link.innerText(), await link.getAttribute("href")];
  await page.goto(address);
  await context.clearCookies();
  return { name: name.split(/,| \(/)[0].trim(), address };
}

/** In another context, the officer who looks over it does this. */
async function asDpo(browser, options, office, act) {
  const context = await browser.newContext(options);
  await office.signIn(context, "dpo", { name: "Denise Officier" });
  await act(await context.newPage(), context);
  await context.close();
}

async function close(page, context, office, info, words, { browser, place, options }) {
  const her = await someone(page, context, office, place);
  await office.signIn(context, "orientation_officer", { name: her.name });
  // Her name alone: it may be a relative. The form of the orientation leads there too, and back.
  await page.goto(`${her.address}/orientation`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.why);
  await seen(page, info, "reason");
  await page.getByRole("button", { name: words.declare }).click();
  await expect(page.locator("#reason-error")).toContainText(words.choose);
  await seen(page, info, "reason-refused");
  await page.getByRole("radio").first().check();
  await page.getByRole("button", { name: words.declare }).click();
  await page.waitForURL(`**${her.address}/orientation`);
  await asDpo(browser, options, office, async (desk) => {
    await desk.goto("/");
    await seen(desk, info, "dpo-desk");
    await desk.locator(".tile a").filter({ hasText: words.review }).click();
    const row = desk.locator("tbody tr").filter({ hasText: her.name });
    await expect(row).toHaveCount(1);
    await seen(desk, info, "queue");
    await row.getByRole("button", { name: words.refuse }).click();
    await expect(desk.getByText(words.refused)).toBeVisible();
    await seen(desk, info, "queue-answered");
    await desk.goto("/look-ups?state=refused");
    await expect(desk.locator("tbody tr").filter({ hasText: her.name })).toHaveCount(1);
    await seen(desk, info, "queue-refused");
  });
  await page.goto(her.address);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.closed);
  await seen(page, info, "closed");
}

async function account(page, context, office, info, words) {
  await office.signIn(context, "orientation_officer", { name: "Camille Delattre" });
  await page.goto("/account/particulars");
  await seen(page, info, "particulars");
  await page.locator("#born-day").fill("31");
  await page.locator("#born-month").fill("2");
  await page.locator("#born-year").fill("1985");
  await page.getByRole("button", { name: words.save }).click();
  await expect(page.locator("#born-error")).toBeVisible();
  await seen(page, info, "particulars-refused");
  await page.locator("#born-day").fill("27");
  await page.getByRole("button", { name: words.save }).click();
  await expect(page.getByText(words.noted)).toBeVisible();
  await page.goto("/account/particulars");
  await page.locator("#commune").fill("620");
  await page.getByRole("button", { name: words.save }).click();
  await expect(page.locator("#commune-error")).toBeVisible();
  await page.locator("#commune").fill("62041");
  await page.getByRole("button", { name: words.save }).click();
  await expect(page.getByText(words.given, { exact: true })).toBeVisible();
  await seen(page, info, "account");
}

async function protectedAddress(page, context, office, info, words, { place }) {
  const her = await someone(page, context, office, place + 6);
  await office.signIn(context, "orientation_officer", { name: "Camille Delattre" });
  await page.goto(her.address);
  await page.getByRole("link", { name: words.protect }).click();
  await seen(page, info, "protect");
  await page.getByRole("button", { name: words.sure }).click();
  await expect(page.locator("#reason-error")).toBeVisible();
  await page.getByRole("radio").nth(1).check();
  await page.getByRole("button", { name: words.sure }).click();
  await expect(page.getByText(words.protected)).toBeVisible();
  await expect(page.locator("#address")).toContainText(words.notice);
  await seen(page, info, "protected");
  await page.goto(`${her.address}/address`);
  await expect(page.getByText(words.hidden)).toBeVisible();
  await seen(page, info, "protected-hidden");
}

async function wider(page, context, office, info, words, { browser, options }) {
  const name = "Marie-Antoinette de La Rochefoucauld-Montbazon";
  await office.signIn(context, "social_referent", { name });
  await page.goto("/people");
  await page.locator("main a[href='/people/wider']").click();
  await seen(page, info, "wider");
  await page.getByRole("button", { name: words.search }).last().click();
  await expect(page.locator(".govuk-error-summary a")).toHaveCount(4);
  await seen(page, info, "wider-refused");
  await page.getByRole("radio").first().check();
  await page.locator("#name").fill("Introuvable");
  await page.locator("#first_name").fill("Zoé");
  for (const [part, value] of [["day", "1"], ["month", "2"], ["year", "1985"]]) await page.locator(`#born-${part}`).fill(value);
  await page.locator("#number").fill("1234567");
  await page.getByRole("button", { name: words.search }).last().click();
  await expect(page.locator("#number-error")).toContainText(words.both);
  await page.locator("#number").fill("");
  await page.getByRole("button", { name: words.search }).last().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.nobody);
  expect(page.url()).toMatch(/\/people\/wider$/);
  await seen(page, info, "wider-none");
  await asDpo(browser, options, office, async (desk) => {
    await desk.goto("/");
    await desk.locator(".tile a").filter({ hasText: words.wide }).click();
    const row = desk.locator("tbody tr").filter({ hasText: name });
    await expect(row.first()).toBeVisible();
    await seen(desk, info, "searches");
    await row.first().getByRole("link", { name: words.only }).click();
    await seen(desk, info, "searches-of-one");
    await desk.locator("tbody th a").first().click();
    await expect(desk).toHaveURL(/\/audit\/entries\//);
    await desk.goto("/wider-searches?state=waiting");
    await row.first().getByRole("button", { name: words.look }).click();
    await expect(desk.getByText(words.looked)).toBeVisible();
    await seen(desk, info, "searches-waiting");
    await desk.goto("/wider-searches?from=2001-01-01&to=2001-01-02");
    await expect(desk.getByText(words.empty)).toBeVisible();
    await seen(desk, info, "searches-none");
  });
}

/** A person whom the clerk's list of the territory gives whole: found by name, first name and birth date. */
async function found(page, context, office, info, words, { place }) {
  await office.signIn(context, "orientation_officer", { name: "Camille Delattre" });
  await page.goto("/orientation");
  const address = await page.locator("tbody th a").nth(place + 12).getAttribute("href");
  await page.goto(`${address}?lang=fr`);
  const number = await page.evaluate(() => {
    const cells = [...document.querySelectorAll("#sources dt")];
    const of = cells.find((cell) => /Identifiant CAF|Référence propre/.test(cell.textContent));
    return of?.nextElementSibling?.textContent.trim();
  });
  expect(number).toMatch(/^\d{4,}$/);
  await context.clearCookies();
  await office.signIn(context, "local_service_head");
  await page.goto("/people/wider");
  await page.getByRole("radio").nth(2).check();
  await page.locator("#number").fill(number);
  await page.getByRole("button", { name: words.search }).last().click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(/\d/);
  await expect(page.locator("main a[href^='/people/0']")).toHaveCount(0);
  await seen(page, info, "wider-found");
}

const STORIES = { close, account, protectedAddress, wider };

for (const [name, locale, viewport, words, place] of [
  ["French, phone", "fr-FR", { width: 360, height: 780 }, FR, 0],
  ["French, desk", "fr-FR", { width: 1440, height: 900 }, FR, 1],
  ["English, desk", "en-GB", { width: 1440, height: 900 }, EN, 2],
]) {
  test.describe(name, () => {
    test.use({ locale, viewport });
    for (const [story, tell] of Object.entries(STORIES)) {
      test(story, async ({ page, context, office, browser, baseURL }, info) => {
        await tell(page, context, office, info, words, { browser, place, options: { locale, viewport, baseURL } });
      });
    }
  });
}

test.describe("in French", () => {
  test.use({ locale: "fr-FR", viewport: { width: 1440, height: 900 } });

  test("someone is found by her number", async ({ page, context, office }, info) => {
    await found(page, context, office, info, FR, { place: 0 });
  });

  test("as many searches as the clause allows, then no more", async ({ page, context, office }, info) => {
    await office.signIn(context, "local_service_head");
    for (let time = 0; time < 11; time += 1) {
      await page.goto("/people/wider");
      await page.getByRole("radio").first().check();
      await page.locator("#number").fill(`99${time}9${time}9`);
      await page.getByRole("button", { name: FR.search }).last().click();
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(time < 10 ? FR.nobody : FR.spent);
    }
    await seen(page, info, "spent");
  });

  test("an answer to a reason that was answered meanwhile says so", async ({ page, context, office }, info) => {
    const her = await someone(page, context, office, 4);
    await office.signIn(context, "orientation_officer", { name: her.name });
    await page.goto(her.address);
    await page.getByRole("radio").first().check();
    await page.getByRole("button", { name: FR.declare }).click();
    await expect(page.getByRole("radio")).toHaveCount(0);
    await context.clearCookies();
    await office.signIn(context, "dpo", { name: "Denise Officier" });
    await page.goto("/look-ups");
    const other = await context.newPage();
    await other.goto("/look-ups");
    await other.locator("tbody tr").filter({ hasText: her.name }).getByRole("button", { name: FR.accept }).click();
    await page.locator("tbody tr").filter({ hasText: her.name }).getByRole("button", { name: FR.refuse }).click();
    await expect(page.getByText(FR.stale)).toBeVisible();
    await seen(page, info, "queue-stale");
  });

  test("by keyboard alone a reason is declared", async ({ page, context, office }) => {
    const her = await someone(page, context, office, 5);
    await office.signIn(context, "orientation_officer", { name: her.name });
    await page.goto(her.address);
    const [first, button] = [page.getByRole("radio").first(), page.getByRole("button", { name: FR.declare })];
    for (const target of [first, button]) {
      for (let step = 0; step < 40 && !(await target.evaluate((one) => one === document.activeElement)); step += 1) {
        await page.keyboard.press("Tab");
      }
      await expect(target).toBeFocused();
      await page.keyboard.press(target === first ? "Space" : "Enter");
    }
    await page.waitForURL(`**${her.address}`);
  });
});

test.describe("without JavaScript", () => {
  test.use({ locale: "fr-FR", javaScriptEnabled: false });

  test("a reason is declared and accepted, an address protected, a search made", async ({ page, context, office }) => {
    const her = await someone(page, context, office, 3);
    await office.signIn(context, "orientation_officer", { name: her.name });
    await page.goto(her.address);
    await page.getByRole("radio").first().check();
    await page.getByRole("button", { name: FR.declare }).click();
    await page.waitForURL(`**${her.address}`);
    await page.getByRole("link", { name: FR.protect }).click();
    await page.getByRole("radio").first().check();
    await page.getByRole("button", { name: FR.sure }).click();
    await expect(page.getByText(FR.protected)).toBeVisible();
    await context.clearCookies();
    await office.signIn(context, "dpo");
    await page.goto("/look-ups");
    await page.locator("tbody tr").filter({ hasText: her.name }).getByRole("button", { name: FR.accept }).click();
    await expect(page.getByText(FR.accepted)).toBeVisible();
    await context.clearCookies();
    await office.signIn(context, "local_service_head");
    await page.goto("/people/wider");
    await page.getByRole("radio").first().check();
    await page.locator("#number").fill("9876543");
    await page.getByRole("button", { name: FR.search }).last().click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(FR.nobody);
  });
});

// Accompaniments: the adviser, the social referent and the head of her service at work on the same people, each signed in for herself.
// The days on which things happened are told on the forms, as whoever catches up with her records does.
import { GLOBAL, act, ago, newcomer, pick, propose, record, send } from "./acts.js";
import { DESK, comeIn } from "./colleagues.js";
import { expect } from "./site.js";
import { seen, test } from "./territory.js";

const ADVISER = "yanis.marchal@demo.example";
const HEAD = "claire.delattre@demo.example";
const REFERENT = "hugo.leroux@demo.example";
const SOCIAL = "social-exclusif";

/** From the form to the entry: accepted where an answer is asked for, a referent named, the interview held, the entry today. */
async function enter(adviser, head, path, days) {
  await propose(adviser, path, days);
  await head.goto(path);
  if (await head.getByText("Réponse attendue").count()) await act(head, path, "accept", days - 1);
  await act(head, path, "name?role=social_referent", days - 2, (form) => pick(form, "#who", "Hugo Leroux"));
  await record(adviser, path, "integration-interview", 5);
  await adviser.goto(`${path}/${GLOBAL}/enter`);
  await adviser.locator("[name=code][value='6-months']").check();
  await adviser.locator("[name=declared][value=volunteer]").check();
  await adviser.locator("[name=declared][value=social-barrier]").check();
  await send(adviser);
}

for (const [days, kept] of [[21, "Le délai d’entrée a été tenu"], [22, "Le délai d’entrée était dépassé"]]) {
  test(`an entry on day ${days}`, async ({ browser, place }, info) => {
    const adviser = await comeIn(browser, place, ADVISER);
    const head = await comeIn(browser, place, HEAD);
    const path = await newcomer(adviser);
    if (days === 21) {
      // Without her consent nothing leaves, and the form says so where it is asked.
      await adviser.goto(`${path}/${GLOBAL}/propose`);
      await seen(adviser, info, "propose");
      await send(adviser);
      await expect(adviser.locator("#consent-error")).toContainText("Sans son accord, la fiche ne part pas");
      await seen(adviser, info, "propose-without-consent");
      // A criterion that is not met is told in words, with the rule and its source.
      await adviser.locator("#consent").check();
      await adviser.locator("[name=form][value=paper]").check();
      await send(adviser);
      await expect(adviser.locator("#refused")).toContainText("La personne n’est pas du public : volontaire");
      await expect(adviser.locator("#refused")).toContainText("annexe 1, art. 2.2 a");
      await seen(adviser, info, "propose-refused");
    }
    await enter(adviser, head, path, days);
    await expect(adviser.getByText("C’est enregistré")).toBeVisible();
    await expect(adviser.locator(`#${GLOBAL}`)).toContainText(kept);
    await expect(adviser.locator("#history")).toContainText(`Entrée effective, ${days} jours après l’envoi de la fiche`);
    // The head is told of the effective entry.
    await head.goto(path);
    await expect(head.locator(`#${GLOBAL}`)).toContainText("En cours");
    // What has not come to pass cannot be recorded.
    await adviser.goto(`${path}/${GLOBAL}/record`);
    await adviser.locator("[name=code]").first().check();
    await adviser.locator("[name=means]").first().check();
    await ago(adviser, -3);
    await send(adviser);
    await expect(adviser.locator("#refused")).toContainText("La date est dans l’avenir");
    await seen(adviser, info, "entered-refused");
  });
}

test("a bilateral refusal, and whoever comes second is told so", async ({ browser, place }, info) => {
  const adviser = await comeIn(browser, place, ADVISER);
  const head = await comeIn(browser, place, HEAD);
  await head.goto("/forms");
  await expect(head.locator("tbody tr").first()).toBeVisible();
  await head.locator("tbody tr", { hasText: "Réponse attendue" }).first().getByRole("link").click();
  await head.waitForURL(/accompaniment/);
  const path = new URL(head.url()).pathname;
  // The adviser has her form open while the head answers.
  await adviser.goto(`${path}/${GLOBAL}/withdraw`);
  await head.goto(`${path}/${GLOBAL}/refuse`);
  await seen(head, info, "refuse");
  await send(head);
  await expect(head.locator("#code-error")).toBeVisible();
  await head.locator("[name=code][value=no-room]").check();
  await send(head);
  await expect(head.getByText("C’est enregistré")).toBeVisible();
  await expect(head.locator("#history")).toContainText("Proposition refusée : pas de place dans les portefeuilles");
  await send(adviser);
  await expect(adviser.getByText("Quelqu’un a agi sur ce parcours")).toBeVisible();
  await seen(adviser, info, "stale");
  await adviser.goto(path);
  await expect(adviser.locator("#history")).toContainText("Proposition refusée");
  await head.goto("/forms");
  await expect(head.locator(`a[href^="${path}"]`)).toHaveCount(0);
});

test("it is extended to eighteen months, and the nineteenth is refused", async ({ browser, place }, info) => {
  const adviser = await comeIn(browser, place, ADVISER);
  const referent = await comeIn(browser, place, REFERENT);
  await adviser.goto("/caseload");
  const row = adviser.locator("tbody tr", { hasText: "En cours" }).first();
  const path = new URL(await row.getByRole("link").getAttribute("href"), place.address).pathname;
  await adviser.goto(path);
  await adviser.locator(`#${GLOBAL} summary`).click();
  await expect(adviser.locator(`#${GLOBAL} .govuk-details__text`)).toContainText("Un acte doit d’abord avoir eu lieu : bilan du binôme");
  await seen(adviser, info, "why-not");
  const examine = async () => {
    for (const what of ["review", "interview", "goals"]) await record(adviser, path, what, 0);
    await record(referent, path, "pair-agreement", 0);
  };
  await examine();
  await act(adviser, path, "extend", 0, (form) => form.locator("[name=code][value='12-months']").check());
  await expect(adviser.locator("#history")).toContainText("Prolongation jusqu’au");
  await examine();
  await adviser.goto(`${path}/${GLOBAL}/extend`);
  await expect(adviser.locator("#not")).toContainText("La durée totale est atteinte");
  await expect(adviser.locator("#not")).toContainText("Règle de durée : annexe 1, art. 2.2 a");
  await expect(adviser.locator("main form")).toHaveCount(0);
  await seen(adviser, info, "nineteenth-month");
});

/** Someone who receives the RSA, from this place of the adviser's caseload on, beside whom the referent stands. */
async function both(adviser, referent, from = 2) {
  await adviser.goto("/caseload");
  const rows = adviser.locator("tbody tr", { hasText: "En cours" });
  const paths = await rows.locator("th a").evaluateAll((all) => all.map((one) => new URL(one.href).pathname));
  for (const path of paths.slice(from)) {
    const isHers = (await referent.goto(path)).ok() && new URL(referent.url()).pathname === path;
    if (isHers && (await referent.locator(`a[href*="${SOCIAL}/propose"]`).count())) {
      await referent.goto(path.replace("/accompaniment", ""));
      if (await referent.getByText("RSA, droits et devoirs").count()) return path;
    }
  }
  throw new Error("nobody receives the RSA");
}

test("she goes to social follow-up, and comes back", async ({ browser, place }, info) => {
  const [adviser, head, referent] = [await comeIn(browser, place, ADVISER), await comeIn(browser, place, HEAD), await comeIn(browser, place, REFERENT)];
  const path = await both(adviser, referent);
  const state = (page, programme) => page.locator(`#${programme}`);
  // The pair proposes, the head validates and says who follows her.
  await act(adviser, path, `${SOCIAL}/propose`, 20, async (form) => {
    await pick(form, "#to", "SLAI de Valbruyère");
    await form.locator("[name=declared][value=search-blocked]").check();
    await form.locator("[name=declared][value=agrees]").check();
    await form.locator("[name=zone]").selectOption("trial-east");
    await form.locator("[name=agreed]").check();
  });
  await act(head, path, `${SOCIAL}/accept`, 18);
  await act(head, path, `${SOCIAL}/name?role=social_referent`, 17, (form) => pick(form, "#who", "Hugo Leroux"));
  await act(referent, path, `${SOCIAL}/enter`, 15, async (form) => {
    await form.locator("[name=code][value='3-months']").check();
    await form.locator("[name=declared][value=search-blocked]").check();
    await form.locator("[name=declared][value=agrees]").check();
  });
  await expect(state(referent, GLOBAL)).toContainText("Suspendu");
  await expect(state(referent, SOCIAL)).toContainText("En cours");
  await seen(referent, info, "social-follow-up");
  // The adviser stays on watch: the professional side stands still on her page too.
  await adviser.goto(path);
  await expect(state(adviser, GLOBAL)).toContainText("Suspendu");
  await expect(state(adviser, GLOBAL)).not.toContainText("Point mensuel");
  await expect(state(adviser, SOCIAL)).toContainText("Réexamen par le conseiller en veille");
  await seen(adviser, info, "on-watch");
  await act(adviser, path, `${SOCIAL}/record`, 1, (form) => form.locator("[name=code][value=re-examination]").check());
  await referent.goto(`${path}/${SOCIAL}/end`);
  await referent.locator("[name=code][value=barriers-lifted]").check();
  await send(referent);
  await expect(referent.locator("#refused")).toContainText("Règle de fin : annexe 3");
  await pick(referent, "#next", "Accompagnement global");
  await ago(referent, 0);
  await send(referent);
  // The time that was left goes on, and somebody is to be named beside her again.
  await head.goto(path);
  await expect(state(head, GLOBAL)).toContainText("Remplacer le référent parti");
  await expect(state(head, SOCIAL)).toContainText("Freins levés, reprise de la recherche");
  await act(head, path, `name?role=social_referent`, 0, (form) => pick(form, "#who", "Hugo Leroux"));
  await adviser.goto(path);
  await expect(state(adviser, GLOBAL)).toContainText("En cours");
  await expect(adviser.locator("#history")).toContainText("Fin de l’accompagnement : freins levés, reprise de la recherche");
  await expect(adviser.locator("#history")).toContainText("Suspendu par : Accompagnement social exclusif");
  await seen(adviser, info, "back");
});

test("she moves to another territory, and it ends for both", async ({ browser, place }, info) => {
  const [adviser, head, referent] = [await comeIn(browser, place, ADVISER), await comeIn(browser, place, HEAD), await comeIn(browser, place, REFERENT)];
  const path = await both(adviser, referent, -3);
  // Nothing is asked before: who has left is followed here no more.
  await act(adviser, path, "end", 3, (form) => form.locator("[name=code][value=left-territory]").check());
  await seen(adviser, info, "moved");
  await expect(adviser.locator(`#${GLOBAL}`)).toContainText("A quitté le territoire");
  await expect(adviser.locator(`#${GLOBAL}`)).toContainText("Rien n’est en cours");
  await adviser.goto("/caseload");
  await expect(adviser.locator(`tbody a[href^="${path}"]`)).toHaveCount(0);
  await head.goto(path);
  await expect(head.locator("#history")).toContainText("a quitté le territoire");
  await expect(head.locator(`#${GLOBAL}`)).toContainText("Rien n’est en cours");
  // Should she come back, she is proposed as anyone is.
  await adviser.goto(path);
  await expect(adviser.locator(`#${GLOBAL} .acts a[href*="/propose"]`)).not.toHaveCount(0);
});

test("a referent leaves, and her people are given to another", async ({ browser, place, office }, info) => {
  const nadia = await office.colleague("social_referent", { organisation: "SLAI de Valbruyère", name: "Nadia Ferrand" });
  const head = await comeIn(browser, place, HEAD);
  await head.goto("/caseload/workers");
  await seen(head, info, "workers");
  await head.locator(".loads li", { hasText: "Hugo Leroux" }).getByRole("link", { name: "Passer le relais" }).click();
  await head.waitForURL(/hand-over/);
  await seen(head, info, "hand-over");
  await send(head);
  await expect(head.locator("#who-error")).toBeVisible();
  await pick(head, "#who", "Nadia Ferrand");
  const people = head.locator("[name=people]");
  const count = await people.count();
  expect(count).toBeGreaterThan(3);
  for (let place = 0; place < count - 2; place += 1) await people.nth(place).uncheck();
  await send(head);
  await expect(head.getByRole("heading", { level: 1 })).toHaveText(/2 personnes ont changé de référent \(auparavant\s: Hugo Leroux\)/);
  await expect(head.locator(".rows .tag--done")).toHaveCount(2);
  await seen(head, info, "handed-over");
  const context = await browser.newContext({ baseURL: place.address, ...DESK });
  await context.addCookies([nadia.cookie]);
  const hers = await context.newPage();
  await hers.goto("/caseload");
  await expect(hers.locator("tbody tr")).toHaveCount(2);
});

const LISTS = {
  [ADVISER]: ["/", "/forms", "/forms/sent", "/caseload", "/caseload/agenda?days=92", "/caseload/people", "/caseload/workers", "/figures"],
  [HEAD]: ["/", "/forms", "/caseload", "/caseload/agenda?whose=service&days=92", "/caseload/workers", "/figures"],
  [REFERENT]: ["/", "/forms", "/caseload", "/caseload/agenda", "/caseload/workers"],
};

for (const [name, locale, viewport] of [
  ["French, phone", "fr-FR", { width: 360, height: 780 }],
  ["French, desk", "fr-FR", { width: 1440, height: 900 }],
  ["English, desk", "en-GB", { width: 1440, height: 900 }],
]) {
  test(`${name}: every list, and a path`, async ({ browser, place }, info) => {
    for (const [who, paths] of Object.entries(LISTS)) {
      const page = await comeIn(browser, place, who, { locale, viewport });
      const [first] = who.split(".");
      for (const path of paths) {
        const response = await page.goto(path);
        expect(response.status(), path).toBe(200);
        await seen(page, info, `${first}${path.replaceAll(/\W+/g, "-")}`);
      }
      await page.goto(who === HEAD ? "/forms" : "/caseload");
      await page.locator("tbody th a").first().click();
      await page.waitForURL(/accompaniment/);
      await seen(page, info, `${first}-path`);
      await page.goto(`${new URL(page.url()).pathname}/${GLOBAL}/record`);
      await seen(page, info, `${first}-record`);
    }
  });
}

test("by keyboard alone an act is recorded", async ({ browser, place }) => {
  const page = await comeIn(browser, place, REFERENT);
  await page.goto("/caseload");
  const reach = async (element) => {
    for (let step = 0; step < 60 && !(await element.evaluate((one) => one === document.activeElement)); step += 1) {
      await page.keyboard.press("Tab");
    }
    await expect(element).toBeFocused();
  };
  await reach(page.locator("tbody th a").first());
  await page.keyboard.press("Enter");
  await page.waitForURL(/accompaniment/);
  await reach(page.locator(`#${GLOBAL} .acts a[href$="/record"]`));
  await page.keyboard.press("Enter");
  await page.waitForURL(/record/);
  await reach(page.locator("[name=code]").first());
  await page.keyboard.press("Space");
  const means = page.locator("[name=means]");
  if (await means.count()) {
    await reach(means.first());
    await page.keyboard.press("Space");
  }
  await reach(page.locator("main form.card button[type=submit]"));
  await page.keyboard.press("Enter");
  await expect(page.getByText("C’est enregistré")).toBeVisible();
});

test("without JavaScript as much is done", async ({ browser, place }) => {
  const page = await comeIn(browser, place, REFERENT, { ...DESK, javaScriptEnabled: false });
  await page.goto("/caseload/agenda?days=92");
  await page.locator("tbody th a").first().click();
  await page.locator(`#${GLOBAL} .acts a[href$="/record"]`).click();
  await page.locator("[name=code][value='monthly-point']").check();
  await send(page);
  await expect(page.getByText("C’est enregistré")).toBeVisible();
  await expect(page.locator("#history")).toContainText("A eu lieu : point mensuel du binôme");
});

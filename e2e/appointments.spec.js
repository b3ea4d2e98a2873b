// Appointments: who has consented is told by e-mail, who has not by a letter that is printed and posted, and consent taken back stops what
// waits. The site looks after its letters when it starts: a test that waits for them starts it again.
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { Application, Office, PASSWORD as HERS } from "./accounts.js";
import { DESK, comeIn } from "./colleagues.js";
import { post } from "./post.js";
import { test as base } from "@playwright/test";
import { expect, program, run, scratch, seen, serve } from "./site.js";

const TELEPHONE = { locale: "fr-FR", viewport: { width: 360, height: 740 } };
const REFERENT = "hugo.leroux@demo.example";
const OFFICER = "orientation_officer";
const GLOBAL = "accompagnement-global";
/** What no message, no letter and no list of what is sent may say of anyone. */
const NEVER = /RSA|FSE|France Travail|insertion|social|accompagn|emploi|Liant :|référent|Département/i;

/** A territory with a mail server, and a site that can be started again. */
const test = base.extend({
  office: async ({ territory }, use) => use(new Office(program, territory.place)),
  territory: async ({}, use) => {
    const [{ folder, remove }, mail] = [scratch(), await post()];
    run("demo", "--dir", folder, "--people", "800", "--months", "3", "--no-serve");
    const settings = [`[mail]`, `server = "smtp://127.0.0.1:${mail.port}"`, `from = "Rendez-vous <rdv@demo.example>"`, `site = "https://demo.example"`];
    appendFileSync(join(folder, "liant.toml"), `\n${settings.join("\n")}\n`);
    const territory = { mail, folder, place: await serve(folder) };
    territory.again = async () => {
      await territory.place.stop();
      Object.assign(territory.place, await serve(folder));
    };
    await use(territory);
    await territory.place.stop();
    mail.stop();
    remove();
  },
});

/** A page of her own, at the address of the site as it is now. */
async function page(browser, territory, options = DESK) {
  const context = await browser.newContext({ baseURL: territory.place.address, ...options });
  return context.newPage();
}

const referent = (browser, territory, options = DESK) => comeIn(browser, territory.place, REFERENT, options);

/** What was sent about appointments: on working mornings, the site also writes to professionals of what falls due. */
const told = ({ mail }) => mail.letters.filter(({ text }) => !/^Subject: Liant: your deadlines/m.test(text));

const send = (own) => own.locator("main form.card button[type=submit]").click();

/** A weekday in so many weeks, as the fields of a form take it. */
async function on(own, weeks) {
  const day = new Date(Date.now() + weeks * 7 * 86_400_000);
  while ([0, 6].includes(day.getDay())) day.setDate(day.getDate() + 1);
  await own.locator("#on-day").fill(String(day.getDate()));
  await own.locator("#on-month").fill(String(day.getMonth() + 1));
  await own.locator("#on-year").fill(String(day.getFullYear()));
}

/** People beside whom the referent stands, who are accompanied and have no appointment yet. */
async function people(own) {
  await own.goto("/caseload");
  const rows = own.locator("tbody tr", { hasText: "En cours" });
  await expect(rows.first()).toBeVisible();
  const paths = await rows.locator("th a").evaluateAll((all) => all.map((one) => new URL(one.href).pathname));
  const free = [];
  for (const path of paths) {
    await own.goto(path);
    if ((await own.locator("#appointments").count()) === 0) free.push(path);
  }
  expect(free.length, "someone has no appointment").toBeGreaterThan(1);
  return free;
}

/** The first of them whose e-mail address the Département's list has. */
async function reachable(own) {
  for (const path of await people(own)) {
    await own.goto(path.replace("/accompaniment", ""));
    if ((await own.getByText("@courriel.example").count()) > 0) return path;
  }
  throw new Error("nobody has an address");
}

/** Fixes an appointment in so many weeks, at half past two, at the quay. */
async function fix(own, path, weeks) {
  await own.goto(`${path}/${GLOBAL}/appointment`);
  await own.locator("[name=code][value=meeting]").check();
  await on(own, weeks);
  await own.locator("#hour").fill("14h30");
  await own.locator("#place").selectOption("quai");
  await send(own);
  await expect(own.getByText("C’est enregistré")).toBeVisible();
}

const listed = (own, path) => own.locator("tbody tr", { has: own.locator(`a[href="${path}"]`) });

test("without consent a letter is printed and posted", async ({ browser, territory }, info) => {
  const own = await referent(browser, territory);
  const [path] = await people(own);
  await own.goto(`${path}/${GLOBAL}/appointment`);
  await seen(own, info, "fix");
  await own.locator("#hour").fill("25h");
  await send(own);
  await expect(own.locator("#on-error")).toBeVisible();
  await expect(own.locator("#hour-error")).toContainText("Indiquez une heure qui existe");
  await expect(own.locator("#place-error")).toBeVisible();
  await seen(own, info, "fix-lacking");
  // An hour that is past is refused in words.
  await own.locator("[name=code][value=meeting]").check();
  await on(own, -1);
  await own.locator("#hour").fill("9");
  await own.locator("#place").selectOption("quai");
  await send(own);
  await expect(own.locator("#refused")).toContainText("Cette heure est passée");
  await fix(own, path, 3);
  await expect(own.locator("#appointments")).toContainText(/14\sh\s30/);
  await expect(own.locator("#appointments")).toContainText("Hugo Leroux");
  await seen(own, info, "path");

  await own.goto("/caseload/letters");
  await expect(listed(own, path)).toContainText("Rendez-vous fixé");
  await seen(own, info, "letters");
  await listed(own, path).getByRole("link", { name: /Voir et imprimer/ }).click();
  await seen(own, info, "letter");
  const sheet = own.locator(".sheet");
  await expect(sheet).toContainText("à 14 h 30, avec Hugo Leroux.");
  await expect(sheet).toContainText("appelez le 03 21 00 00 01");
  expect(await sheet.innerText()).not.toMatch(NEVER);
  // On paper it is one sheet, and nothing of the site is on it.
  await own.emulateMedia({ media: "print" });
  const paper = await own.pdf({ path: info.outputPath("letter.pdf"), format: "A4", preferCSSPageSize: true });
  expect(paper.toString("latin1").match(/\/Type \/Page\b/g)).toHaveLength(1);
  await expect(own.locator(".sheets__bar")).toBeHidden();
  await own.screenshot({ path: info.outputPath("letter-on-paper.png") });
  await own.emulateMedia({ media: null });

  await own.goto("/caseload/letters");
  await expect(listed(own, path)).toContainText("Imprimée");
  await listed(own, path).getByRole("checkbox").check();
  await own.getByRole("button", { name: "Les lettres cochées sont postées" }).click();
  await expect(own.getByText("1 lettre notée comme postée.")).toBeVisible();
  await expect(listed(own, path)).toHaveCount(0);
  await own.goto(path);
  await expect(own.locator("#appointments")).toContainText("Prévenue par lettre le");

  // Who ends it is told which appointments fall with it.
  await own.goto(`${path}/${GLOBAL}/withdraw`);
  await expect(own.getByText("Avec cela tombent ces rendez-vous")).toContainText(/14\sh\s30 avec Hugo Leroux/);
  await seen(own, info, "falls");
  await own.goto(path);

  // Cancelled, she is told so by another letter.
  await own.locator("#appointments").getByRole("link", { name: /Annuler le rendez-vous/ }).first().click();
  await seen(own, info, "cancel");
  await send(own);
  await expect(own.locator("#appointments")).toContainText("Annulé");
  await own.goto("/caseload/letters");
  await expect(listed(own, path)).toContainText("Rendez-vous annulé");
  expect(told(territory), "nobody was written to by e-mail").toEqual([]);

  // She says on the telephone that she wants no e-mail.
  await own.goto(path.replace("/accompaniment", ""));
  await own.getByRole("link", { name: "Enregistrer qu’elle ne veut plus de courriels" }).click();
  await seen(own, info, "no-email");
  await own.getByRole("button", { name: "Enregistrer" }).click();
  await expect(own.locator(".govuk-notification-banner")).toContainText("Plus aucun courriel");
  await expect(own.locator("#contact")).toContainText("Retiré le");
});

test("on a telephone, in English, and without a script", async ({ browser, territory }, info) => {
  const own = await referent(browser, territory, { ...TELEPHONE, javaScriptEnabled: false });
  const [path] = await people(own);
  await fix(own, path, 3);
  await own.goto("/caseload/letters");
  await expect(listed(own, path)).toHaveCount(1);
  const other = await browser.newContext({ baseURL: territory.place.address, ...TELEPHONE, locale: "en-GB" });
  await other.addCookies(await own.context().cookies());
  const small = await other.newPage();
  await small.goto("/caseload/letters?lang=en");
  await seen(small, info, "letters-small");
  await listed(small, path).getByRole("link", { name: /See and print/ }).click();
  await seen(small, info, "letter-small");
  // By keyboard: the tick and the button are reached and pressed.
  await small.goto("/caseload/letters");
  const tick = listed(small, path).getByRole("checkbox");
  await tick.focus();
  await small.keyboard.press("Space");
  await expect(tick).toBeChecked();
  await small.getByRole("button", { name: "The ticked letters are posted" }).focus();
  await small.keyboard.press("Enter");
  await expect(small.getByText("1 letter noted as posted.")).toBeVisible();
  await small.goto(`${path}/${GLOBAL}/appointment`);
  await seen(small, info, "fix-small");
});

/** Opens her space with a code handed over, as she does at home. */
async function openSpace(own, office, path) {
  const person = path.split("/")[2];
  const context = own.context();
  await office.signIn(context, OFFICER);
  await own.goto(`/people/${person}`);
  await own.getByRole("button", { name: "Ouvrir son espace" }).click();
  await own.getByLabel(/devant moi/).check();
  await own.getByRole("button", { name: "Faire un code" }).click();
  const [number, code] = await own.locator(".secret").allInnerTexts();
  await context.clearCookies({ name: /session/ });
  await own.goto("/me/sign-in/code");
  await own.locator("#number").fill(number);
  await own.locator("#code").fill(code);
  await own.getByRole("button", { name: "Continuer" }).click();
  await own.locator("#password").fill(HERS);
  await own.getByRole("button", { name: "Continuer" }).click();
  await own.locator("#code").fill(new Application(await own.locator(".secret").innerText()).code());
  await own.getByRole("button", { name: "Relier" }).click();
  const kept = /Je les ai gardés/;
  await own.getByRole("button", { name: kept }).or(own.getByRole("link", { name: kept })).click();
  await expect(own.getByRole("heading", { level: 1 })).toHaveText(/^Bonjour/);
}

test("with consent by e-mail; taken back, nothing is sent any more", async ({ browser, territory, office }, info) => {
  const own = await referent(browser, territory);
  const path = await reachable(own);
  const hers = await page(browser, territory, TELEPHONE);
  await openSpace(hers, office, path);
  await hers.goto("/me/contact");
  await hers.getByRole("button", { name: "J’accepte", exact: true }).click();
  await fix(own, path, 3);
  await own.goto("/caseload/letters");
  await expect(listed(own, path)).toHaveCount(0);

  await territory.again();
  await expect.poll(() => told(territory).length).toBeGreaterThan(0);
  const letters = told(territory);
  expect(letters.map(({ to }) => to.join())).toEqual([expect.stringMatching(/^personne-.*@courriel\.example$/)]);
  expect(letters[0].text).toContain("à 14 h 30, avec Hugo Leroux.");
  expect(letters[0].text).toContain("Bâtiment du quai, 12 quai du Rivage");
  expect(letters[0].text).not.toMatch(NEVER);

  // The site has another address now: both are as they were, signed in.
  const there = await browser.newContext({ baseURL: territory.place.address, ...DESK });
  await there.addCookies((await own.context().cookies()).map((one) => ({ ...one })));
  const again = await there.newPage();
  await again.goto(path);
  await expect(again.locator("#appointments")).toContainText("Prévenue par courriel le");
  const home = await browser.newContext({ baseURL: territory.place.address, ...TELEPHONE });
  await home.addCookies(await hers.context().cookies());
  const space = await home.newPage();
  await space.goto("/me");
  await expect(space.locator("#appointments")).toContainText(/14\sh\s30/);
  await expect(space.locator("#appointments")).toContainText("Avec Hugo Leroux");
  await seen(space, info, "space");
  await space.goto("/me/readers");
  await expect(space.getByText("Vous a écrit pour un rendez-vous.").first()).toBeVisible();

  // Taken back before what follows is sent.
  await again.goto(path);
  await again.locator("#appointments").getByRole("link", { name: /Déplacer le rendez-vous/ }).first().click();
  await seen(again, info, "move");
  await on(again, 4);
  await again.locator("#hour").fill("9 h");
  await send(again);
  await expect(again.locator("#appointments")).toContainText(/9\sh\s00/);
  await again.goto("/caseload/letters");
  await expect(listed(again, path)).toHaveCount(0);
  await space.goto("/me/contact");
  await space.getByRole("button", { name: "Je n’accepte plus" }).click();
  await again.goto("/caseload/letters");
  await expect(listed(again, path)).toContainText("Rendez-vous fixé");
  await territory.again();
  const after = await page(browser, territory);
  await after.goto("/sign-in");
  await expect.poll(() => told(territory).length).toBe(1);
});

// Each party's own working record: the social referent and the adviser each keep one, neither sees the other's, and the person reads both.
import { GLOBAL, act, newcomer, pick, propose, record, send } from "./acts.js";
import { comeIn, openSpace } from "./colleagues.js";
import { expect } from "./site.js";
import { seen, test } from "./territory.js";

const ADVISER = "yanis.marchal@demo.example";
const HEAD = "claire.delattre@demo.example";
const REFERENT = "hugo.leroux@demo.example";
const OFFICER = "ines.bouvard@demo.example";
const SIZES = [["phone", { width: 360, height: 740 }], ["desk", { width: 1440, height: 900 }]];
const ENGLISH = { locale: "en-GB", viewport: { width: 1440, height: 900 } };
const PLAIN = { locale: "fr-FR", viewport: { width: 360, height: 740 }, javaScriptEnabled: false };

/** What a record says, without the clauses beside it. */
const says = (page) => page.locator("main .grid > div");

/** Someone whom the pair has just begun to accompany: her path. */
async function entered(adviser, head) {
  const path = await newcomer(adviser);
  await propose(adviser, path, 10);
  await head.goto(path);
  if (await head.getByText("Réponse attendue").count()) await act(head, path, "accept", 9);
  await act(head, path, "name?role=social_referent", 8, (form) => pick(form, "#who", "Hugo Leroux"));
  await record(adviser, path, "integration-interview", 5);
  await adviser.goto(`${path}/${GLOBAL}/enter`);
  await adviser.locator("[name=code][value='6-months']").check();
  await adviser.locator("[name=declared][value=volunteer]").check();
  await adviser.locator("[name=declared][value=social-barrier]").check();
  await send(adviser);
  await expect(adviser.getByText("C’est enregistré")).toBeVisible();
  return path;
}

/** Opens the form of an entry from the page of the record, fills it and sends it. */
async function write(page, link, fill) {
  await page.getByRole("link", { name: link }).first().click();
  await fill(page);
  await send(page);
  await expect(page.getByText("C’est enregistré")).toBeVisible();
}

const choose = (code, name = "code") => (form) => form.locator(`#${name}`).selectOption(code);
const check = (code, name) => (form) => form.locator(`[name=${name}][value="${code}"]`).check();

test("each keeps her own, and the person reads both", async ({ browser, place }, info) => {
  const adviser = await comeIn(browser, place, ADVISER);
  const head = await comeIn(browser, place, HEAD);
  const referent = await comeIn(browser, place, REFERENT);
  const officer = await comeIn(browser, place, OFFICER);
  const path = await entered(adviser, head);
  await adviser.goto(path);
  const history = await adviser.locator("#history .path > li").count();

  // The social referent: a goal on housing with an action, where the barrier stands, a skill, progress.
  await referent.goto(path);
  await referent.locator("#record a").click();
  await expect(referent.getByRole("heading", { level: 1 })).toContainText("Dossier de travail");
  await expect(says(referent)).toContainText("Rien n’est encore noté");
  await seen(referent, info, "empty");
  await referent.getByRole("link", { name: "Fixer un objectif" }).first().click();
  await send(referent);
  await expect(referent.locator("#code-error")).toContainText("Choisissez une réponse");
  for (const [name, viewport] of SIZES) {
    await referent.setViewportSize(viewport);
    await seen(referent, info, `goal-${name}`);
  }
  await choose("liant/1/find-housing")(referent);
  await send(referent);
  await expect(referent.getByText("C’est enregistré")).toBeVisible();
  await write(referent, "Ajouter une action", check("file", "code"));
  await write(referent, /^Dire où en est un frein/, async (form) => {
    await choose("housing", "theme")(form);
    await check("being-lifted", "state")(form);
  });
  await write(referent, /^Noter une compétence acquise/, choose("liant/1/fill-forms"));
  await write(referent, /^Noter la progression/, check("first-steps", "level"));
  await write(referent, /^Fixer un objectif/, choose("liant/1/begin-care"));

  // What is given up says why; what is closed is closed.
  await referent.getByRole("link", { name: /^Dire où en est l’action/ }).first().click();
  await check("given-up", "state")(referent);
  await send(referent);
  await expect(referent.locator("#refused")).toContainText("Dites pourquoi");
  await seen(referent, info, "why");
  await choose("no-offer", "reason")(referent);
  await send(referent);
  await expect(referent.getByText("C’est enregistré")).toBeVisible();
  await expect(says(referent)).toContainText("Pas d’offre sur le territoire");
  for (const [name, viewport] of SIZES) {
    await referent.setViewportSize(viewport);
    await seen(referent, info, `record-${name}`);
  }
  await referent.emulateMedia({ media: "print" });
  await expect(referent.getByRole("link", { name: "Ajouter une action" }).first()).toBeHidden();
  await seen(referent, info, "record-print");
  await referent.emulateMedia({ media: "screen" });

  // The adviser: nothing of that is hers; a constraint of France Travail without words is told by its theme and its code.
  await adviser.goto(path);
  await expect(adviser.locator("#history .path > li")).toHaveCount(history);
  await expect(adviser.locator("main")).not.toContainText("Trouver un logement");
  await adviser.locator("#record a").click();
  await expect(says(adviser)).toContainText("Rien n’est encore noté");
  await expect(says(adviser)).not.toContainText("logement");
  await write(adviser, /^Fixer un objectif/, choose("liant/1/driving-licence"));
  await write(adviser, /^Fixer un objectif/, choose("france-travail/v1/26"));
  await expect(says(adviser)).toContainText("Mobilité, objectif 26");
  await write(adviser, /^Noter une compétence acquise/, choose("liant/1/present-herself"));
  await seen(adviser, info, "advisers");

  // A page that has aged is told so.
  const other = await comeIn(browser, place, ADVISER);
  await other.goto(`${path}/record/${GLOBAL}/progress`);
  await write(adviser, /^Noter la progression/, check("first-steps", "level"));
  await check("autonomous", "level")(other);
  await send(other);
  await expect(other.getByText("Quelqu’un a écrit dans ce dossier")).toBeVisible();

  await referent.goto(`${path}/record`);
  await expect(says(referent)).not.toContainText("permis");
  await expect(says(referent)).not.toContainText("objectif 26");
  await referent.goto(path);
  await expect(referent.locator("main")).not.toContainText("permis");

  // The head of the service reads her service's, but for what is about health; she writes nothing.
  await head.goto(`${path}/record`);
  await expect(says(head)).toContainText("Trouver un logement");
  await expect(says(head)).not.toContainText("soins");
  await expect(says(head)).not.toContainText("permis");
  await expect(head.getByRole("link", { name: /^Fixer un objectif/ })).toHaveCount(0);
  await seen(head, info, "heads");
  expect((await officer.request.get(`${path}/record`)).status()).toBe(404);

  // She reads both in her space, each under who wrote it, and in her copy.
  const hers = await openSpace(browser, place, officer, path.split("/")[2]);
  await hers.goto("/me/data");
  await expect(hers.locator("#working-records")).toContainText("Ce que chacun a écrit de vos objectifs");
  for (const [whose, words] of [["Dossier de travail : le Département", "trouver un logement"], ["Dossier de travail : France Travail", "passer le permis de conduire"]]) {
    const card = hers.locator("details", { hasText: whose });
    await card.locator("summary").click();
    await expect(card).toContainText(words);
  }
  await seen(hers, info, "hers");
  const copy = await (await hers.request.get("/me/copy")).text();
  expect(copy).toContain("engager un parcours de soins");
  expect(copy).toContain("passer le permis de conduire");
  await hers.goto("/me/print");
  await expect(hers.getByText("Dossier de travail : France Travail")).toBeVisible();
  await seen(hers, info, "hers-print");
});

test("in English, by keyboard", async ({ browser, place }, info) => {
  const french = await comeIn(browser, place, ADVISER);
  const path = await entered(french, await comeIn(browser, place, HEAD));
  const adviser = await comeIn(browser, place, ADVISER, ENGLISH);
  await adviser.goto(`${path}/record`);
  await expect(adviser.getByRole("heading", { level: 1 })).toContainText("Working record");
  const reach = async (target) => {
    for (let step = 0; step < 90 && !(await target.evaluate((one) => one === document.activeElement)); step += 1) {
      await adviser.keyboard.press("Tab");
    }
    await expect(target).toBeFocused();
  };
  await reach(adviser.getByRole("link", { name: /^Set a goal/ }).first());
  await adviser.keyboard.press("Enter");
  await expect(adviser.getByRole("heading", { level: 1 })).toHaveText("Set a goal");
  await seen(adviser, info, "goal");
  await reach(adviser.locator("#code"));
  await adviser.keyboard.press("ArrowDown");
  await reach(adviser.getByRole("button", { name: "Set a goal" }));
  await adviser.keyboard.press("Enter");
  await expect(adviser.getByText("It is recorded")).toBeVisible();
  await expect(says(adviser)).toContainText("In progress");
  await seen(adviser, info, "record");
  await french.goto("/?lang=fr");
});

test("without JavaScript", async ({ browser, place }) => {
  const adviser = await comeIn(browser, place, ADVISER);
  const path = await entered(adviser, await comeIn(browser, place, HEAD));
  const referent = await comeIn(browser, place, REFERENT, PLAIN);
  await referent.goto(`${path}/record`);
  await write(referent, /^Fixer un objectif/, choose("liant/1/budget"));
  await write(referent, /^Ajouter une action/, check("workshop", "code"));
  await write(referent, /^Dire où en est l’objectif/, check("reached", "state"));
  await expect(says(referent)).toContainText("Atteint");
  await expect(says(referent)).toContainText("Arrêtée avec l’objectif");
});

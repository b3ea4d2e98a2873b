// Global accompaniment with the CAF, tried in three places for six months: the adviser, the worker of the CAF and the head of the local service at
// work on the same lone parents, each signed in for herself. The trial of the shipped file is over: this folder's file has it begin two months ago.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { comeIn } from "./colleagues.js";
import { expect, run, seen, site, test as base } from "./site.js";
import { test as shipped } from "./territory.js";

const ADVISER = "yanis.marchal@demo.example";
const WORKER = "salome.dubart@demo.example";
const HEAD = "claire.delattre@demo.example";
const GLOBAL = "accompagnement-global";
const OVER = "Hors des lieux ou du temps de l’expérimentation";
const DAY = 86_400_000;

const isoDay = (days) => new Date(Date.now() + days * DAY).toISOString().slice(0, 10);

/** A territory in which the trial is under way, by its programme and its conventions. */
function underWay(folder) {
  run("demo", "--dir", folder, "--people", "800", "--months", "3", "--no-serve");
  const change = (path, changes) => {
    let text = readFileSync(join(folder, path), "utf8");
    for (const [from, to] of changes) {
      expect(text, `${path}: ${from}`).toContain(from);
      text = text.replace(from, to);
    }
    writeFileSync(join(folder, path), text);
  };
  change(`programmes/${GLOBAL}.toml`, [["from   = 2024-06-01", `from   = ${isoDay(-60)}`]]);
  for (const id of ["62-caf-accompagnement", "62-echange-accompagnement-global"]) {
    const days = [["met_from   = 2025-01-01", `met_from   = ${isoDay(-60)}`], ["met_until  = 2025-06-30", `met_until  = ${isoDay(120)}`]];
    change(`conventions/${id}.toml`, days);
  }
}

const trial = base.extend({ place: [site(underWay), { scope: "worker" }] });

/** The day so long ago, in the fields of a form. */
async function ago(page, days) {
  const day = new Date(Date.now() - days * DAY);
  await page.locator("#day-day").fill(String(day.getDate()));
  await page.locator("#day-month").fill(String(day.getMonth() + 1));
  await page.locator("#day-year").fill(String(day.getFullYear()));
}

const send = (page) => page.locator("main form.card button[type=submit]").click();

/** Acts on someone's path in global accompaniment: opens the form, fills it, sends it. */
async function act(page, path, what, days, fill = async () => {}) {
  await page.goto(`${path}/${GLOBAL}/${what}`);
  await fill(page);
  await ago(page, days);
  await send(page);
  await expect(page.getByText("C’est enregistré"), `${what}, ${days} days ago`).toBeVisible();
}

const record = (page, path, what, days) => act(page, path, "record", days, async (form) => {
  await form.locator(`[name=code][value="${what}"]`).check();
  const means = form.locator("[name=means][value=in-person]");
  if (await means.count()) await means.check();
});

/** Chooses the line of a list that says this. */
async function pick(page, list, text) {
  const value = await page.locator(`${list} option`, { hasText: text }).first().getAttribute("value");
  await page.locator(list).selectOption(value);
}

const tick = async (form, ...boxes) => {
  for (const box of boxes) await form.locator(`[name=declared][value=${box}]`).check();
};

/** Where her form may be filled in here: it was signed on paper. */
async function onPaper(form) {
  const paper = form.locator("[name=form][value=paper]");
  if (await paper.count()) await paper.check();
}

/** Those whom someone follows: the addresses of their accompaniments. */
async function followed(page) {
  const all = [];
  for (let number = 1; ; number += 1) {
    await page.goto(`/caseload/people?page=${number}`);
    const links = await page.locator("tbody th a").evaluateAll((found) => found.map((one) => new URL(one.href).pathname));
    if (links.length === 0 || all.includes(links[0])) return all;
    all.push(...links);
  }
}

/** The first of them of whom the adviser's page says this. */
async function first(adviser, paths, says) {
  for (const path of paths) {
    await adviser.goto(path);
    if (await says(adviser.locator(`#${GLOBAL}`))) return path;
  }
  throw new Error("there is no such lone parent");
}

/** Whether a form for the worker of the CAF may leave, of whom nothing is under way. */
const isForTheCaf = async (track) => (await track.locator(".acts a[href*='/propose?role=caf_worker']").count()) > 0;

trial("from the adviser's form to the end, by both of the pair", async ({ browser, place }, info) => {
  const [adviser, worker, head] = [await comeIn(browser, place, ADVISER), await comeIn(browser, place, WORKER), await comeIn(browser, place, HEAD)];
  const hers = await followed(worker);
  const path = await first(adviser, (await followed(adviser)).filter((one) => !hers.includes(one)), isForTheCaf);
  expect((await worker.goto(path)).status(), "nobody's before a form").toBe(404);

  // Outside the places of the trial nothing leaves; within them it goes to one worker of the CAF.
  await adviser.goto(`${path}/${GLOBAL}/propose?role=caf_worker`);
  const consent = adviser.locator("#consent");
  if (await consent.count()) await consent.check();
  await pick(adviser, "#to", "Salomé Dubart");
  await tick(adviser, "volunteer", "social-barrier");
  await onPaper(adviser);
  await ago(adviser, 20);
  await send(adviser);
  await expect(adviser.locator("#refused")).toContainText(OVER);
  await expect(adviser.locator("#refused")).toContainText("annexe 3, art. 2, 3 e");
  await seen(adviser, info, "propose-nowhere");
  await adviser.locator("[name=zone]").selectOption("henin-carvin");
  await send(adviser);
  await expect(adviser.getByText("C’est enregistré")).toBeVisible();
  await seen(adviser, info, "sent");

  // It waits for her; the head of the person's service is told that it left, and has nothing to answer.
  await worker.goto("/forms");
  await expect(worker.locator(`tbody a[href^="${path}"]`)).toHaveCount(1);
  await seen(worker, info, "forms");
  await worker.goto(path);
  await expect(worker.locator("#history")).toContainText("Fiche de liaison envoyée");
  await expect(worker.locator("#history"), "her consent is the adviser's record").not.toContainText("Accord à la transmission");
  await seen(worker, info, "received");
  await head.goto(path);
  await expect(head.locator("#history")).toContainText("Fiche de liaison envoyée");
  await expect(head.locator(`#${GLOBAL} .acts a[href$="/accept"]`)).toHaveCount(0);
  await head.goto("/forms");
  await expect(head.locator(`tbody a[href^="${path}"]`)).toHaveCount(0);

  await act(worker, path, "accept", 18);
  await record(adviser, path, "integration-interview", 12);
  const enter = async (agreed) => {
    await adviser.goto(`${path}/${GLOBAL}/enter`);
    await adviser.locator("[name=code][value='6-months']").check();
    await tick(adviser, "volunteer", "social-barrier");
    if (agreed) await adviser.locator("[name=agreed][value=caf_worker]").check();
    await ago(adviser, 10);
    await send(adviser);
  };
  // Both are named, and both agree on the length.
  await act(worker, path, "name?role=caf_worker", 17, (form) => pick(form, "#who", "Salomé Dubart"));
  await enter(false);
  await expect(adviser.locator("#refused")).toContainText("Un autre rôle doit en être d’accord");
  await enter(true);
  await expect(adviser.getByText("C’est enregistré")).toBeVisible();
  for (const page of [adviser, worker]) {
    await page.goto(path);
    await expect(page.locator("#beside")).toContainText("Yanis Marchal");
    await expect(page.locator("#beside")).toContainText("Salomé Dubart");
    await expect(page.locator(`#${GLOBAL}`)).toContainText("Point mensuel du binôme");
  }
  await seen(adviser, info, "entered");

  // An act each: the other is told that the point was held, and not of a meeting.
  await record(worker, path, "meeting", 6);
  await record(worker, path, "monthly-point", 5);
  await record(adviser, path, "meeting", 4);
  await adviser.goto(path);
  await expect(adviser.locator("#history")).toContainText("A eu lieu : point mensuel du binôme");
  await expect(adviser.locator("#history .path > li", { hasText: "rendez-vous avec la personne" })).toHaveCount(1);
  await worker.goto(path);
  await expect(worker.locator("#history .path > li", { hasText: "rendez-vous avec la personne" })).toHaveCount(1);
  await expect(worker.locator("#history")).not.toContainText("entretien d’intégration");
  await seen(worker, info, "under-way");

  for (const what of ["review", "interview"]) await record(adviser, path, what, 1);
  await act(adviser, path, "end", 0, (form) => form.locator("[name=code][value=training]").check());
  for (const page of [worker, head]) {
    await page.goto(path);
    await expect(page.locator("#history")).toContainText("Fin de l’accompagnement : entrée en formation");
    await expect(page.locator(`#${GLOBAL}`)).toContainText("Rien n’est en cours");
  }
  await worker.goto("/caseload");
  await expect(worker.locator(`tbody a[href^="${path}"]`)).toHaveCount(0);
});

trial("the worker of the CAF proposes whom she accompanies, once the adviser has her consent", async ({ browser, place }, info) => {
  const [adviser, worker] = [await comeIn(browser, place, ADVISER), await comeIn(browser, place, WORKER)];
  const path = await first(adviser, await followed(worker), isForTheCaf);
  const form = `${path}/${GLOBAL}/propose?role=adviser`;
  await worker.goto(form);
  if ((await worker.locator("main form.card").count()) === 0) {
    // France Travail collects it, and nobody else records it.
    await expect(worker.locator("#not")).toContainText("annexe 2, art. 4.1");
    await expect(worker.locator("#consent")).toHaveCount(0);
    await seen(worker, info, "without-consent");
    await act(adviser, path, "give-consent", 20);
  }
  await act(worker, path, "propose?role=adviser", 19, async (page) => {
    await pick(page, "#to", "Agence France Travail de Valbruyère");
    await tick(page, "volunteer", "social-barrier");
    await onPaper(page);
    await page.locator("[name=zone]").selectOption("lillers");
    await seen(page, info, "propose-to-the-adviser");
  });
  await adviser.goto("/forms");
  await expect(adviser.locator(`tbody a[href^="${path}"]`)).toHaveCount(1);
  await act(adviser, path, "accept", 18);
  await worker.goto(path);
  await expect(worker.locator("#history")).toContainText("Proposition acceptée");
  await worker.goto("/forms/sent");
  await expect(worker.locator(`tbody a[href^="${path}"]`)).toHaveCount(1);
});

shipped("when the trial is over no form goes to the CAF, and the page says why", async ({ browser, place }, info) => {
  const adviser = await comeIn(browser, place, ADVISER);
  const isOver = async (track) => (await track.locator(".why-not", { hasText: OVER }).count()) > 0;
  const path = await first(adviser, await followed(adviser), isOver);
  await expect(adviser.locator(`#${GLOBAL} .acts a[href*='role=caf_worker']`)).toHaveCount(0);
  await adviser.goto(`${path}/${GLOBAL}/propose?role=caf_worker`);
  await expect(adviser.locator("#not")).toContainText(OVER);
  await expect(adviser.locator("#not")).toContainText("annexe 3, art. 2, 3 e");
  await expect(adviser.locator("main form.card")).toHaveCount(0);
  await seen(adviser, info, "over");
  // Who works for the CAF has what she had: those whom she accompanies, and no form.
  const worker = await comeIn(browser, place, WORKER);
  await worker.goto("/forms");
  await expect(worker.locator("tbody tr")).toHaveCount(0);
  await worker.goto("/caseload/people");
  await expect(worker.locator("tbody tr").first()).toBeVisible();
  await seen(worker, info, "worker");
});

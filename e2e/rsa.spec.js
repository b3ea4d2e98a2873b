// The RSA path, by everyone whom it goes through: the platform, the head of the local service, the referent; and what is made of it on paper.
import { act, ago, pick, send } from "./acts.js";
import { comeIn, openSpace } from "./colleagues.js";
import { expect } from "./site.js";
import { seen, test } from "./territory.js";

const PLATFORM = "rania.costal@demo.example";
const HEAD = "claire.delattre@demo.example";
const REFERENT = "hugo.leroux@demo.example";
const OFFICER = "ines.bouvard@demo.example";
const ADVISER = "yanis.marchal@demo.example";
const RSA = "rsa-accompagnement";
const SIZES = [["phone", { width: 360, height: 740 }], ["desk", { width: 1440, height: 900 }]];

const says = (page) => page.locator("main .grid > div");

/** An act of the programme, so many days ago. */
const step = (page, path, what, days, fill) => act(page, path, `${RSA}/${what}`, days, fill);

const record = (page, path, what, days) => step(page, path, "record", days, async (form) => {
  await form.locator(`[name=code][value="${what}"]`).check();
  const means = form.locator("[name=means][value=in-person]");
  if (await means.count()) await means.check();
});

/** Opens the form of an entry of the record, fills it and sends it. */
async function write(page, path, entry, days, fill) {
  await page.goto(`${path}/record/${RSA}/${entry}`);
  await fill(page);
  await ago(page, days);
  await send(page);
  await expect(page.getByText("C’est enregistré")).toBeVisible();
}

/** Someone of the head's service who waits to be oriented, and whom the platform has not met: the address of her accompaniments. */
async function waiting(head, platform) {
  await head.goto("/people?todo=orient");
  const people = await head.locator("tbody a[href^='/people/']").evaluateAll((all) => all.map((one) => new URL(one.href).pathname.split("/")[2]));
  for (const person of new Set(people)) {
    const path = `/people/${person}/accompaniment`;
    // Nothing is under way: not in global accompaniment either, of which the platform is told nothing.
    await head.goto(path);
    if ((await head.locator("#history .path > li").count()) > 0) continue;
    if ((await platform.goto(path)).status() !== 200) continue;
    if (await platform.locator(`#${RSA} .acts a[href*="/propose"]`).count()) return path;
  }
  throw new Error("nobody waits");
}

/** The document behind a link. */
async function paper(page, name) {
  const link = page.getByRole("link", { name }).first();
  return page.request.get(await link.getAttribute("href"));
}

test("eight steps, from the platform to the next contract", async ({ browser, place }, info) => {
  const platform = await comeIn(browser, place, PLATFORM);
  const head = await comeIn(browser, place, HEAD);
  const referent = await comeIn(browser, place, REFERENT);
  const path = await waiting(head, platform);
  await platform.goto(path);
  for (const [name, viewport] of SIZES) {
    await platform.setViewportSize(viewport);
    await seen(platform, info, `platform-${name}`);
  }

  // 1 and 2: the first contract and the diagnosis, written in the record while she is proposed.
  await step(platform, path, "propose", 200, (form) => pick(form, "#to", "SLAI de Valbruyère"));
  await record(platform, path, "first-contract", 199);
  await write(platform, path, "barrier", 199, async (form) => {
    await form.locator("#theme").selectOption("transport");
    await form.locator("[name=state][value=open]").check();
  });
  await write(platform, path, "goal", 199, (form) => form.locator("#code").selectOption("liant/1/driving-licence"));
  await record(platform, path, "diagnosis", 198);
  await platform.goto(`${path}/record`);
  await expect(platform.getByRole("link", { name: /diagnostic complet.*PDF/ })).toBeVisible();
  for (const [name, viewport] of SIZES) {
    await platform.setViewportSize(viewport);
    await seen(platform, info, `diagnosis-${name}`);
  }
  const diagnosis = await paper(platform, /diagnostic complet.*PDF/);
  expect(diagnosis.headers()["content-type"]).toContain("application/pdf");
  expect((await diagnosis.body()).length).toBeGreaterThan(20_000);

  // 3: the head validates, and decides; then names the referent.
  await head.goto(path);
  await step(head, path, "orient", 195, (form) => form.locator("[name=code][value='01']").check());
  await step(head, path, "accept", 195);
  await step(head, path, "name?role=social_referent", 194, (form) => pick(form, "#who", "Hugo Leroux"));
  expect((await head.request.get(`${path}/record`)).status()).toBe(200);

  // 4 to 6: the referent reads the synthesis, begins, defines the path, and has the contract signed.
  await record(referent, path, "synthesis-read", 190);
  await step(referent, path, "enter", 190);
  await record(referent, path, "path-defined", 188);
  await referent.goto(`${path}/record`);
  await expect(says(referent), "the platform is of her party").toContainText("Passer le permis de conduire");
  await write(referent, path, "goal", 5, (form) => form.locator("#code").selectOption("liant/1/social-ties"));
  await referent.goto(`${path}/record`);
  const draft = await paper(referent, /projet à signer/);
  expect(draft.headers()["content-type"]).toContain("application/pdf");
  await step(referent, path, "sign", 0, async (form) => {
    await form.locator("[name=code][value=cer]").check();
    await expect(form.locator("#length option")).toHaveCount(6);
  });
  await referent.goto(`${path}/record`);
  for (const [name, viewport] of SIZES) {
    await referent.setViewportSize(viewport);
    await seen(referent, info, `papers-${name}`);
  }
  const signed = await paper(referent, /^Contrat d’engagements réciproques, \d/);
  expect(signed.headers()["content-type"]).toContain("application/pdf");
  expect(signed.headers()["content-disposition"]).toContain('filename="cer.pdf"');

  // The platform keeps what it made, and is shown the record no longer.
  await platform.goto(`${path}/record`);
  await expect(says(platform)).not.toContainText("permis de conduire");
  await expect(says(platform).getByRole("link", { name: /PDF/ })).toHaveCount(2);

  // She has it too, in her space: a contract of the record as it stood.
  const officer = await comeIn(browser, place, OFFICER);
  const hers = await openSpace(browser, place, officer, path.split("/")[2]);
  await hers.goto("/me/data");
  const card = hers.locator("details", { hasText: /Dossier de travail\s: le Département/ });
  await card.locator("summary").click();
  await seen(hers, info, "hers");
  const own = await paper(hers, /^Contrat d’engagements réciproques, \d/);
  expect(own.headers()["content-type"]).toContain("application/pdf");
  expect((await hers.request.get("/me/papers/9")).status()).toBe(404);

  // Another contract takes a review and a new diagnosis first: the page says so.
  await referent.goto(path);
  await expect(referent.locator(`#${RSA}`)).toContainText("étape 7 : bilan");
  // Nobody else has any of it.
  const adviser = await comeIn(browser, place, ADVISER);
  expect((await adviser.request.get(`${path}/record/${RSA}/papers/1`)).status()).toBe(404);
  expect((await referent.request.get(`${path}/record/${RSA}/papers/9`)).status()).toBe(404);
});

test("the platform's morning: who waits, by keyboard and in English", async ({ browser, place }, info) => {
  const platform = await comeIn(browser, place, PLATFORM, { locale: "en-GB", viewport: { width: 1440, height: 900 } });
  await platform.goto("/people?todo=orient");
  await seen(platform, info, "waiting");
  await platform.locator("tbody a[href^='/people/']").first().focus();
  await platform.keyboard.press("Enter");
  await expect(platform.getByRole("heading", { level: 1 })).toBeVisible();
  await seen(platform, info, "person");
});

// The DPO's console: a convention suspended and resumed, a breach opened, told of and closed, a request answered with a partner.
import { press } from "./site.js";
import { expect, seen, test } from "./territory.js";

const FR = {
  desk: /violations? de données ouvertes?/, suspend: "Suspendre la convention", resume: "Lever la suspension", choose: "Choisissez un motif.",
  suspended: /Suspendue depuis le/, force: "En vigueur aujourd’hui.", submit: "Ouvrir", nature: "Violation de données",
  nobody: "Aucun compte n’a cette adresse ou ce numéro.", concerned: /personnes? concernées?/, draft: /^Lire le projet/, first: /Notification initiale/,
  confirm: /^Confirmer/, confirmed: "L’accès est confirmé.", withdraw: /^Retirer/, withdrawn: /^L’accès est retiré/,
  make: "Inscrire une demande", which: "Choisissez ce que demande la personne.", fix: "Rectification", record: "Inscrire",
  recorded: /^La demande est inscrite/, tell: /^Noter : prévenu/, told: /Prévenu/, done: /^Noter : fait/, answer: "Suivre ou répondre", say: "Noter",
  where: "Choisissez où en est la demande.", answered: /^Répondue/, all: "Répondues", access: "Accès", copy: /^Prendre la copie/, document: /^Prendre une copie/,
  note: "Noter ce qui a été fait", doNote: "Noter", noted: "C’est noté.", closing: "Clôture", closed: "Close", take: /Prendre la liste/, number: "Numéro",
};
const EN = {
  desk: /breach(es)? of data open/, suspend: "Suspend the convention", resume: "Resume the convention", choose: "Choose a ground.",
  suspended: /Suspended since/, force: "In force today.", submit: "Open", nature: "Breach of data",
  nobody: "No account has this address or number.", concerned: /(person|people) concerned/, draft: /^Read the draft/, first: /First notice/,
  confirm: /^Confirm/, confirmed: "The access is confirmed.", withdraw: /^Withdraw/, withdrawn: /^The access is withdrawn/,
  make: "Record a request", which: "Choose what the person asks for.", fix: "Rectification", record: "Record",
  recorded: /^The request is recorded/, tell: /^Note: told/, told: /Told/, done: /^Note: done/, answer: "Follow up or answer", say: "Note",
  where: "Choose how the request stands.", answered: /^Answered/, all: "Answered", access: "Access", copy: /^Take the copy/, document: /^Take a copy/,
  note: "Note what was done", doNote: "Note", noted: "It is noted.", closing: "Closing", closed: "Closed", take: /Take the list/, number: "Number",
};

const DAY = { timeZone: "Europe/Paris" };
/** Today in France, as the three boxes of a day, and the time of day. */
function now(minutesAgo = 1) {
  const at = new Date(Date.now() - minutesAgo * 60_000);
  const part = (options) => new Intl.DateTimeFormat("en-GB", { ...DAY, ...options }).format(at);
  const time = new Intl.DateTimeFormat("en-GB", { ...DAY, hour: "2-digit", minute: "2-digit" }).format(at);
  return { day: part({ day: "numeric" }), month: part({ month: "numeric" }), year: part({ year: "numeric" }), time };
}

async function fillDay(page, name, at) {
  for (const part of ["day", "month", "year"]) await page.locator(`#${name}-${part}`).fill(at[part]);
}

/** Whether an officer is shown anything of France Travail's. */
async function partnerShows(browser, options, office) {
  const context = await browser.newContext(options);
  await office.signIn(context, "orientation_officer", { name: "Odile Tilleul" });
  const page = await context.newPage();
  await page.goto("/people?ft=in");
  const link = page.locator("tbody th a").first();
  let shows = false;
  if ((await link.count()) > 0) {
    await link.click();
    shows = (await page.locator("main").innerText()).includes("annexe 3");
  }
  await context.close();
  return shows;
}

async function convention(page, context, office, info, words, { browser, options }) {
  await office.signIn(context, "dpo", { name: "Denise Officier" });
  await page.goto("/");
  await seen(page, info, "desk");
  await page.goto("/conventions");
  await seen(page, info, "conventions");
  await page.goto("/conventions/62-echange-rsa");
  await expect(page.getByText(words.force)).toBeVisible();
  await page.locator("#matrix summary").first().click();
  await seen(page, info, "convention");
  await page.getByRole("link", { name: words.suspend }).click();
  await seen(page, info, "suspend");
  await page.getByRole("button", { name: words.suspend }).click();
  await expect(page.locator("#ground-error")).toContainText(words.choose);
  await seen(page, info, "suspend-refused");
  await page.getByRole("radio").first().check();
  await page.getByRole("button", { name: words.suspend }).click();
  await expect(page.getByText(words.suspended)).toBeVisible();
  await seen(page, info, "suspended");
  expect(await partnerShows(browser, options, office), "nothing of the partner's is shown").toBe(false);
  await page.getByRole("link", { name: words.resume }).click();
  await page.getByRole("radio").first().check();
  await page.getByRole("button", { name: words.resume }).click();
  await expect(page.getByText(words.force)).toBeVisible();
}

async function breach(page, context, office, info, words) {
  const reader = await office.signIn(context, "orientation_officer", { name: "Camille Delattre" });
  await page.goto("/people");
  await page.locator("tbody th a").first().click();
  await context.clearCookies();
  await office.signIn(context, "dpo", { name: "Denise Officier" });
  await page.goto("/breaches");
  await seen(page, info, "breaches-none");
  await page.locator("main a[href='/breaches/new']").first().click();
  await seen(page, info, "breach-form");
  await page.getByLabel(words.nature, { exact: true }).check();
  const found = now();
  await fillDay(page, "found", found);
  await page.locator("#time").fill(found.time);
  await page.locator("#actor").fill("nobody@office.example");
  await page.getByRole("button", { name: words.submit, exact: true }).click();
  await expect(page.locator("#actor-error")).toContainText(words.nobody);
  await seen(page, info, "breach-refused");
  await page.locator("#actor").fill(reader.email);
  await page.getByRole("button", { name: words.submit, exact: true }).click();
  await expect(page.locator(".lede")).toContainText(words.concerned);
  await seen(page, info, "breach");
  const here = new URL(page.url()).pathname;
  const waiting = page.waitForEvent("download");
  await page.getByRole("button", { name: words.take }).click();
  const file = await (await waiting).createReadStream();
  let text = "";
  for await (const part of file) text += part;
  expect(text).toContain(words.number);
  expect(text.trim().split("\n").length).toBeGreaterThan(2);
  await page.getByRole("link", { name: words.draft }).first().click();
  await expect(page.locator(".lede")).toContainText(words.first);
  expect(await page.locator("article").innerText()).not.toContain(reader.email);
  await seen(page, info, "draft");
  for (const [deed, to] of [["initial", "france-travail"], ["initial", "authority"], ["closed", null]]) {
    await page.goto(`${here}/deed`);
    if (deed === "initial" && to === "authority") await seen(page, info, "deed");
    await page.locator(`input[name=deed][value=${deed}]`).check();
    if (to) await page.locator(`input[name=to][value=${to}]`).check();
    const at = now(0);
    await fillDay(page, "at", at);
    await page.locator("#time").fill(at.time);
    await page.getByRole("button", { name: words.doNote, exact: true }).click();
    await expect(page.getByText(words.noted)).toBeVisible();
  }
  await seen(page, info, "breach-closed");
  await page.goto("/breaches");
  await expect(page.locator("tbody")).toContainText(words.closed);
  await seen(page, info, "breaches");
}

/** Records a request from the page of who read someone; gives its address. */
async function recorded(page, person, words, right, about) {
  await page.goto(`/audit/people/${person}/request`);
  await page.getByLabel(right, { exact: true }).check();
  if (about) await page.locator("#about").selectOption(about);
  await page.getByRole("button", { name: words.record, exact: true }).click();
  await expect(page.getByText(words.recorded)).toBeVisible();
  return new URL(page.url()).pathname;
}

async function request(page, context, office, info, words) {
  await office.signIn(context, "orientation_officer", { name: "Camille Delattre" });
  await page.goto("/people?ft=in");
  const person = (await page.locator("tbody th a").first().getAttribute("href")).split(/[/?#]/)[2];
  await context.clearCookies();
  await office.signIn(context, "dpo", { name: "Denise Officier" });
  await page.goto("/rights");
  await seen(page, info, "requests-none");
  await page.goto(`/audit/people/${person}`);
  await page.getByRole("button", { name: words.make }).click();
  await seen(page, info, "request-form");
  await page.getByRole("button", { name: words.record, exact: true }).click();
  await expect(page.locator("#right-error")).toContainText(words.which);
  await seen(page, info, "request-refused");
  const about = await page.locator("#about option[value^='france-travail']").first().getAttribute("value");
  const here = await recorded(page, person, words, words.fix, about);
  await seen(page, info, "request");
  await page.getByRole("button", { name: words.tell }).click();
  await expect(page.locator("#steps")).toContainText(words.told);
  await page.getByRole("button", { name: words.done }).click();
  await seen(page, info, "request-told");
  await page.getByRole("button", { name: words.answer }).click();
  await page.getByRole("button", { name: words.say, exact: true }).click();
  await expect(page.locator("#state-error")).toContainText(words.where);
  await seen(page, info, "answer");
  await page.getByLabel(words.answered).check();
  await page.getByRole("button", { name: words.say, exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`${here}\\?done=state`));
  await recorded(page, person, words, words.access, null);
  await seen(page, info, "request-access");
  const waiting = page.waitForEvent("download");
  await page.getByRole("button", { name: words.copy }).click();
  const file = await (await waiting).createReadStream();
  let text = "";
  for await (const part of file) text += part;
  expect(JSON.parse(text)).toHaveProperty("held");
  const paper = press ? page.waitForEvent("download") : page.waitForURL(/copy\.pdf$/);
  await page.getByRole("button", { name: words.document }).click();
  const made = await paper;
  if (press) expect(made.suggestedFilename()).toMatch(/\.pdf$/);
  else await seen(page, info, "request-print");
  await page.goto("/rights");
  await seen(page, info, "requests");
  await page.getByRole("link", { name: words.all, exact: true }).click();
  await expect(page.locator("tbody")).toContainText(words.fix);
  await seen(page, info, "requests-answered");
}

/** The review of access: one confirmed, one withdrawn; then the register. */
async function review(page, context, office, info, words) {
  const clerk = await office.signIn(context, "clerk", { name: `Zoé Ancien ${info.project.name}` });
  await context.clearCookies();
  await office.signIn(context, "dpo", { name: "Denise Officier" });
  await page.goto("/access-review");
  await seen(page, info, "access-review");
  const hers = page.getByRole("row").filter({ hasText: clerk.email }).first();
  await hers.getByRole("button", { name: words.confirm }).click();
  await expect(page.getByText(words.confirmed)).toBeVisible();
  await hers.getByRole("button", { name: words.withdraw }).click();
  await expect(page.getByText(words.withdrawn)).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: clerk.email })).toHaveCount(0);
  await seen(page, info, "access-reviewed");
  await page.goto("/register");
  await seen(page, info, "register");
  await page.goto("/sub-processors");
  await seen(page, info, "processors-none");
  await page.goto("/sub-processors/new");
  await page.locator("#name").fill(`Hébergement ${info.title.length}`);
  await page.locator("#service").fill("Hébergement");
  await page.locator("#country").fill("USA");
  await page.locator("form[action='/sub-processors/new'] button").click();
  await expect(page.locator("#country-error")).toBeVisible();
  await seen(page, info, "processor-refused");
  await page.locator("#country").fill("US");
  await page.locator("form[action='/sub-processors/new'] button").click();
  await page.locator("#lists form button").first().click();
  await seen(page, info, "processors");
}

/** A request for restriction is carried out: the officer sees her no more, the DPO does; it ends on a day of which she was told. */
async function restriction(page, context, office, info, lang) {
  await office.signIn(context, "orientation_officer", { name: "Camille Delattre" });
  await page.goto("/people");
  // Not the first, of whom the other tests need the data.
  const links = page.locator("tbody th a");
  const link = lang === "fr" ? links.nth(9) : links.last();
  const file = new URL(await link.getAttribute("href"), page.url()).pathname;
  const person = file.split("/")[2];
  await context.clearCookies();
  await office.signIn(context, "dpo", { name: "Denise Officier" });
  await page.goto(`/audit/people/${person}/request`);
  await page.locator("input[name=right][value=restriction]").check();
  await page.locator(`form[action='/audit/people/${person}/request'] button`).first().click();
  const here = new URL(page.url()).pathname;
  await expect(page.locator("#limits")).toBeVisible();
  await page.locator(`#limits a[href='${here}/limit']`).click();
  await seen(page, info, "limit");
  await page.locator(`form[action='${here}/limit'] button`).click();
  await expect(page.locator("#review-error")).toBeVisible();
  await page.locator("input[name=ground][value=claims]").check();
  await fillDay(page, "review", now(-30 * 24 * 60));
  await page.locator(`form[action='${here}/limit'] button`).click();
  await expect(page).toHaveURL(new RegExp(`${here}\\?done=limited`));
  await expect(page.locator("#limits h3")).toHaveCount(1);
  await seen(page, info, "limited");
  await context.clearCookies();
  await office.signIn(context, "orientation_officer", { name: "Camille Delattre" });
  expect((await page.goto(file)).status()).toBe(404);
  await context.clearCookies();
  await office.signIn(context, "dpo", { name: "Denise Officier" });
  await page.goto(here);
  await page.locator("#limits a[href$='/lift']").click();
  await seen(page, info, "lift");
  await page.locator("form[action$='/lift'] button").click();
  await expect(page.locator("#reason-error")).toBeVisible();
  await page.locator("input[name=reason][value=claims-over]").check();
  await page.locator("input[name=way][value=letter]").check();
  await fillDay(page, "told", now(0));
  await fillDay(page, "on", now(-2 * 24 * 60));
  await page.locator("form[action$='/lift'] button").click();
  await expect(page).toHaveURL(new RegExp(`${here}\\?done=lifted`));
  await seen(page, info, "lifted");
}

/** Someone has all that is held of her erased: what the law keeps is told first, nothing goes before the second confirmation, and then
 * nobody meets her again. Another's request is refused, with the clauses that keep her data. */
async function erasure(page, context, office, info, lang) {
  // In French on a phone and on a wide screen.
  const widths = lang === "fr" ? [360, 1440] : [1280];
  const looked = async (name) => {
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 });
      await seen(page, info, `${name}-${width}`);
    }
  };
  await office.signIn(context, "orientation_officer", { name: "Camille Delattre" });
  await page.goto("/people");
  // Not the first, of whom the other tests need the data.
  const links = page.locator("tbody th a");
  const from = lang === "fr" ? 11 : (await links.count()) - 4;
  const file = async (nth) => new URL(await links.nth(from + nth).getAttribute("href"), page.url()).pathname;
  const [hers, others] = [await file(0), await file(1)];
  await context.clearCookies();
  await office.signIn(context, "dpo", { name: "Denise Officier" });
  const ask = async (path) => {
    const form = `/audit/people/${path.split("/")[2]}/request`;
    await page.goto(form);
    await page.locator("input[name=right][value=erasure]").check();
    await page.locator(`form[action='${form}'] button`).first().click();
    return new URL(page.url()).pathname;
  };
  const here = await ask(hers);
  await expect(page.locator("#erasure")).toBeVisible();
  await page.locator(`#erasure a[href='${here}/erasure']`).click();
  await looked("erasure");
  await page.locator(`form[action='${here}/erasure'] button`).click();
  await expect(page.locator("#ground-error")).toBeVisible();
  await looked("erasure-unchosen");
  // What is not needed any more: the law says that it is, as long as its time runs.
  await page.locator("input[name=ground][value=no-longer-necessary]").check();
  await page.locator("input[name=scope][value=all]").check();
  await page.locator(`form[action='${here}/erasure'] button`).click();
  await expect(page).toHaveURL(new RegExp(`${here}/erasure/check\\?`));
  await expect(page.locator("main form button")).toHaveCount(0);
  await looked("erasure-kept");
  await page.locator(`main form a[href^='${here}/erasure?']`).click();
  await expect(page.locator("input[name=scope][value=all]")).toBeChecked();
  await page.locator("input[name=ground][value=unlawful]").check();
  await page.locator(`form[action='${here}/erasure'] button`).click();
  await looked("erasure-check");
  await page.locator(`form[action='${here}/erasure/check'] button`).click();
  await expect(page).toHaveURL(new RegExp(`${here}\\?done=erased`), { timeout: 60_000 });
  await expect(page.locator("#parts")).toBeVisible();
  await looked("erased");
  const certificate = page.locator("#erasure a[href^='/retention/']");
  if ((await certificate.count()) > 0) {
    const text = await (await context.request.get(new URL(await certificate.getAttribute("href"), page.url()).href)).text();
    expect(text).toContain("17 (1) (d)");
    expect(text).not.toContain(hers.split("/")[2]);
  }
  await page.locator(`form[action='${here}/erasure/admit'] button`).click();
  await expect(page).toHaveURL(new RegExp(`${here}\\?done=admitted`));
  const other = await ask(others);
  await page.locator(`#erasure a[href='${other}/erasure/refusal']`).click();
  await page.locator(`form[action='${other}/erasure/refusal'] button`).click();
  await expect(page.locator("#reason-error")).toBeVisible();
  await looked("erasure-refusal");
  await page.locator("input[name=reason][value=public-task]").check();
  await page.locator(`form[action='${other}/erasure/refusal'] button`).click();
  await expect(page).toHaveURL(new RegExp(`${other}\\?done=erasure-refused`));
  await expect(page.locator("#erasure li").first()).toContainText("62-");
  await looked("erasure-refused");
  await context.clearCookies();
  await office.signIn(context, "orientation_officer", { name: "Camille Delattre" });
  expect((await page.goto(hers)).status()).toBe(404);
  expect((await page.goto(others)).status()).toBe(200);
}

for (const [lang, words] of [["fr", FR], ["en", EN]]) {
  test.describe(`in ${lang}`, () => {
    const options = (site) => ({ baseURL: site, locale: lang === "fr" ? "fr-FR" : "en-GB" });
    test.use({ locale: lang === "fr" ? "fr-FR" : "en-GB" });
    test(`a convention is suspended, and resumed (${lang})`, async ({ page, context, office, browser, site }, info) =>
      convention(page, context, office, info, words, { browser, options: options(site) }));
    test(`a request is recorded, told of and answered (${lang})`, async ({ page, context, office }, info) =>
      request(page, context, office, info, words));
    test(`a restriction is carried out, and ends (${lang})`, async ({ page, context, office }, info) =>
      restriction(page, context, office, info, lang));
    test(`an erasure is carried out, another refused (${lang})`, async ({ page, context, office }, info) =>
      erasure(page, context, office, info, lang));
    test(`access is reviewed, the register is shown (${lang})`, async ({ page, context, office }, info) =>
      review(page, context, office, info, words));
    test(`a breach is opened, told of and closed (${lang})`, async ({ page, context, office }, info) =>
      breach(page, context, office, info, words));
  });
}

test("without JavaScript, on a phone", async ({ browser, site, office }, info) => {
  const context = await browser.newContext({ baseURL: site, javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
  await office.signIn(context, "dpo", { name: "Denise Officier" });
  const page = await context.newPage();
  for (const path of ["/conventions", "/conventions/62-echange-rsa", "/conventions/62-echange-rsa/step?of=notice", "/breaches/new", "/rights", "/access-review", "/register"]) {
    expect((await page.goto(path)).status()).toBe(200);
    await expect(page.locator("h1")).toBeVisible();
  }
  // A request for erasure, as far as its second confirmation.
  await context.clearCookies();
  await office.signIn(context, "orientation_officer", { name: "Camille Delattre" });
  await page.goto("/people");
  const hers = await page.locator("tbody th a").first().getAttribute("href");
  await context.clearCookies();
  await office.signIn(context, "dpo", { name: "Denise Officier" });
  await page.goto(`/audit/people/${new URL(hers, page.url()).pathname.split("/")[2]}/request`);
  await page.locator("input[name=right][value=erasure]").check();
  await page.locator("form[action$='/request'] button").first().click();
  await page.locator("#erasure a[href$='/erasure']").click();
  await page.locator("input[name=ground][value=unlawful]").check();
  await page.locator("input[name=scope][value=some]").check();
  await page.locator("input[name=source]").first().check();
  await page.locator("form[action$='/erasure'] button").click();
  await expect(page.locator("form[action$='/erasure/check'] button")).toBeVisible();
  await context.close();
});

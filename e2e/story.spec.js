// The whole life of what is exchanged, on one territory: a convention is signed and data flow; an adviser reads, the person sees it and has an error
// corrected by whoever gave it; his session is stolen; the breach file lists exactly whom he was shown; the conventions are suspended and every way out
// closes; one ends, what passed under it is destroyed, and the log still verifies.
import { execFileSync } from "node:child_process";
import { cpSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { comeIn, openSpace } from "./colleagues.js";
import { expect, program, run, scratch, serve, test as base } from "./site.js";

const ADVISER = "yanis.marchal@demo.example";
const OFFICER = "ines.bouvard@demo.example";
const TECHNICIAN = "malik.sorel@demo.example";
const DPO = "agathe.nivelle@demo.example";

/** The convention by which France Travail's files travel, and that by which its adviser works. */
const FILES = "62-echange-rsa";
const WORK = "62-echange-accompagnement-global";
/** A trade that nobody's data say but France Travail's next file. */
const TRADE = "QUOLIBETAIRE";

/** A territory, whose site is started again when its conventions change. */
const test = base.extend({
  place: async ({}, use) => {
    const { folder, remove } = scratch();
    run("demo", "--dir", folder, "--people", "300", "--months", "2", "--no-serve");
    const place = { folder };
    place.convention = (id) => join(folder, "conventions", `${id}.toml`);
    place.again = async (change) => {
      await place.stop?.();
      change();
      Object.assign(place, await serve(folder));
    };
    await use(place);
    await place.stop();
    remove();
  },
});

/** Runs a command as an actor of the settings; gives its status and what it said. */
function command(place, actor, ...args) {
  const all = ["--config", join(place.folder, "liant.toml"), "--as", actor, ...args];
  try {
    return { status: 0, said: execFileSync(program, all, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }) };
  } catch (error) {
    return { status: error.status, said: error.stdout + error.stderr };
  }
}

/** The newest of the files that begin so. */
const last = ({ folder }, start) => join(folder, readdirSync(folder).filter((name) => name.startsWith(start)).sort().pop());

/** What France Travail's file says of this kind, of each. */
const told = (path, tag) => readFileSync(path, "latin1").match(new RegExp(`(?<=<${tag}>)[^<]+`, "g"));

/** France Travail's file of this month: it says another trade of whoever has this number there. Gives it, and the trade said before. */
function nextMonth(place, number) {
  const today = new Date().toISOString().slice(0, 10);
  const records = readFileSync(last(place, "pecgm"), "latin1")
    .replace(/<date-reference>[0-9-]+/g, `<date-reference>${today.slice(0, 7)}-01`)
    .replace(/<date-fabrication>[0-9-]+/g, `<date-fabrication>${today}`)
    .split("\n");
  const hers = records.findIndex((record) => record.includes(`<identifiant-pe>${number}</identifiant-pe>`));
  const [, before] = records[hers].match(/<lib-rome>([^<]*)</);
  records[hers] = records[hers].replace(`<lib-rome>${before}<`, `<lib-rome>${TRADE}<`);
  const path = join(place.folder, "next.xml");
  writeFileSync(path, records.join("\n"), "latin1");
  return { path, before };
}

/** Sends a file as the technician does. */
async function load(page, path) {
  await page.goto("/files/new");
  await page.locator('input[type="file"]').setInputFiles(path);
  await page.getByRole("button", { name: "Vérifier le fichier" }).click();
  await page.getByRole("button", { name: /^Importer / }).click();
  await page.getByRole("button", { name: "Voir le compte rendu" }).click();
}

/** The numbers of the people whom a page lists. */
const listed = (page) =>
  page.locator("tbody th a[href*='/people/']").evaluateAll((all) => all.map((one) => new URL(one.href).pathname.split("/")[2]));

/** Those of a list, page after page. */
async function everyone(page, path) {
  const found = [];
  for (let number = 1; ; number += 1) {
    await page.goto(`${path}${path.includes("?") ? "&" : "?"}page=${number}`);
    const here = await listed(page);
    if (here.length === 0 || found.includes(here[0])) return found;
    found.push(...here);
  }
}

/** What France Travail says of her in her space. */
async function ofFranceTravail(hers) {
  await hers.goto("/me/data");
  const record = hers.locator("details", { has: hers.locator(".source--france-travail") });
  await record.locator("summary").click();
  return (what) => record.locator("dl > div").filter({ hasText: what });
}

/** Presses every button of this kind on the page of a request. */
async function note(page, request, name) {
  for (let left = await page.getByRole("button", { name }).count(); left > 0; left -= 1) {
    await page.getByRole("button", { name }).first().click();
    await page.goto(request);
  }
}

/** Who has the adviser's session looks everywhere; gives whom the pages showed, and how many others were asked for until it was stopped. */
async function plunder(thief, others) {
  const got = new Set();
  for (const path of ["/", "/caseload", "/caseload/people", "/caseload/people?page=2", "/people?size=100", "/orientation", "/people/export", "/files", "/audit"]) {
    const text = await (await thief.get(path)).text();
    for (const [, person] of text.matchAll(/\/people\/([0-9a-f-]{36})/g)) got.add(person);
  }
  for (const [asked, person] of others.entries()) {
    for (const page of ["", "/accompaniment"]) {
      const answer = await thief.get(`/people/${person}${page}`);
      if (answer.status() === 403) return { got, asked };
      expect(answer.status()).toBe(404);
    }
  }
  throw new Error("nobody stopped the thief");
}

/** Opens a breach from an account, since today; gives whom its file lists. */
async function breach(dpo, account) {
  await dpo.goto("/breaches/new");
  await dpo.getByLabel("Violation de données", { exact: true }).check();
  const found = new Date(Date.now() - 60_000);
  const part = (options) => new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/Paris", ...options }).format(found);
  for (const name of ["found", "since"]) {
    for (const of of ["day", "month", "year"]) await dpo.locator(`#${name}-${of}`).fill(part({ [of]: "numeric" }));
  }
  await dpo.locator("#time").fill(part({ hour: "2-digit", minute: "2-digit" }));
  await dpo.locator("#actor").fill(account);
  await dpo.getByRole("button", { name: "Ouvrir", exact: true }).click();
  await expect(dpo.locator("#owed tbody")).toContainText("France Travail");
  const take = dpo.getByRole("button", { name: /Prendre la liste/ });
  const [download] = await Promise.all([dpo.waitForEvent("download"), take.click()]);
  return new Set(readFileSync(await download.path(), "utf8").match(/^.?[0-9a-f-]{36}/gm).map((one) => one.slice(-36)));
}

const sorted = (people) => [...people].sort();

/** The raw files of the store. */
const raw = ({ folder }) =>
  readdirSync(folder).filter((name) => name.startsWith("liant.db")).map((name) => readFileSync(join(folder, name), "latin1")).join("");

test("from its signature to its end", async ({ browser, place }) => {
  const drawer = scratch();
  const signed = [FILES, WORK];

  await test.step("without a convention nobody is shown, and no file is received", async () => {
    await place.again(() => signed.forEach((id) => (cpSync(place.convention(id), join(drawer.folder, id)), rmSync(place.convention(id)))));
    const adviser = await comeIn(browser, place, ADVISER);
    for (const path of ["/caseload", "/caseload/people"]) expect((await adviser.goto(path)).status()).toBe(404);
    expect(command(place, "technician", "flux", "import", last(place, "pecgm")).said).toContain("no convention lets");
  });
  await place.again(() => signed.forEach((id) => cpSync(join(drawer.folder, id), place.convention(id))));
  drawer.remove();

  const adviser = await comeIn(browser, place, ADVISER);
  const caseload = new Set([...(await everyone(adviser, "/caseload")), ...(await everyone(adviser, "/caseload/people"))]);
  await adviser.goto("/caseload");
  const [her] = await listed(adviser);
  await adviser.goto(`/people/${her}/accompaniment`);
  await expect(adviser.getByText("En cours").first()).toBeVisible();

  const officer = await comeIn(browser, place, OFFICER);
  const dpo = await comeIn(browser, place, DPO);
  const technician = await comeIn(browser, place, TECHNICIAN);
  const hers = await openSpace(browser, place, officer, her);
  let month;
  await test.step("she sees who read, and has an error corrected", async () => {
    await hers.goto("/me/readers");
    await expect(hers.locator("main li, main article, main .card").filter({ hasText: "A ouvert votre accompagnement." }).first()).toContainText(
      "Agence France Travail de Valbruyère, Conseiller dédié",
    );
    let datum = await ofFranceTravail(hers);
    month = nextMonth(place, await datum("Identifiant régional France Travail").locator(".fact").innerText());
    await datum(month.before).getByRole("link", { name: /^C’est faux/ }).click();
    await hers.getByRole("button", { name: "Envoyer" }).click();
    await expect(hers.getByText("Votre demande est enregistrée.")).toBeVisible();

    await dpo.goto("/rights");
    await dpo.locator("tbody a").first().click();
    await expect(dpo.getByText(/À prévenir encore\s: France Travail/)).toBeVisible();
    const request = dpo.url();
    await note(dpo, request, /^Noter : prévenu/);
    await load(technician, month.path);
    await note(dpo, request, /^Noter : fait/);
    await expect(dpo.getByText("Pas encore")).toHaveCount(0);
    await dpo.getByRole("button", { name: "Suivre ou répondre" }).click();
    await dpo.getByLabel(/^Répondue/).check();
    await dpo.getByRole("button", { name: "Noter", exact: true }).click();

    datum = await ofFranceTravail(hers);
    await expect(datum(TRADE)).toContainText(month.before);
    await hers.goto("/me/rights");
    await expect(hers.getByText(/^France Travail\s: prévenu le .*, l’a fait le/)).toBeVisible();
    await officer.goto(`/people/${her}`);
    await expect(officer.getByText(TRADE)).toHaveCount(1);
  });

  const key = ["--key", join(place.folder, "checkpoints.pem")];
  const checkpoint = join(place.folder, "checkpoint.txt");
  expect(command(place, "technician", "audit", "checkpoint", "--output", checkpoint, ...key).status).toBe(0);

  await test.step("a stolen session shows nobody beyond the caseload, and its breach file lists exactly whom it showed", async () => {
    const others = (await everyone(officer, "/people?size=100")).filter((person) => !caseload.has(person));
    expect(others.length).toBeGreaterThan(60);
    const thief = await browser.newContext({ baseURL: place.address, locale: "en-GB", userAgent: "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101" });
    await thief.addCookies(await adviser.context().cookies());
    const { got, asked } = await plunder(thief.request, others);
    expect(got.size).toBeGreaterThan(20);
    expect(asked).toBeLessThanOrEqual(50);
    expect([...got].filter((person) => !caseload.has(person)), "nobody beyond the caseload").toEqual([]);
    expect(sorted(await breach(dpo, ADVISER))).toEqual(sorted(caseload));
    await thief.close();
  });

  await test.step("suspended, nothing passes by any way", async () => {
    await dpo.goto("/stops");
    await dpo.locator("tbody tr").filter({ hasText: "Yanis Marchal" }).getByRole("button", { name: /^Rétablir l’accès/ }).click();
    expect((await adviser.goto("/caseload")).status(), "his access is given back before").toBe(200);
    for (const id of signed) {
      await dpo.goto(`/conventions/${id}`);
      await dpo.getByRole("link", { name: "Suspendre la convention" }).click();
      await dpo.getByRole("radio").first().check();
      await dpo.getByRole("button", { name: "Suspendre la convention" }).click();
      await expect(dpo.getByText(/Suspendue depuis le/)).toBeVisible();
    }
    for (const path of ["/caseload", "/caseload/people", `/people/${her}/accompaniment`]) expect((await adviser.goto(path)).status()).toBe(404);
    await officer.goto(`/people/${her}`);
    await expect(officer.locator(".source--france-travail")).toHaveCount(0);
    await expect(officer.getByText(TRADE)).toHaveCount(0);
    await technician.goto("/month");
    await expect(technician.getByText("Aucune convention en vigueur ne laisse partir ce fichier")).toBeVisible();
    await expect(technician.getByRole("button", { name: "Construire le fichier" })).toHaveCount(0);
    expect(command(place, "technician", "flux", "import", month.path).said).toContain("is suspended since");
    expect(command(place, "technician", "flux", "export", "cgpem", "--output", join(place.folder, "out.xml")).status).not.toBe(0);
    expect(readdirSync(place.folder)).not.toContain("out.xml");
    // What a partner may have no more, she may still know.
    expect((await ofFranceTravail(hers))(TRADE)).toHaveCount(1);
  });

  await test.step("ended, what passed under it is destroyed", async () => {
    const known = readFileSync(last(place, "personnes"), "latin1") + readFileSync(last(place, "rsabem"), "latin1");
    const canaries = [TRADE, ...told(month.path, "identifiant-pe").filter((number) => !known.includes(number))];
    expect(canaries.length).toBeGreaterThan(30);
    expect(canaries.filter((one) => !raw(place).includes(one)), "they are there to be destroyed").toEqual([]);
    await place.again(() => {
      const until = new Date(Date.now() - 100 * 86_400_000).toISOString().slice(0, 10);
      const text = readFileSync(place.convention(FILES), "utf8");
      const ended = text.replace(/^in_force .*$/m, `in_force = { from = 2024-09-01, until = ${until} }`);
      expect(ended).not.toBe(text);
      writeFileSync(place.convention(FILES), ended);
    });
    const desk = await comeIn(browser, place, DPO);
    await desk.goto(`/conventions/${FILES}`);
    await expect(desk.getByText(/A pris fin le .*\s: rien ne passe plus/)).toBeVisible();
    await desk.goto("/retention");
    await expect(desk.locator("tbody").first()).toContainText("art. 7, destruction");
    expect(command(place, "dpo", "retention", "run").status).toBe(0);
    await desk.goto("/retention");
    await expect(desk.getByRole("link", { name: /Attestation en clair/ })).toBeVisible();
    expect(canaries.filter((one) => raw(place).includes(one)), "none is left in the raw files").toEqual([]);
    await desk.goto("/audit");
    await desk.getByRole("button", { name: "Vérifier le registre" }).click();
    await expect(desk.getByText(/Le registre est intègre/)).toBeVisible();
  });

  await test.step("the log verifies against what the partner kept, and a changed byte is found", async () => {
    const log = join(place.folder, "log.txt");
    const judged = () => command(place, "dpo", "audit", "verify", "--log", log, "--checkpoint", checkpoint, "--key", key[1].replace(/pem$/, "pub"));
    expect(command(place, "dpo", "audit", "export", "--output", log).status).toBe(0);
    expect(judged().said).toContain("The log holds");
    const bytes = readFileSync(log);
    bytes[Math.floor(bytes.length / 2)] ^= 1;
    writeFileSync(log, bytes);
    expect(judged().status).not.toBe(0);
  });
});

// The technician's morning: send → check → import → report → rejects → month → deposited → calendar.
import { spawn, execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, expectAccessible, expectNoSidewaysScroll, test as base } from "./site.js";

const built = process.env.CARGO_TARGET_DIR ?? "../target";
const program = process.env.LIANT ?? join(built, "debug/liant");
const server = join(built, "debug/examples/signed_in");
const run = (...args) => execFileSync(program, args, { stdio: ["ignore", "pipe", "ignore"] });

/** Files of an invented territory, with an office that has received none of them. */
function office() {
  const folder = mkdtempSync(join(tmpdir(), "liant-files-"));
  run("demo", "--dir", join(folder, "demo"), "--people", "400", "--months", "2");
  run("init", "--dir", join(folder, "office"), "--territory", "62");
  return folder;
}

async function serve(folder) {
  const child = spawn(server, [folder, "technician"], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const first = await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next();
  if (first.done) throw new Error("the site did not start");
  return {
    address: first.value.trim(),
    async stop(signal = "SIGTERM") {
      child.kill(signal);
      await ended;
    },
  };
}

/** A territory and its site for each test; signed in. */
const test = base.extend({
  folder: async ({}, use) => {
    const folder = office();
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  },
  home: async ({ folder }, use) => {
    const site = await serve(join(folder, "office"));
    await use(site.address);
    await site.stop();
  },
  baseURL: async ({ home }, use) => use(home),
  context: async ({ context, home }, use) => {
    await context.addCookies([{ name: "liant-session", value: "a".repeat(32), url: home }]);
    await use(context);
  },
});

const pecgm = (folder, which = 0) =>
  run_list(folder).filter((name) => name.startsWith("pecgm"))[which];
const run_list = (folder) =>
  execFileSync("ls", [join(folder, "demo")]).toString().split("\n").filter(Boolean).sort();

async function send(page, path) {
  await page.goto("/files/new");
  await page.locator('input[type="file"]').setInputFiles(path);
  await page.getByRole("button", { name: /Vérifier le fichier|Check the file/ }).click();
  // The work is followed by itself, or by a link where there is no script.
  await followed(page);
}

async function followed(page) {
  await page.waitForURL(/\/files\/uploads\//);
  const working = page.locator("#work progress");
  const refresh = page.getByRole("link", { name: /Voir où il en est|See how far/ });
  await expect(async () => {
    if (await refresh.isVisible()) await refresh.click();
    expect(await working.count()).toBe(0);
  }).toPass();
}

async function load(page, path) {
  await send(page, path);
  await page.getByRole("button", { name: /^(Importer|Import) / }).click();
  await followed(page);
  await page.getByRole("button", { name: /Voir le compte rendu|See the report/ }).click();
}

/** What the Département and the CNAF have sent, from the command line. */
function received(folder) {
  const env = { ...process.env, LIANT_CONFIG: join(folder, "office/liant.toml"), LIANT_AS: "technician" };
  const files = run_list(folder);
  for (const name of ["personnes.csv", files.find((name) => name.startsWith("rsabem"))]) {
    execFileSync(program, ["flux", "import", join(folder, "demo", name)], { env, stdio: "ignore" });
  }
}

function oriented(folder) {
  const env = { ...process.env, LIANT_CONFIG: join(folder, "office/liant.toml"), LIANT_AS: "officer" };
  try {
    execFileSync(program, ["orientation", "import", join(folder, "demo/orientations.csv")], { env, stdio: "ignore" });
  } catch (error) {
    if (error.status !== 1) throw error;
  }
}

function faulty(folder) {
  const path = join(folder, "pecgm-fautif.xml");
  run("flux", "sample", "pecgm", "--records", "60", "--defect", "long-name", "-o", path);
  return path;
}

const shots = process.env.LIANT_SHOTS;
async function look(page, name, info) {
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
  const body = await page.screenshot({ fullPage: true, ...(shots ? { path: join(shots, `${info.project.name || ""}${name}.png`) } : {}) });
  await info.attach(name, { body, contentType: "image/png" });
}

const views = [
  { name: "French, phone", locale: "fr-FR", viewport: { width: 360, height: 780 }, tag: "360" },
  { name: "French, desk", locale: "fr-FR", viewport: { width: 1440, height: 900 }, tag: "1440" },
  { name: "English, desk", locale: "en-GB", viewport: { width: 1440, height: 900 }, tag: "en" },
];

for (const { name, locale, viewport, tag } of views) {
  test.describe(name, () => {
    test.use({ locale, viewport });
    test("the technician's whole morning, each state accessible", async ({ page, folder }, info) => {
      test.setTimeout(180_000);
      await page.goto("/files");
      await look(page, `${tag}-01-files-empty`, info);
      await page.goto("/month");
      await look(page, `${tag}-02-month-empty`, info);
      received(folder);
      await page.goto("/files/new");
      await look(page, `${tag}-03-new`, info);
      await page.getByRole("button", { name: /Vérifier le fichier|Check the file/ }).click();
      await expect(page.getByRole("alert")).toBeVisible();
      await look(page, `${tag}-04-new-error`, info);
      await send(page, join(folder, "demo", pecgm(folder)));
      await look(page, `${tag}-05-preview`, info);
      await page.getByRole("button", { name: /^(Importer|Import) / }).click();
      await followed(page);
      await look(page, `${tag}-06-imported`, info);
      await page.getByRole("button", { name: /Voir le compte rendu|See the report/ }).click();
      await look(page, `${tag}-07-report`, info);
      await send(page, join(folder, "demo", pecgm(folder)));
      await look(page, `${tag}-08-same-file`, info);
      await send(page, faulty(folder));
      await look(page, `${tag}-09-preview-faulty`, info);
      await page.goto("/files");
      await look(page, `${tag}-10-files`, info);
      oriented(folder);
      await page.goto("/month");
      await look(page, `${tag}-11-month`, info);
      await page.goto("/month/held-back");
      await look(page, `${tag}-12-held-back`, info);
      await page.goto("/month");
      await page.getByRole("button", { name: /Construire le fichier|Build the file/ }).click();
      await look(page, `${tag}-13-month-built`, info);
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name: /Télécharger|Download/ }).click(),
      ]);
      expect(readFileSync(await download.path(), "latin1")).toMatch(/^<\?xml[^>]*ISO-8859-1/);
      await page.getByLabel(/^(Année|Year)$/).fill("2020");
      await page.getByRole("button", { name: /Marquer comme déposé|Mark as deposited/ }).click();
      await expect(page.getByRole("alert")).toBeVisible();
      await look(page, `${tag}-14-month-wrong-day`, info);
      await page.getByLabel(/^(Année|Year)$/).fill(String(new Date().getFullYear()));
      await page.getByRole("button", { name: /Marquer comme déposé|Mark as deposited/ }).click();
      await expect(page.locator("#history tbody tr")).toHaveCount(1);
      await look(page, `${tag}-15-month-deposited`, info);
      await page.goto("/calendar");
      await look(page, `${tag}-16-calendar`, info);
      await page.goto("/calendar?month=2026-05");
      await look(page, `${tag}-17-calendar-doubt`, info);
      await page.goto("/calendar?year=2027");
      await look(page, `${tag}-18-calendar-year`, info);
      await page.getByRole("button", { name: /Créer mon adresse|Make my address/ }).click();
      const address = await page.locator("#address").inputValue();
      await look(page, `${tag}-19-feed`, info);
      const feed = await page.request.get(address);
      expect(feed.headers()["content-type"]).toContain("text/calendar");
      expect(await feed.text()).toContain("BEGIN:VEVENT");
    });
  });
}

test.describe("in French", () => {
  test.use({ locale: "fr-FR", viewport: { width: 1440, height: 900 } });

  test("rejects are read, filtered and taken away", async ({ page, folder }, info) => {
    received(folder);
    await load(page, faulty(folder));
    await page.getByRole("link", { name: "Voir les rejets" }).click();
    await expect(page.locator("tbody tr")).toHaveCount(1);
    await look(page, "rejects", info);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Télécharger les rejets (CSV)" }).click(),
    ]);
    expect(readFileSync(await download.path(), "utf8")).toContain("PECGM-NOM-NAISSANCE-LENGTH");
    await page.goto(`${page.url()}?rule=NONE`);
    await expect(page.getByText("Aucun rejet")).toBeVisible();
    await look(page, "rejects-none", info);
  });

  test("by keyboard alone", async ({ page, folder }) => {
    received(folder);
    await page.goto("/files/new");
    await page.locator('input[type="file"]').setInputFiles(join(folder, "demo", pecgm(folder)));
    await page.getByRole("button", { name: "Vérifier le fichier" }).focus();
    await page.keyboard.press("Enter");
    await followed(page);
    const button = page.getByRole("button", { name: /^Importer / });
    for (let presses = 0; presses < 60 && !(await button.evaluate((element) => element === document.activeElement)); presses += 1) {
      await page.keyboard.press("Tab");
    }
    await expect(button).toBeFocused();
    await page.keyboard.press("Enter");
    await followed(page);
    await expect(page.getByRole("heading", { name: "Le fichier est importé" })).toBeVisible();
  });

  test("a file of no known flow is refused, and says what to do", async ({ page }, info) => {
    await page.goto("/files/new");
    await page.locator('input[type="file"]').setInputFiles({ name: "photo.jpg", mimeType: "image/jpeg", buffer: Buffer.alloc(5000, 7) });
    await page.getByRole("button", { name: "Vérifier le fichier" }).click();
    await expect(page.getByRole("alert")).toContainText("d’aucun flux connu");
    await look(page, "unknown-file", info);
  });

  test("a file waits for its decision, and may be given up", async ({ page, folder }) => {
    received(folder);
    await send(page, join(folder, "demo", pecgm(folder)));
    await page.goto("/files");
    await expect(page.getByText("En attente de votre décision")).toBeVisible();
    await page.locator(".rows a").click();
    await page.getByRole("button", { name: "Abandonner" }).click();
    await expect(page.getByText("En attente de votre décision")).toBeHidden();
  });
});

test.describe("without JavaScript", () => {
  test.use({ locale: "fr-FR", javaScriptEnabled: false });

  test("a file is imported, the month is built and deposited", async ({ page, folder }) => {
    test.setTimeout(120_000);
    received(folder);
    await load(page, join(folder, "demo", pecgm(folder)));
    await expect(page.getByRole("heading", { name: "Ce que l’import a fait" })).toBeVisible();
    oriented(folder);
    await page.goto("/month");
    await page.getByRole("button", { name: "Construire le fichier" }).click();
    await page.getByRole("button", { name: "Marquer comme déposé" }).click();
    await expect(page.locator("#history tbody tr")).toHaveCount(1);
  });
});

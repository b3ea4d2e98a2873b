// The technician's morning: send → check → import → report → rejects → month → deposited → calendar.
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Office } from "./accounts.js";
import { program, run, scratch, serve, expect, test as base } from "./site.js";
import { seen } from "./territory.js";

/** The files of an invented territory, and for each test an office that has received none of them, its technician signed in. */
const test = base.extend({
  files: [
    async ({}, use) => {
      const { folder, remove } = scratch();
      run("demo", "--dir", folder, "--people", "400", "--months", "2", "--no-serve");
      await use(folder);
      remove();
    },
    { scope: "worker" },
  ],
  home: async ({}, use) => {
    const { folder, remove } = scratch();
    run("init", "--dir", folder, "--territory", "62");
    const site = await serve(folder);
    await use(site);
    await site.stop();
    remove();
  },
  folder: async ({ files, home }, use) => use({ files, office: home.folder }),
  baseURL: async ({ home }, use) => use(home.address),
  context: async ({ context, home }, use) => {
    await new Office(program, home).signIn(context, "technician");
    await use(context);
  },
});

const named = ({ files }, start) => join(files, readdirSync(files).sort().find((name) => name.startsWith(start)));

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

/** The command line on the office. */
const command = ({ office }, who, ...args) =>
  execFileSync(program, ["--config", join(office, "liant.toml"), "--as", who, ...args], { stdio: "ignore" });

/** What the Département and the CNAF have sent, from the command line. */
function received(folder) {
  for (const start of ["personnes.csv", "rsabem"]) command(folder, "technician", "flux", "import", named(folder, start));
}

/** Decisions of orientation; those of people who are unknown are left out, and told by the status. */
function oriented(folder) {
  try {
    command(folder, "officer", "orientation", "import", named(folder, "orientations.csv"));
  } catch (error) {
    if (error.status !== 1) throw error;
  }
}

function faulty({ office }) {
  const path = join(office, "pecgm-fautif.xml");
  run("flux", "sample", "pecgm", "--records", "60", "--defect", "long-name", "-o", path);
  return path;
}

const views = [
  { name: "French, phone", locale: "fr-FR", viewport: { width: 360, height: 780 }, },
  { name: "French, desk", locale: "fr-FR", viewport: { width: 1440, height: 900 } },
  { name: "English, desk", locale: "en-GB", viewport: { width: 1440, height: 900 } },
];

for (const { name, locale, viewport } of views) {
  test.describe(name, () => {
    test.use({ locale, viewport });
    test("the technician's whole morning, each state accessible", async ({ page, folder }, info) => {
      test.setTimeout(180_000);
      await page.goto("/files");
      await seen(page, info, `01-files-empty`);
      await page.goto("/month");
      await seen(page, info, `02-month-empty`);
      received(folder);
      await page.goto("/files/new");
      await seen(page, info, `03-new`);
      await page.getByRole("button", { name: /Vérifier le fichier|Check the file/ }).click();
      await expect(page.getByRole("alert")).toBeVisible();
      await seen(page, info, `04-new-error`);
      await send(page, named(folder, "pecgm"));
      await seen(page, info, `05-preview`);
      await page.getByRole("button", { name: /^(Importer|Import) / }).click();
      await followed(page);
      await seen(page, info, `06-imported`);
      await page.getByRole("button", { name: /Voir le compte rendu|See the report/ }).click();
      await seen(page, info, `07-report`);
      await send(page, named(folder, "pecgm"));
      await seen(page, info, `08-same-file`);
      await send(page, faulty(folder));
      await seen(page, info, `09-preview-faulty`);
      await page.goto("/files");
      await seen(page, info, `10-files`);
      oriented(folder);
      await page.goto("/month");
      await seen(page, info, `11-month`);
      await page.goto("/month/held-back");
      await seen(page, info, `12-held-back`);
      await page.goto("/month");
      await page.getByRole("button", { name: /Construire le fichier|Build the file/ }).click();
      await seen(page, info, `13-month-built`);
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name: /Télécharger|Download/ }).click(),
      ]);
      expect(readFileSync(await download.path(), "latin1")).toMatch(/^<\?xml[^>]*ISO-8859-1/);
      await page.getByLabel(/^(Année|Year)$/).fill("2020");
      await page.getByRole("button", { name: /Marquer comme déposé|Mark as deposited/ }).click();
      await expect(page.getByRole("alert")).toBeVisible();
      await seen(page, info, `14-month-wrong-day`);
      await page.getByLabel(/^(Année|Year)$/).fill(String(new Date().getFullYear()));
      await page.getByRole("button", { name: /Marquer comme déposé|Mark as deposited/ }).click();
      await expect(page.locator("#history tbody tr")).toHaveCount(1);
      await seen(page, info, `15-month-deposited`);
      await page.goto("/calendar");
      await seen(page, info, `16-calendar`);
      await page.goto("/calendar?month=2026-05");
      await seen(page, info, `17-calendar-doubt`);
      await page.goto("/calendar?year=2027");
      await seen(page, info, `18-calendar-year`);
      await page.getByRole("button", { name: /Créer mon adresse|Make my address/ }).click();
      const address = await page.locator("#address").inputValue();
      await seen(page, info, `19-feed`);
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
    await seen(page, info, "rejects");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Télécharger les rejets (CSV)" }).click(),
    ]);
    expect(readFileSync(await download.path(), "utf8")).toContain("PECGM-NOM-NAISSANCE-LENGTH");
    await page.goto(`${page.url()}?rule=NONE`);
    await expect(page.getByText("Aucun rejet")).toBeVisible();
    await seen(page, info, "rejects-none");
  });

  test("by keyboard alone", async ({ page, folder }) => {
    received(folder);
    await page.goto("/files/new");
    await page.locator('input[type="file"]').setInputFiles(named(folder, "pecgm"));
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
    await seen(page, info, "unknown-file");
  });

  test("a file waits for its decision, and may be given up", async ({ page, folder }) => {
    received(folder);
    await send(page, named(folder, "pecgm"));
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
    await load(page, named(folder, "pecgm"));
    await expect(page.getByRole("heading", { name: "Ce que l’import a fait" })).toBeVisible();
    oriented(folder);
    await page.goto("/month");
    await page.getByRole("button", { name: "Construire le fichier" }).click();
    await page.getByRole("button", { name: "Marquer comme déposé" }).click();
    await expect(page.locator("#history tbody tr")).toHaveCount(1);
  });
});

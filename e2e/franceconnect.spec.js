// A person comes into her own space by an identity that the State vouches for, at a real OpenID provider: when who is meant is beyond
// doubt, and then only.
import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { OpenIdProvider, SECRET, STRONG } from "./provider.js";
import { expect, run, scratch, seen, serve, test as base } from "./site.js";

// Nobody of these exists; no birth in Arras ever had the last number.
const LIST = `id_interne,nir,nom_naissance,nom_usage,prenom,date_naissance,commune,matricule_caf,code_pe,identifiant_pe
R1,2800262041999,LEFEVRE NOEL,,LEA,1980-02-01,62041,,,
R2,,LEFEVRE NOEL,,ANNE,1981-03-02,62041,,,
R3,2820462041999,BABEL,,ZOE,1982-04-03,62041,,,
R4,,BABEL,,ZOE,1982-04-03,62193,,,
R5,1830562041999,DUPONT,,PAUL,1983-05-04,62041,,,
`;

const born = (birthdate, birthplace = "62041", birthcountry = "99100") => ({ birthdate, birthplace, birthcountry });
const PEOPLE = {
  known: { given_name: "Léa Marie", family_name: "Lefèvre-Noël", gender: "female", ...born("1980-02-01") },
  "without a number": { given_name: "Anne", family_name: "Lefèvre-Noël", gender: "female", ...born("1981-03-02") },
  "a namesake": { given_name: "Zoé", family_name: "Babel", gender: "female", ...born("1982-04-03") },
  "of another place": { given_name: "Paul", family_name: "Dupont", gender: "male", ...born("1983-05-04", "62193") },
  unknown: { given_name: "Odile", family_name: "Zola", gender: "female", ...born("1990-01-01") },
  "half stated": { given_name: "Léa Marie", family_name: "Lefèvre-Noël", birthdate: "1980-02-01" },
};

const test = base.extend({
  provider: [
    async ({}, use) => {
      const provider = await new OpenIdProvider().start();
      for (const [login, claims] of Object.entries(PEOPLE)) provider.people.set(address(login), claims);
      await use(provider);
      await provider.stop();
    },
    { scope: "worker" },
  ],
  place: [
    async ({ provider }, use) => {
      const { folder, remove } = scratch();
      run("init", "--dir", folder);
      writeFileSync(join(folder, "people.csv"), LIST);
      run("--config", join(folder, "liant.toml"), "--as", "technician", "flux", "import", join(folder, "people.csv"));
      writeFileSync(join(folder, "provider.secret"), `${SECRET}\n`, { mode: 0o600 });
      appendFileSync(
        join(folder, "liant.toml"),
        `
[[accounts.provider]]
issuer = "${provider.issuer}"
name = "FranceConnect"
signs_in = "people"
client_id = "liant"
secret_file = "provider.secret"
scopes = ["openid", "given_name", "family_name", "birthdate", "gender", "birthplace", "birthcountry"]
acr = ["${STRONG}"]
`,
      );
      const site = await serve(folder);
      provider.admit(site.address);
      await use(site);
      expect(await site.stop(), "the site stops cleanly when asked").toBe(0);
      remove();
    },
    { scope: "worker" },
  ],
});

const address = (login) => `${login.replaceAll(" ", ".")}@people.example`;

async function leave(page) {
  await page.goto("/me/sign-in");
  await page.getByRole("button", { name: /FranceConnect$/ }).click();
  await page.waitForURL(/\/interaction\//);
}

async function show(page, login, way = "Entrer") {
  await page.getByLabel("Adresse").fill(address(login));
  await page.getByRole("button", { name: way, exact: true }).click();
}

for (const [name, locale, viewport] of [
  ["French, phone", "fr-FR", { width: 360, height: 780 }],
  ["English, desk", "en-GB", { width: 1440, height: 900 }],
]) {
  test.describe(name, () => {
    test.use({ locale, viewport });

    test("she comes in, sees herself, and is out here and there", async ({ page }, info) => {
      await page.goto("/me/sign-in");
      await seen(page, info, "sign-in");
      await leave(page);
      await show(page, "known");
      await page.waitForURL(/\/me$/);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(/LEA/);
      await page.getByRole("button", { name: /^(Quitter|Leave)$/ }).click();
      await page.getByRole("button", { name: "Sortir" }).click();
      await page.waitForURL(/\/me\/left/);
      await page.goto("/me");
      await expect(page).toHaveURL(/\/me\/sign-in$/);
      // Again: the same space, asked anew.
      await leave(page);
      await show(page, "known");
      await page.waitForURL(/\/me$/);
    });

    test("in doubt nobody comes in", async ({ page }, info) => {
      for (const login of Object.keys(PEOPLE).filter((login) => login !== "known")) {
        await page.context().clearCookies();
        await leave(page);
        await show(page, login);
        await expect(page.getByText(/reconnaître avec certitude|beyond doubt which file/), login).toBeVisible();
        await page.goto("/me");
        await expect(page, login).toHaveURL(/\/me\/sign-in$/);
      }
      await page.context().clearCookies();
      await leave(page);
      await show(page, "unknown");
      await seen(page, info, "doubt");
    });
  });
}

test.describe("in French", () => {
  test.use({ locale: "fr-FR" });

  test("a weak sign-in, a lie and a refusal lead nowhere", async ({ page, provider }) => {
    await leave(page);
    provider.lie((claims) => ({ ...claims, acr: "eidas1" }));
    await show(page, "known");
    await expect(page.getByText("niveau de garantie")).toBeVisible();
    await page.context().clearCookies();
    await leave(page);
    provider.lie((claims) => ({ ...claims, nonce: "n".repeat(64) }));
    await show(page, "known");
    await expect(page.getByText("ne correspond pas à la demande")).toBeVisible();
    await page.context().clearCookies();
    await leave(page);
    await page.getByRole("button", { name: "Annuler" }).click();
    await expect(page.getByText("interrompu la connexion")).toBeVisible();
  });

  test("it opens nothing to professionals, nor is it offered to them", async ({ page, provider }) => {
    await page.goto("/sign-in");
    await expect(page.getByRole("button", { name: /FranceConnect$/ })).toHaveCount(0);
    await leave(page);
    const question = provider.questions.at(-1);
    expect(question.get("redirect_uri")).toMatch(/\/me\/sign-in\/answer$/);
    expect(question.get("scope")).toContain("birthplace");
  });
});

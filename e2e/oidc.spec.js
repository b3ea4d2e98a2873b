// Signing in at a real OpenID provider: every way in, every way it can go wrong, and out again.
import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Office } from "./accounts.js";
import { OpenIdProvider, SECRET, STRONG, key } from "./provider.js";
import { expect, program, run, scratch, seen, serve, test as base } from "./site.js";

/** A site that knows a provider. */
async function withProvider(settings) {
  const { folder, remove } = scratch();
  run("init", "--dir", folder);
  writeFileSync(join(folder, "provider.secret"), `${SECRET}\n`, { mode: 0o600 });
  appendFileSync(join(folder, "liant.toml"), settings);
  const site = await serve(folder);
  const stop = async () => {
    expect(await site.stop(), "the site stops cleanly when asked").toBe(0);
    remove();
  };
  return { ...site, stop };
}

const test = base.extend({
  // A site of its own for each worker, that knows a provider of its own.
  provider: [
    async ({}, use) => {
      const provider = await new OpenIdProvider().start();
      await use(provider);
      await provider.stop();
    },
    { scope: "worker" },
  ],
  place: [
    async ({ provider }, use) => {
      const settings = `
[[accounts.provider]]
issuer = "${provider.issuer}"
name = "ProConnect"
about = "https://proconnect.gouv.fr/"
client_id = "liant"
secret_file = "provider.secret"
acr = ["eidas1", "${STRONG}"]
second_factor_acr = ["${STRONG}"]
vouches_for_email = true
`;
      const site = await withProvider(settings);
      provider.admit(site.address);
      await use(site);
      await site.stop();
    },
    { scope: "worker" },
  ],
  office: [async ({ place }, use) => use(new Office(program, place)), { scope: "worker" }],
});

const BUTTON = /ProConnect$/;

/** From our sign-in page to the provider's. */
async function leave(page, next = "") {
  await page.goto(`/sign-in${next}`);
  await page.getByRole("button", { name: BUTTON }).click();
  await page.waitForURL(/\/interaction\//);
}

/** Shows the provider who she is, in one of the ways it offers. */
async function show(page, email, way = "Entrer") {
  await page.getByLabel("Adresse").fill(email);
  await page.getByRole("button", { name: way, exact: true }).click();
}

/** Someone who has come in by the provider once: the invitation has linked her. */
async function linked(page, office) {
  const service = office.organisation("Département", "departement");
  const email = office.address("agent");
  // The button stands on the invitation too.
  await page.goto(`/invitation/${office.invite(email, "clerk", service)}`);
  await page.getByRole("button", { name: BUTTON }).click();
  await page.waitForURL(/\/interaction\//);
  await show(page, email);
  // Joined by invitation, she chooses where she works.
  await page.waitForURL(/\/($|sign-in\/seat)/);
  if (page.url().includes("/sign-in/seat")) {
    await page.getByRole("radio").first().check();
    await page.getByRole("button", { name: /^(Continuer|Continue)$/ }).click();
  }
  await expect(page.getByRole("link", { name: "Inès Vauquelin" })).toBeVisible();
  return email;
}

/** Out, here and there. */
async function out(page) {
  await page.getByRole("button", { name: /Se déconnecter|Sign out/ }).click();
  await page.getByRole("button", { name: "Sortir" }).click();
  await page.waitForURL(/\/signed-out/);
}

for (const [name, locale, viewport] of [
  ["French, phone", "fr-FR", { width: 360, height: 780 }],
  ["French, desk", "fr-FR", { width: 1440, height: 900 }],
  ["English, desk", "en-GB", { width: 1440, height: 900 }],
]) {
  test.describe(name, () => {
    test.use({ locale, viewport });

    test("in by an invitation, out here and there, and in again", async ({ page, office, provider }, info) => {
      const email = await linked(page, office);
      const question = provider.questions.at(-1);
      expect(question.get("state").length).toBeGreaterThanOrEqual(32);
      expect(question.get("nonce").length).toBeGreaterThanOrEqual(32);
      expect(question.get("code_challenge_method")).toBe("S256");
      expect(JSON.parse(question.get("claims")).id_token.acr).toEqual({ essential: true, values: ["eidas1", STRONG] });
      await out(page);
      expect(page.url()).toContain("state=");
      await expect(page.getByText(/sorti de Liant et du fournisseur|out of Liant and of the identity provider/)).toBeVisible();
      await seen(page, info, "signed-out");
      await leave(page, "?next=/account");
      await show(page, email);
      await page.waitForURL(/\/account$/);
    });

    test("unknown, cancelled and down are told, with what to do", async ({ page, office, provider }, info) => {
      await page.goto("/sign-in");
      await seen(page, info, "sign-in");
      await leave(page);
      await show(page, office.address("unknown"));
      await expect(page.getByText(/aucun compte de Liant|no account of Liant/)).toBeVisible();
      await seen(page, info, "unknown");
      await page.context().clearCookies({ domain: "127.0.0.1" });
      await leave(page);
      await page.getByRole("button", { name: "Annuler" }).click();
      await expect(page.getByText(/interrompu la connexion|stopped the sign-in/)).toBeVisible();
      await seen(page, info, "cancelled");
    });
  });
}

test.describe("in French", () => {
  test.use({ locale: "fr-FR" });

  test("without a second factor there, Liant asks for its own", async ({ page, office }) => {
    const service = office.organisation("Département", "departement");
    const email = office.address("agent");
    await page.goto(`/invitation/${office.invite(email, "clerk", service)}`);
    await leave(page);
    await show(page, email, "Entrer sans second facteur");
    await page.waitForURL(/\/sign-in\/second-factor/);
  });

  test("an invitation to another address links nobody", async ({ page, office }) => {
    const service = office.organisation("Département", "departement");
    await page.goto(`/invitation/${office.invite(office.address("invited"), "clerk", service)}`);
    await leave(page);
    await show(page, office.address("another"));
    await expect(page.getByText("destinée à une autre adresse")).toBeVisible();
  });

  // Each lie of a provider, or of someone in its place, and a word of what she is told.
  const lies = {
    "another nonce": [(claims) => ({ ...claims, nonce: "n".repeat(64) }), "ne correspond pas à la demande"],
    "no nonce": [({ nonce, ...claims }) => claims, "ne correspond pas à la demande"],
    "a level that is too low": [(claims) => ({ ...claims, acr: "eidas0" }), "niveau de garantie"],
    "no level": [({ acr, ...claims }) => claims, "niveau de garantie"],
    "for another service": [(claims) => ({ ...claims, aud: "other" }), "n’a pas pu être vérifiée"],
    "run out": [(claims) => ({ ...claims, exp: claims.iat - 3600 }), "n’a pas pu être vérifiée"],
    "another issuer": [(claims) => ({ ...claims, iss: "https://op.example" }), "n’a pas pu être vérifiée"],
    "someone else’s token": [(claims) => ({ ...claims, sub: "sub-other" }), "n’a pas pu être vérifiée"],
    "another access token": [(claims) => ({ ...claims, at_hash: "AAAAAAAAAAAAAAAAAAAAAA" }), "n’a pas pu être vérifiée"],
    "signed by another key": [(claims, provider) => provider.signed(claims, { by: key("first") }), "n’a pas pu être vérifiée"],
    "signed by nobody": [(claims, provider) => provider.signed(claims, { header: { alg: "none" } }), "n’a pas pu être vérifiée"],
  };
  for (const [name, [turn, told]] of Object.entries(lies)) {
    test(`a token is not believed: ${name}`, async ({ page, office, provider }) => {
      provider.lie((claims) => turn(claims, provider));
      await leave(page);
      await show(page, office.address("agent"));
      await expect(page.getByText(told).first()).toBeVisible();
      await page.goto("/account");
      await expect(page).toHaveURL(/\/sign-in/);
    });
  }

  test("another state, a state of nobody’s and an answer played again lead nowhere", async ({ page, office, provider, site }) => {
    const email = await linked(page, office);
    await out(page);
    const answers = [];
    page.on("request", (request) => request.url().includes("/sign-in/answer?") && answers.push(request.url()));
    await leave(page);
    await show(page, email);
    await expect(page.getByRole("link", { name: "Inès Vauquelin" })).toBeVisible();
    await out(page);
    // Played again, with the state of before.
    await page.goto(answers.at(-1));
    await expect(page.getByRole("heading", { name: "La connexion n’a pas abouti" })).toBeVisible();
    // The answer to someone else's question.
    await leave(page);
    await page.goto(`${site}/sign-in/answer?code=stolen&state=${"0".repeat(64)}`);
    await expect(page.getByRole("heading", { name: "La connexion n’a pas abouti" })).toBeVisible();
    await page.goto(`${site}/sign-in/answer`);
    await expect(page.getByRole("heading", { name: "La connexion n’a pas abouti" })).toBeVisible();
    // The right state, a code of nobody's: the provider refuses.
    await page.goto("/sign-in");
    await page.getByRole("button", { name: BUTTON }).click();
    await page.waitForURL(/\/interaction\//);
    await page.goto(`${site}/sign-in/answer?code=stolen&state=${provider.questions.at(-1).get("state")}`);
    await expect(page.getByText("n’a pas confirmé votre connexion")).toBeVisible();
    // The right state, another provider's answer.
    await leave(page);
    const state = provider.questions.at(-1).get("state");
    await page.goto(`${site}/sign-in/answer?code=x&state=${state}&iss=https://op.example`);
    await expect(page.getByText("n’a pas pu être vérifiée")).toBeVisible();
    await page.goto("/account");
    await expect(page).toHaveURL(/\/sign-in/);
  });

  test("the provider’s keys change, and she comes in", async ({ page, office, provider }) => {
    const email = await linked(page, office);
    await page.context().clearCookies();
    await provider.rotate();
    await leave(page);
    await show(page, email);
    await expect(page.getByRole("link", { name: "Inès Vauquelin" })).toBeVisible();
  });

  test("a provider that is down is told, and a password still comes in", async ({ page }, info) => {
    const settings = `
[[accounts.provider]]
issuer = "http://127.0.0.1:1"
name = "ProConnect"
client_id = "liant"
secret_file = "provider.secret"
`;
    const place = await withProvider(settings);
    const her = await new Office(program, place).colleague("clerk");
    await page.goto(`${place.address}/sign-in`);
    const [answer] = await Promise.all([
      page.waitForResponse(/\/sign-in\/provider\/0/),
      page.getByRole("button", { name: BUTTON }).click(),
    ]);
    expect(answer.status()).toBe(503);
    await expect(page.getByText("ProConnect ne répond pas")).toBeVisible();
    await seen(page, info, "down");
    await page.locator("#email").fill(her.email);
    await page.locator("#password").fill(her.password);
    await page.getByRole("button", { name: "Se connecter", exact: true }).click();
    await page.waitForURL(/\/sign-in\/code/);
    await place.stop();
  });
});

test.describe("without JavaScript", () => {
  test.use({ locale: "fr-FR", javaScriptEnabled: false });

  test("in and out", async ({ page, office }) => {
    await linked(page, office);
    await out(page);
    await expect(page.getByText("sorti de Liant et du fournisseur")).toBeVisible();
  });
});

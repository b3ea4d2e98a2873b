import { Application } from "./accounts.js";
import { expect, seen, test } from "./site.js";

const NEW_PASSWORD = "sorbier quai lampe ondine fagot brique";

/** Checks a state of a page, and keeps its picture. */
/** Sends the form by the keyboard, and waits for the page that answers. */
async function enter(page) {
  await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
}

async function password(page, { email, password }) {
  await page.goto("/sign-in");
  await page.getByLabel(/^(Adresse électronique|E-mail address)/).fill(email);
  await page.locator("#password").fill(password);
  await enter(page);
}

/** Reads the key that the page of the QR code shows. */
async function link(page) {
  const application = new Application(await page.locator(".secret").innerText());
  await page.locator("#code").fill(application.code());
  await enter(page);
  return application;
}

/** A new colleague, from the invitation to the home page, and every state on the way. */
async function newcomer({ page, office }, info, words) {
  const service = office.organisation("SLAI de Lens", "local_service", { parent: office.organisation("Département", "departement") });
  const token = office.invite(office.address("nouvelle"), "local_service_head", service);
  await page.goto(`/invitation/${token}`);
  expect(page.url()).toMatch(/\/invitation$/);
  await seen(page, info, "invitation");
  await page.locator("#name").fill("Inès Vauquelin-Desrumaux");
  await page.locator("#password").fill("motdepasse123");
  await page.locator("#again").fill("motdepasse123");
  await page.getByRole("button", { name: words.create }).click();
  await seen(page, info, "invitation-refused");
  await page.locator("#password").fill(NEW_PASSWORD);
  await page.locator("#again").fill(NEW_PASSWORD);
  await page.getByRole("button", { name: words.create }).click();
  await seen(page, info, "second-factor");
  await page.getByRole("button", { name: words.begin }).click();
  await seen(page, info, "scan");
  await page.locator("#code").fill("000000");
  await enter(page);
  await seen(page, info, "scan-refused");
  await link(page);
  await expect(page.locator(".recovery li")).toHaveCount(10);
  await seen(page, info, "recovery-codes");
  await page.locator("a.govuk-button").click();
  // Joined by invitation, she chooses where she works.
  await page.waitForURL(/\/($|sign-in\/seat)/);
  if (page.url().includes("/sign-in/seat")) {
    await seen(page, info, "seat");
    await page.getByRole("radio").first().check();
    await page.getByRole("button", { name: words.next }).click();
  }
  await expect(page.getByRole("link", { name: "Inès Vauquelin-Desrumaux" })).toBeVisible();
  await seen(page, info, "home");
  await page.goto("/account");
  await seen(page, info, "account");
}

const FRENCH = { create: "Créer mon compte", begin: "J’ai une application, continuer", next: "Continuer" };
const ENGLISH = { create: "Create my account", begin: "I have an application, continue", next: "Continue" };

for (const [name, locale, viewport, words] of [
  ["French, phone", "fr-FR", { width: 360, height: 780 }, FRENCH],
  ["French, desk", "fr-FR", { width: 1440, height: 900 }, FRENCH],
  ["English, desk", "en-GB", { width: 1440, height: 900 }, ENGLISH],
]) {
  test.describe(name, () => {
    test.use({ locale, viewport });

    test("a new colleague comes in from her invitation", async ({ page, office }, info) => {
      await newcomer({ page, office }, info, words);
    });

    test("every page of her account", async ({ page, context, office }, info) => {
      const her = await office.signIn(context, "technician");
      for (const path of ["profile", "password", "second-factor", "recovery-codes"]) {
        await page.goto(`/account/${path}`);
        await seen(page, info, path);
      }
      await page.goto("/account/recovery-codes");
      await page.locator("#code").fill(her.application.code());
      await enter(page);
      await expect(page.locator(".recovery li")).toHaveCount(10);
      await page.goto("/account?done=codes");
      await seen(page, info, "done");
    });

    test("an admin's morning", async ({ page, context, office }, info) => {
      // Some twenty states, each looked at by axe.
      test.slow();
      const organisation = office.organisation(`Direction de l’insertion et de l’autonomie de ${name}`, "departement");
      office.organisation(`CCAS de Liévin (${name})`, "ccas", { party: "ccas-lievin" });
      const colleague = office.account("clerk", { organisation, name: "Maximilienne de La Rochebrune-Vandenbossche" });
      await office.signIn(context, "technician", { organisation, admin: true, name: "Ariane Kowalczyk" });
      await page.goto("/organisations");
      await seen(page, info, "organisations");
      await page.getByRole("link", { name: organisation }).click();
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(organisation);
      await seen(page, info, "people");
      const people = page.url();
      await page.goto(`${people}/invite`);
      await page.locator("button.govuk-button").click();
      await seen(page, info, "invite-refused");
      await page.locator("#email").fill(office.address("invitee"));
      await page.locator("input[name=role][value=dpo]").check();
      await page.locator("button.govuk-button").click();
      expect(await page.locator("#link").inputValue()).toMatch(/^http:.*\/invitation\/[0-9a-f]{64}$/);
      await seen(page, info, "invited");
      await page.goto(people);
      await seen(page, info, "people-invited");
      await page.locator('a[href$="/withdraw"]').first().click();
      await seen(page, info, "withdraw");
      await page.locator("button.govuk-button").click();
      await expect(page.locator(".govuk-notification-banner")).toBeVisible();
      await page.getByRole("link", { name: colleague.name }).click();
      await seen(page, info, "member");
      const member = page.url();
      await page.locator("input[name=role][value=dpo]").check();
      await page.locator("input[name=admin]").check();
      await page.locator("button.govuk-button").click();
      await seen(page, info, "member-refused");
      for (const act of ["reset-factor", "disable", "enable", "end"]) {
        await page.goto(`${member}/${act}`);
        await seen(page, info, act);
        if (act === "reset-factor") {
          await page.locator("button.govuk-button").click();
          await seen(page, info, "reset-factor-unchecked");
          await page.locator("input[name=checked][value=video]").check();
        }
        await page.locator("button.govuk-button").click();
        await expect(page.locator(".govuk-notification-banner")).toBeVisible();
      }
      await seen(page, info, "people-ended");
      await page.goto(`${people.replace(/\?.*/, "")}/mandates`);
      await seen(page, info, "mandates");
      await page.locator("#structure").selectOption({ label: `CCAS de Liévin (${name})` });
      for (const [part, value] of [["day", "1"], ["month", "9"], ["year", "2026"]]) await page.locator(`#from-${part}`).fill(value);
      await page.locator("button.govuk-button").click();
      await seen(page, info, "mandates-one");
      await page.locator('a[href$="/end"]').click();
      await seen(page, info, "mandate-end");
      await page.locator("button.govuk-button").click();
      await expect(page.locator(".govuk-notification-banner")).toBeVisible();
    });

    test("refusals are told", async ({ page, office }, info) => {
      const her = office.account("clerk");
      await page.goto("/sign-in");
      await seen(page, info, "sign-in");
      await password(page, { ...her, password: "another one" });
      await expect(page.locator(".govuk-error-summary")).toBeFocused();
      await seen(page, info, "wrong");
      for (let i = 0; i < 5; i += 1) await password(page, { ...her, password: "another one" });
      await expect(page.getByText(/Réessayez dans|Try again in/).first()).toBeVisible();
      await seen(page, info, "too-soon");
    });

    test("code and recovery code", async ({ page, office }, info) => {
      const her = await office.colleague("clerk");
      await password(page, her);
      await seen(page, info, "code");
      await page.locator(".govuk-button-group a").click();
      await seen(page, info, "recovery-code");
      await page.locator("#code").fill(her.recovery[3].toLowerCase());
      await enter(page);
      await expect(page.locator(".govuk-notification-banner")).toContainText("9");
      await seen(page, info, "recovery-code-used");
    });
  });
}

test.describe("in French", () => {
  test.use({ locale: "fr-FR" });

  test("sessions are revoked from elsewhere", async ({ browser, page, office, site }) => {
    const her = await office.colleague("clerk");
    const elsewhere = await browser.newContext({ baseURL: site, locale: "fr-FR" });
    await elsewhere.addCookies([her.cookie]);
    const other = await elsewhere.newPage();
    await password(page, her);
    await page.locator("#code").fill(her.application.code());
    await enter(page);
    await expect(page.getByRole("link", { name: her.name })).toBeVisible();
    await other.goto("/account");
    await expect(other.getByText("Celle-ci", { exact: true })).toBeVisible();
    await page.goto("/account");
    await page.getByRole("button", { name: /^Fermer(?! toutes)/ }).click();
    await expect(page.getByText("La session est close.")).toBeVisible();
    await other.goto("/account");
    await expect(other).toHaveURL(/\/sign-in\?next=\/account/);
    await elsewhere.close();
  });

  test("who has left goes back to no page", async ({ context, page, office }) => {
    await office.signIn(context, "clerk");
    await page.goto("/account");
    const sent = page.waitForResponse((answer) => answer.url().endsWith("/sign-out"));
    await page.getByRole("button", { name: "Se déconnecter" }).click();
    expect(await (await sent).headerValue("clear-site-data")).toBe('"cache"');
    await page.waitForURL(/\/signed-out/);
    await page.goBack();
    await expect(page).toHaveURL(/\/sign-in/);
  });

  test("by keyboard alone: in, to where she was going, and out", async ({ page, office }) => {
    const her = await office.colleague("clerk");
    await page.goto("/account/password");
    await expect(page).toHaveURL(/\/sign-in\?next=\/account\/password/);
    await page.locator("#email").focus();
    await page.keyboard.type(her.email);
    await page.keyboard.press("Tab");
    await page.keyboard.type(her.password);
    await enter(page);
    await page.waitForURL(/\/sign-in\/code/);
    await page.locator("#code").focus();
    await page.keyboard.type(her.application.code());
    await enter(page);
    await page.waitForURL(/\/account\/password/);
    await page.getByRole("button", { name: "Se déconnecter" }).focus();
    await enter(page);
    await expect(page.getByRole("heading", { name: "Vous êtes déconnecté" })).toBeVisible();
  });
});

test.describe("without JavaScript", () => {
  test.use({ locale: "fr-FR", javaScriptEnabled: false });

  test("in by code, password changed, out", async ({ page, office }) => {
    const her = await office.colleague("clerk");
    await password(page, her);
    await page.locator("#code").fill(her.application.code());
    await enter(page);
    await page.goto("/account/password");
    await page.locator("#present").fill(her.password);
    await page.locator("#password").fill(NEW_PASSWORD);
    await page.locator("#again").fill(NEW_PASSWORD);
    await page.getByRole("button", { name: "Changer de mot de passe" }).click();
    await expect(page.getByText("Votre mot de passe est changé")).toBeVisible();
    await page.getByRole("button", { name: "Se déconnecter" }).click();
    await expect(page.getByRole("heading", { name: "Vous êtes déconnecté" })).toBeVisible();
    await page.goto("/account");
    await expect(page).toHaveURL(/\/sign-in/);
  });
});

// A forgotten password, from the wish to the new one: by the admin's hand, by the operator's, with and without the second factor.
import { expect, seen, test } from "./site.js";

const NEW_PASSWORD = "sorbier quai lampe ondine fagot brique";

async function ask(page, email) {
  await page.goto("/sign-in");
  await page.getByRole("link", { name: /Mot de passe oublié|Forgotten password/ }).click();
  await page.locator("#email").fill(email);
  await page.getByRole("button", { name: /Demander|Ask/ }).click();
}

async function choose(page, code, password = NEW_PASSWORD) {
  if (code) await page.locator("#code").fill(code);
  await page.locator("#password").fill(password);
  await page.locator("#again").fill(password);
  await page.getByRole("button", { name: /Changer de mot de passe|Change your password|Change my password|Change password/ }).click();
}

for (const [name, locale, viewport] of [
  ["French, phone", "fr-FR", { width: 360, height: 780 }],
  ["French, desk", "fr-FR", { width: 1440, height: 900 }],
  ["English, desk", "en-GB", { width: 1440, height: 900 }],
]) {
  test.describe(name, () => {
    test.use({ locale, viewport });

    test("asked for, given by her admin, chosen", async ({ page, browser, context, office, site }, info) => {
      test.slow();
      const organisation = office.organisation(`SLAI de Béthune (${name})`, "departement");
      const her = await office.colleague("clerk", { organisation, name: "Maëlle Théry-Wallaert" });
      const hers = await browser.newContext({ baseURL: site, locale, viewport });
      const mine = await hers.newPage();
      await mine.goto("/sign-in/forgotten");
      await seen(mine, info, "forgotten");
      await ask(mine, her.email);
      await seen(mine, info, "asked");

      await office.signIn(context, "technician", { organisation, admin: true });
      await page.goto("/organisations");
      await page.getByRole("link", { name: organisation }).click();
      await expect(page.getByText(/^(Mot de passe oublié|Forgotten password)$/)).toBeVisible();
      await seen(page, info, "people");
      await page.getByRole("link", { name: her.name }).click();
      await seen(page, info, "member");
      await page.locator('a[href$="/password"]').click();
      await page.locator("button.govuk-button").click();
      await seen(page, info, "unchecked");
      await page.locator("input[name=checked]").first().check();
      await page.locator("button.govuk-button").click();
      await seen(page, info, "link");
      const link = await page.locator("#link").inputValue();

      await mine.goto(link);
      expect(mine.url()).toMatch(/\/new-password$/);
      await seen(mine, info, "new-password");
      await choose(mine, "000000");
      await seen(mine, info, "wrong-code");
      await choose(mine, her.application.code(), "motdepasse123");
      await expect(mine.locator("#password-error")).toBeVisible();
      await seen(mine, info, "weak");
      await choose(mine, her.recovery[0]);
      await expect(mine.getByRole("link", { name: her.name })).toBeVisible();
      await mine.goto(link);
      await seen(mine, info, "gone");
      await hers.close();
      // The wish is granted: nothing is shown of it any more.
      await page.goto("/organisations");
      await page.getByRole("link", { name: organisation }).click();
      await expect(page.getByText(/^(Mot de passe oublié|Forgotten password)$/)).toHaveCount(0);
    });
  });
}

test.describe("in French", () => {
  test.use({ locale: "fr-FR" });

  test("the answer is the same for an address of nobody’s", async ({ page, office }) => {
    const her = office.account("clerk");
    const answers = [];
    for (const email of [her.email, office.address("nobody"), "no address"]) {
      await ask(page, email);
      answers.push(await page.locator("main").innerHTML());
    }
    expect(answers[1]).toBe(answers[0]);
    expect(answers[2]).toBe(answers[0]);
  });

  test("a new password ends her sessions, and the old one is good no more", async ({ browser, page, office, site }) => {
    const her = await office.colleague("clerk");
    const elsewhere = await browser.newContext({ baseURL: site, locale: "fr-FR" });
    await elsewhere.addCookies([her.cookie]);
    const token = office.run(["user", "reset-password", "--email", her.email, "--checked", "in_person"]);
    await page.goto(`/new-password/${token}`);
    await choose(page, her.application.code());
    await expect(page.getByRole("link", { name: her.name })).toBeVisible();
    const other = await elsewhere.newPage();
    await other.goto("/account");
    await expect(other).toHaveURL(/\/sign-in/);
    await other.locator("#email").fill(her.email);
    await other.locator("#password").fill(her.password);
    await other.getByRole("button", { name: "Se connecter", exact: true }).click();
    await expect(other.getByText("Adresse ou mot de passe incorrect").first()).toBeVisible();
    await elsewhere.close();
  });

  test("the second factor is lost too: another is set up", async ({ page, office }) => {
    const her = await office.colleague("clerk");
    const token = office.run(["user", "reset-password", "--email", her.email, "--checked", "video", "--factor-lost"]);
    await page.goto(`/new-password/${token}`);
    await expect(page.locator("#code")).toHaveCount(0);
    await choose(page);
    await page.waitForURL(/\/sign-in\/second-factor/);
  });

  test("a link that another has replaced leads nowhere", async ({ page, office }) => {
    const her = await office.colleague("clerk");
    const give = () => office.run(["user", "reset-password", "--email", her.email, "--checked", "known_number"]);
    const first = give();
    const second = give();
    await page.goto(`/new-password/${first}`);
    await expect(page.getByRole("heading", { name: "Ce lien n’est plus valable" })).toBeVisible();
    await page.goto(`/new-password/${second}`);
    await expect(page.locator("#code")).toBeVisible();
  });

  test("an admin closes a colleague’s sessions", async ({ browser, context, page, office, site }) => {
    const organisation = office.organisation("Direction, sessions", "departement");
    const her = await office.colleague("clerk", { organisation, name: "Odile Carpentier" });
    await office.signIn(context, "technician", { organisation, admin: true });
    await page.goto("/organisations");
    await page.getByRole("link", { name: organisation }).click();
    await page.getByRole("link", { name: her.name }).click();
    await page.locator('a[href$="/sign-out"]').click();
    await page.getByRole("button", { name: "Fermer ses sessions" }).click();
    await expect(page.locator(".govuk-notification-banner")).toBeVisible();
    const elsewhere = await browser.newContext({ baseURL: site, locale: "fr-FR" });
    await elsewhere.addCookies([her.cookie]);
    const other = await elsewhere.newPage();
    await other.goto("/account");
    await expect(other).toHaveURL(/\/sign-in/);
    await elsewhere.close();
  });
});

test.describe("without JavaScript, by keyboard", () => {
  test.use({ locale: "fr-FR", javaScriptEnabled: false });

  test("from the link to the new password", async ({ page, office }) => {
    const her = await office.colleague("clerk");
    const token = office.run(["user", "reset-password", "--email", her.email, "--checked", "in_person"]);
    await page.goto(`/new-password/${token}`);
    await page.locator("#code").focus();
    await page.keyboard.type(her.application.code());
    await page.keyboard.press("Tab");
    await page.keyboard.type(NEW_PASSWORD);
    await page.keyboard.press("Tab");
    await page.keyboard.type(NEW_PASSWORD);
    await Promise.all([page.waitForURL(/\/$/), page.keyboard.press("Enter")]);
    await expect(page.getByRole("link", { name: her.name })).toBeVisible();
  });
});

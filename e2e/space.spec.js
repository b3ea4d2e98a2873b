// A person's own space: a professional hands over a code, she comes in, sees what is held and who read it, asks and agrees.
import { Application, PASSWORD } from "./accounts.js";
import { expect, seen, test } from "./territory.js";

const FR = {
  open: "Ouvrir son espace", make: "Faire un code", check: "Vérifiez l’identité", checked: /devant moi/, handed: "Le code à remettre", go: "Continuer",
  link: "Relier", kept: /Je les ai gardés/, hello: /^Bonjour/, data: "Données", readers: "Qui a vu", rights: "Droits", contact: "Contact",
  page: "A ouvert votre dossier.", ask: "Faire une demande", send: "Envoyer", noRight: "Choisissez ce que vous demandez.", fix: "Corriger une erreur",
  noDatum: "Choisissez la donnée à corriger.", wrong: /^C’est faux/, asked: "Votre demande est enregistrée.", withdraw: /^Retirer ma demande/,
  withdrawn: "Votre demande est retirée.", copy: "Obtenir une copie", ready: /Votre copie est prête/, json: "Télécharger (JSON)", print: "Version à imprimer",
  agree: "J’accepte", agreed: /^Accepté le/, disagree: "Je n’accepte plus", leave: "Quitter", left: "Vous avez quitté votre espace", enter: "Entrer",
  badCode: /ne vont pas ensemble/, waits: /attend d’être ouverte/, untold: /pas encore prévenu/, copyTitle: "Copie de vos données",
};
const EN = {
  open: "Open her space", make: "Make a code", check: "Check who the person is", checked: /in front of me/, handed: "The code to hand over", go: "Continue",
  link: "Link", kept: /I have kept them/, hello: /^Hello/, data: "Data", readers: "Who saw", rights: "Rights", contact: "Contact",
  page: "Opened your file.", ask: "Make a request", send: "Send", noRight: "Choose what you ask for.", fix: "Put an error right",
  noDatum: "Choose the datum to be put right.", wrong: /^This is wrong/, asked: "Your request is recorded.", withdraw: /^Withdraw my request/,
  withdrawn: "Your request is withdrawn.", copy: "Have a copy", ready: /Your copy is ready/, json: "Download (JSON)", print: "To print",
  agree: "I agree", agreed: /^Agreed on/, disagree: "I agree no more", leave: "Leave", left: "You have left your space", enter: "Come in",
  badCode: /do not go together/, waits: /waits to be opened/, untold: /not told yet/, copyTitle: "Copy of your data",
};

/** A professional opens the page of someone and hands over a code. */
async function handed(page, context, office, info, words, place) {
  await office.signIn(context, "orientation_officer");
  await page.goto("/orientation");
  const address = await page.locator("tbody th a").nth(place).getAttribute("href");
  await page.goto(address);
  await page.getByRole("button", { name: words.open }).click();
  await seen(page, info, "open");
  await page.getByRole("button", { name: words.make }).click();
  await expect(page.locator("#checked-error")).toContainText(words.check);
  await seen(page, info, "open-unchecked");
  await page.getByLabel(words.checked).check();
  await page.getByRole("button", { name: words.make }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.handed);
  await seen(page, info, "handed");
  const [number, code] = await page.locator(".secret").allInnerTexts();
  await context.clearCookies({ name: /session/ });
  return { number, code, address };
}

/** She comes in for the first time; gives what her telephone keeps. */
async function firstVisit(page, info, words, { number, code }) {
  await page.goto("/me");
  await expect(page).toHaveURL(/\/me\/sign-in$/);
  await seen(page, info, "sign-in");
  await page.goto("/me/sign-in/code");
  await page.locator("#number").fill(number);
  await page.locator("#code").fill("ABCD-EFGH-IJKL-MNOP");
  await page.getByRole("button", { name: words.go }).click();
  await expect(page.locator("#number-error")).toContainText(words.badCode);
  await seen(page, info, "code-refused");
  await page.locator("#number").fill(number.toLowerCase().replaceAll("-", " "));
  await page.locator("#code").fill(code);
  await page.getByRole("button", { name: words.go }).click();
  await expect(page).toHaveURL(/password$/);
  await seen(page, info, "password");
  await page.locator("#password").fill(PASSWORD);
  await page.getByRole("button", { name: words.go }).click();
  await expect(page).toHaveURL(/telephone$/);
  await seen(page, info, "telephone");
  const application = new Application(await page.locator(".secret").innerText());
  await page.locator("#code").fill(application.code());
  await page.getByRole("button", { name: words.link }).click();
  await seen(page, info, "recovery");
  await page.getByRole("button", { name: words.kept }).or(page.getByRole("link", { name: words.kept })).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.hello);
  return application;
}

async function walk(page, context, office, info, words, place) {
  const her = await handed(page, context, office, info, words, place);
  const application = await firstVisit(page, info, words, her);
  await seen(page, info, "home");
  const menu = page.locator("nav.nav");

  await menu.getByRole("link", { name: words.data }).click();
  await page.locator("details summary").first().click();
  await seen(page, info, "data");

  await menu.getByRole("link", { name: words.readers }).click();
  await expect(page.getByText(words.page).first()).toBeVisible();
  await page.locator("details summary").first().click();
  await seen(page, info, "readers");

  await menu.getByRole("link", { name: words.rights }).click();
  await seen(page, info, "rights-none");
  await page.getByRole("button", { name: words.ask }).click();
  await page.getByRole("button", { name: words.send }).click();
  await expect(page.locator("#right-error")).toContainText(words.noRight);
  await page.getByLabel(words.fix).check();
  await page.getByRole("button", { name: words.send }).click();
  await expect(page.locator("#about-error")).toContainText(words.noDatum);
  await seen(page, info, "ask-refused");
  await page.goto("/me/data");
  await page.locator("details summary").first().click();
  await expect(page.getByRole("link", { name: words.wrong }).first()).toBeVisible();
  // Another body gave it, and is told in its turn.
  const given = page.locator("main a[href*='right=rectification']:not([href*='departement'])").first();
  await page.goto(await given.getAttribute("href"));
  await expect(page.getByLabel(words.fix)).toBeChecked();
  await page.locator("#statement").fill("ABEILLE");
  await page.getByRole("button", { name: words.send }).click();
  await expect(page.getByText(words.asked)).toBeVisible();
  await expect(page.getByText(words.waits)).toBeVisible();
  await expect(page.getByText(words.untold).first()).toBeVisible();
  await seen(page, info, "rights-asked");
  await page.getByRole("button", { name: words.withdraw }).click();
  await expect(page.getByText(words.withdrawn)).toBeVisible();
  await expect(page.getByText(words.untold)).toHaveCount(0);
  await page.getByRole("button", { name: words.ask }).click();
  await page.getByLabel(words.copy).check();
  await page.getByRole("button", { name: words.send }).click();
  await expect(page.locator(".govuk-notification-banner").getByText(words.ready)).toBeVisible();
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: words.json }).click();
  expect((await download).suggestedFilename()).toBe("liant.json");
  await page.getByRole("link", { name: words.print }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.copyTitle);
  await seen(page, info, "print");

  await menu.getByRole("link", { name: words.contact }).click();
  await seen(page, info, "contact");
  await page.getByRole("button", { name: words.agree, exact: true }).click();
  await expect(page.getByRole("button", { name: words.disagree })).toBeVisible();
  await seen(page, info, "contact-given");

  await page.getByRole("button", { name: words.leave }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.left);
  await seen(page, info, "left");
  await page.goto("/me/sign-in");
  await page.locator("#number").fill(her.number);
  await page.locator("#password").fill(PASSWORD);
  await page.getByRole("button", { name: words.go }).click();
  await seen(page, info, "check");
  await page.locator("#code").fill(application.code());
  await page.getByRole("button", { name: words.enter }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.hello);

  // What she agreed to stands on the page of those who follow her.
  await context.clearCookies();
  await office.signIn(context, "orientation_officer");
  await page.goto(her.address);
  await expect(page.locator("#contact")).toContainText(words.agreed.source.replace("^", "").split(" ")[0]);
  await seen(page, info, "person");
}

for (const [name, viewport] of [["phone", { width: 360, height: 740 }], ["desk", { width: 1440, height: 900 }]]) {
  test.describe(`in French, ${name}`, () => {
    test.use({ locale: "fr-FR", viewport });
    test("she comes in, sees, asks and agrees", async ({ page, context, office }, info) => {
      await walk(page, context, office, info, FR, name === "phone" ? 6 : 7);
    });
  });
}

test.describe("in English", () => {
  test.use({ locale: "en-GB", viewport: { width: 360, height: 740 } });
  test("she comes in, sees, asks and agrees", async ({ page, context, office }, info) => {
    await walk(page, context, office, info, EN, 8);
  });
});

test.describe("without JavaScript", () => {
  test.use({ locale: "fr-FR", viewport: { width: 360, height: 740 }, javaScriptEnabled: false });
  test("she comes in and agrees", async ({ page, context, office }) => {
    await office.signIn(context, "orientation_officer");
    await page.goto("/orientation");
    await page.goto(await page.locator("tbody th a").nth(9).getAttribute("href"));
    await page.getByRole("button", { name: FR.open }).click();
    await page.getByLabel(FR.checked).check();
    await page.getByRole("button", { name: FR.make }).click();
    const [number, code] = await page.locator(".secret").allInnerTexts();
    await page.goto("/me/sign-in/code");
    await page.locator("#number").fill(number);
    await page.locator("#code").fill(code);
    await page.getByRole("button", { name: FR.go }).click();
    await page.locator("#password").fill(PASSWORD);
    await page.getByRole("button", { name: FR.go }).click();
    const application = new Application(await page.locator(".secret").innerText());
    await page.locator("#code").fill(application.code());
    await page.getByRole("button", { name: FR.link }).click();
    await page.getByRole("button", { name: FR.kept }).or(page.getByRole("link", { name: FR.kept })).click();
    await page.goto("/me/contact");
    await page.getByRole("button", { name: FR.agree }).click();
    await expect(page.getByText(FR.agreed).first()).toBeVisible();
  });
});

test.describe("by keyboard", () => {
  test.use({ locale: "fr-FR", viewport: { width: 1440, height: 900 } });
  test("she makes a request", async ({ page, context, office }, info) => {
    const her = await handed(page, context, office, info, FR, 10);
    await firstVisit(page, info, FR, her);
    await page.goto("/me/rights/new?right=erasure");
    const [statement, button] = [page.locator("#statement"), page.getByRole("button", { name: FR.send })];
    for (const target of [statement, button]) {
      for (let step = 0; step < 40 && !(await target.evaluate((one) => one === document.activeElement)); step += 1) {
        await page.keyboard.press("Tab");
      }
      await expect(target).toBeFocused();
      if (target === statement) await page.keyboard.type("Plus rien n'oblige à les garder.");
      else await page.keyboard.press("Enter");
    }
    await expect(page.getByText(FR.asked)).toBeVisible();
  });
});

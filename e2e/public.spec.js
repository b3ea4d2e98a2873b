import { expect, expectAccessible, expectNoSidewaysScroll, test } from "./site.js";

const pages = ["/", "/accessibility", "/legal", "/style", "/nothing-here"];
const views = [
  { name: "French, phone", locale: "fr-FR", viewport: { width: 360, height: 780 } },
  { name: "French, desk", locale: "fr-FR", viewport: { width: 1440, height: 900 } },
  { name: "English, desk", locale: "en-GB", viewport: { width: 1440, height: 900 } },
];

for (const { name, locale, viewport } of views) {
  test.describe(name, () => {
    test.use({ locale, viewport });
    for (const path of pages) {
      test(`${path} is accessible and fits`, async ({ page }, info) => {
        const response = await page.goto(path);
        expect(response.status()).toBe(path === "/nothing-here" ? 404 : 200);
        await expect(page.locator("html")).toHaveAttribute("lang", locale.slice(0, 2));
        await expect(page.locator("h1").first()).toBeVisible();
        await page.evaluate(() => document.fonts.ready);
        expect(await page.evaluate(() => document.fonts.check('17px "Atkinson Hyperlegible Next"'))).toBe(true);
        await expectNoSidewaysScroll(page);
        await expectAccessible(page);
        await info.attach("page", { body: await page.screenshot({ fullPage: true }), contentType: "image/png" });
      });
    }
  });
}

test.describe("in French", () => {
  test.use({ locale: "fr-FR" });

  test("the keyboard reaches the content, then every link, with a visible focus", async ({ page }) => {
    await page.goto("/legal");
    await page.keyboard.press("Tab");
    const skip = page.getByRole("link", { name: "Aller au contenu" });
    await expect(skip).toBeFocused();
    await expect(skip).toBeInViewport();
    await page.keyboard.press("Enter");
    await expect(page.locator("#main")).toBeFocused();
    await page.keyboard.press("Tab");
    await expect(page.getByRole("link", { name: "Adresser une plainte à la CNIL" })).toBeFocused();
  });

  test("the language changes, stays, and keeps the address", async ({ page }) => {
    await page.goto("/style?page=3");
    await page.getByRole("link", { name: "English" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Components" })).toBeVisible();
    expect(new URL(page.url()).search).toBe("?page=3");
    await page.goto("/legal");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Legal notice and personal data");
    await page.getByRole("link", { name: "Français" }).click();
    await expect(page.locator("html")).toHaveAttribute("lang", "fr");
  });

  test("a form is sent by keyboard and comes back with its value", async ({ page }) => {
    await page.goto("/style");
    await page.getByLabel("Motif de la recherche").first().fill("<b>demande</b> & suite");
    await page.keyboard.press("Enter");
    await expect(page.getByText("Le formulaire est bien parvenu.")).toBeVisible();
    await expect(page.getByLabel("Motif de la recherche").first()).toHaveValue("<b>demande</b> & suite");
    await expectAccessible(page);
  });

  test("a form of another session is refused, and says what to do", async ({ page, context }) => {
    await page.goto("/style");
    await context.clearCookies();
    await page.getByRole("button", { name: "Enregistrer", exact: true }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Ce formulaire n’est plus valable");
    await expectAccessible(page);
  });

  test("a file is uploaded", async ({ page }) => {
    await page.goto("/style");
    const file = { name: "pecgm.xml", mimeType: "text/xml", buffer: Buffer.alloc(40_000, "x") };
    await page.locator('input[type="file"]').setInputFiles(file);
    await page.getByRole("button", { name: "Vérifier le fichier" }).click();
    await expect(page.getByText(/L’envoi est bien parvenu\s: 40,\d\sko/)).toBeVisible();
  });
});

test.describe("without JavaScript", () => {
  test.use({ locale: "fr-FR", javaScriptEnabled: false });

  test("pages are read, the language changes, a form is sent", async ({ page }) => {
    await page.goto("/");
    await page.getByRole("link", { name: "English" }).click();
    await expect(page.locator("html")).toHaveAttribute("lang", "en");
    await page.goto("/style?lang=fr");
    await page.getByRole("button", { name: "Enregistrer", exact: true }).click();
    await expect(page.getByText("Le formulaire est bien parvenu, sans motif.")).toBeVisible();
    await expect(page.getByRole("button", { name: "Imprimer" })).toBeHidden();
  });
});

test("the first page is light, in one chain of requests, and nothing moves", async ({ page, context }) => {
  const client = await context.newCDPSession(page);
  await client.send("Network.enable");
  let weight = 0;
  let count = 0;
  client.on("Network.loadingFinished", ({ encodedDataLength }) => {
    weight += encodedDataLength;
    count += 1;
  });
  const initiators = [];
  client.on("Network.requestWillBeSent", ({ request, initiator }) => initiators.push([request.url, initiator.type]));
  await page.addInitScript(() => {
    window.shift = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.shift += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  await page.goto("/", { waitUntil: "networkidle" });
  console.log(`first page: ${weight} bytes in ${count} requests`);
  expect(weight).toBeLessThan(150_000);
  // All that the page needs is named in the page itself: nothing waits for a style sheet or a script to ask for more.
  expect(initiators.filter(([, type]) => type !== "parser" && type !== "other")).toEqual([]);
  expect(await page.evaluate(() => window.shift)).toBeLessThan(0.01);
});

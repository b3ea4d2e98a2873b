import { chromium } from "@playwright/test";
import AxeBuilder from "@axe-core/playwright";
const base = process.argv[2] ?? "http://127.0.0.1:8931";
const only = process.argv[3];
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--font-render-hinting=none"] });
const roles = ["local-service-head","social-referent","orientation-officer","technician","clerk","dpo","adviser"];
async function shot(page, name) {
  await page.evaluate(() => document.fonts.ready);
  const [c, w] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
  const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a","wcag2aa","wcag21a","wcag21aa","wcag22aa","best-practice"]).analyze();
  console.log(name, c > w ? `OVERFLOW ${c}>${w}` : "", JSON.stringify(violations.map(v => [v.id, v.nodes.map(n => n.html)])));
  await page.screenshot({ fullPage: true, path: `/tmp/home-shots/${name}.png` });
}
for (const role of roles.filter(r => !only || r === only)) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "fr-FR" });
  const page = await context.newPage();
  await page.goto(base + "/demo");
  if (role === roles[0]) { await shot(page, "demo-1440"); await page.setViewportSize({ width: 360, height: 800 }); await shot(page, "demo-360"); await page.setViewportSize({ width: 1440, height: 900 }); await page.goto(base + "/legal"); await shot(page, "legal-1440"); await page.goto(base + "/demo"); }
  const password = await page.locator(".card__sub .demo-code").textContent();
  const row = page.locator(`tr:has([data-account="${role}"])`);
  const email = await row.locator(".demo-email").textContent();
  const code = await row.locator("[data-account]").textContent();
  await page.goto(base + "/sign-in");
  await page.fill("#email", email); await page.fill("#password", password);
  await page.click("main button[type=submit]");
  await page.fill("input[autocomplete='one-time-code']", code);
  await page.click("main button[type=submit]");
  await page.waitForURL(base + "/");
  await shot(page, `home-${role}-1440`);
  await page.setViewportSize({ width: 360, height: 800 });
  await shot(page, `home-${role}-360`);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(base + "/?lang=en");
  await shot(page, `home-${role}-en`);
  await context.close();
}
await browser.close();

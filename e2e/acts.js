// Acts on someone's path, as the forms of the site ask for them.
import { expect } from "./site.js";

export const GLOBAL = "accompagnement-global";

/** The day so long ago, in the fields of a form. */
export async function ago(page, days, name = "day") {
  const day = new Date(Date.now() - days * 86_400_000);
  await page.locator(`#${name}-day`).fill(String(day.getDate()));
  await page.locator(`#${name}-month`).fill(String(day.getMonth() + 1));
  await page.locator(`#${name}-year`).fill(String(day.getFullYear()));
}

export const send = (page) => page.locator("main form.card button[type=submit]").click();

/** Acts on someone's path: opens the form, fills it, sends it. Without a programme, in global accompaniment. */
export async function act(page, path, what, days, fill = async () => {}) {
  await page.goto(what.includes("/") ? `${path}/${what}` : `${path}/${GLOBAL}/${what}`);
  await fill(page);
  await ago(page, days);
  await send(page);
  await expect(page.getByText("C’est enregistré"), `${what}, ${days} days ago`).toBeVisible();
}

export const record = (page, path, what, days) => act(page, path, "record", days, async (form) => {
  await form.locator(`[name=code][value="${what}"]`).check();
  // Of a meeting it is said how they met: nothing is chosen for her.
  const means = form.locator("[name=means][value=in-person]");
  if (await means.count()) await means.check();
});

/** Opens someone on the adviser's list whom nobody has proposed: her address. */
export async function newcomer(page) {
  await page.goto("/caseload/people");
  for (;;) {
    const links = await page.locator("tbody th a").evaluateAll((all) => all.map((one) => one.getAttribute("href")));
    for (const path of links) {
      await page.goto(path);
      const isFree = (await page.locator(`#${GLOBAL} .acts a[href*="/propose"]`).count()) > 0;
      const isNew = (await page.locator("#history .path > li").count()) === 0;
      if (isFree && isNew) return new URL(page.url()).pathname;
    }
    await page.goto("/caseload/people?page=2");
    if ((await page.locator("tbody th a").count()) === 0) throw new Error("everybody is proposed");
  }
}

/** Proposes someone, with her consent, so many days ago. */
export async function propose(page, path, days) {
  await act(page, path, "propose", days, async (form) => {
    await form.locator("#consent").check();
    await pick(form, "#to", "SLAI de Valbruyère");
    await form.locator("[name=declared][value=volunteer]").check();
    await form.locator("[name=declared][value=social-barrier]").check();
    // Signed on paper: what is filled in here is a story of its own.
    await form.locator("[name=form][value=paper]").check();
  });
}

/** Chooses the line of a list that says this. */
export async function pick(page, list, text) {
  const value = await page.locator(`${list} option`, { hasText: text }).first().getAttribute("value");
  await page.locator(list).selectOption(value);
}

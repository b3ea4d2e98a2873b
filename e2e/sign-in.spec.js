import { expect, test } from "./site.js";

test("a colleague made for a test is signed in", async ({ page, context, office }) => {
  await office.signIn(context, "dpo");
  await page.goto("/");
  await expect(page.getByText("Camille Delattre").first()).toBeVisible();
});

import { expect, test } from "@playwright/test";

import { signIn } from "./people";
import { faults } from "./usable";

test("an owner sees what she earned, and fills in what a piece costs", async ({ page }) => {
  test.setTimeout(120_000);
  await page.emulateMedia({ reducedMotion: "reduce" });
  await signIn(page);

  // given what the month brought
  await page.goto("/money");
  await page.getByRole("link", { name: "Profit" }).click();
  await expect(page.getByRole("heading", { name: "Profit" })).toBeVisible();
  const earned = page.getByRole("region", { name: "Profit" });
  await expect(earned.getByText("What it cost you")).toBeVisible();
  const rows = page.getByRole("list", { name: "Pieces" }).getByRole("listitem");
  await expect(rows.first()).toBeVisible();
  expect(await faults(page)).toEqual([]);

  // when she says another cost of the first piece, for the sales before too
  const name = (await rows.first().locator("span.truncate").first().textContent()) ?? "";
  const before = await earned.locator("p").nth(1).textContent();
  await rows.first().getByRole("button").click();
  await expect(page.getByRole("heading", { name: `Cost of ${name}` })).toBeVisible();
  const cost = page.getByLabel(/What one costs you/);
  await cost.fill("about ten");
  await expect(page.getByRole("button", { name: "Save" })).toBeDisabled();
  await cost.fill(String(10 + Math.floor(Math.random() * 900)));
  await page.getByRole("switch", { name: /Also for sales before/ }).check();
  expect(await faults(page)).toEqual([]);
  await page.getByRole("button", { name: "Save" }).click();

  // then her profit is another one
  await expect(page.getByText("Saved")).toBeVisible();
  await expect(earned.locator("p").nth(1)).not.toHaveText(before ?? "");
});

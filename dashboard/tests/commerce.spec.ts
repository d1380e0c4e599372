import { expect, test } from "@playwright/test";

import { signIn } from "./people";
import { faults } from "./usable";

test("an owner tries the search as a customer would ask", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await signIn(page);
  await page.goto("/pieces");
  await page.getByRole("button", { name: "All pieces" }).click();
  await page.getByRole("menuitem", { name: "Try the search" }).click();
  await expect(page.getByRole("heading", { name: "Try the search" })).toBeVisible();

  // when she asks for something there is, then it is understood, scored and given reasons
  await page.getByLabel("Ask as a customer would").fill("nataka gauni chini ya 6k");
  await page.getByRole("button", { name: "Try", exact: true }).click();
  await expect(page.getByText("Understood")).toBeVisible();
  const first = page.getByRole("main").getByRole("listitem").filter({ has: page.getByRole("meter") }).first();
  await expect(first).toBeVisible();
  await expect(page.getByRole("heading", { name: "What the assistant would answer" })).toBeVisible();
  expect(await faults(page)).toEqual([]);

  // when she asks for nothing, that is said
  await page.getByLabel("Ask as a customer would").fill("asante sana");
  await page.getByRole("button", { name: "Try", exact: true }).click();
  await expect(page.getByText("It asks for no piece.")).toBeVisible();
});

test("an owner sees a cart that was left, and why its customer cannot be reminded", async ({ page }) => {
  test.setTimeout(120_000);
  await page.emulateMedia({ reducedMotion: "reduce" });
  await signIn(page);
  await page.goto("/orders");
  await page.getByRole("link", { name: "Carts that were left" }).click();
  await expect(page.getByRole("heading", { name: "Carts", exact: true })).toBeVisible();
  await expect(page.getByRole("heading", { name: /^Carts of the last/ })).toBeVisible();
  const carts = page.getByRole("list", { name: "Left without an order" }).getByRole("listitem");
  await expect(carts.first()).toBeVisible();
  expect(await faults(page)).toEqual([]);

  await carts.first().getByRole("button").click();
  await expect(page.getByRole("list", { name: "In the cart" }).getByRole("listitem").first()).toBeVisible();
  expect(await faults(page)).toEqual([]);
  const remind = page.getByRole("button", { name: "Remind" });
  if (await remind.isEnabled()) {
    await remind.click();
    await expect(page.getByText("Words to send yourself").or(page.getByText(/was reminded of this cart/)).first()).toBeVisible();
  }
});

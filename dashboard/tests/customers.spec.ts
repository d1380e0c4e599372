import { expect, test } from "@playwright/test";

import { signIn } from "./people";
import { atRest, faults } from "./usable";

test("an owner finds who spent most, sees the number once it is asked for, and the log tells it", async ({ page }) => {
  await signIn(page);
  await page.goto("/customers?sort=spent");
  const list = page.getByRole("list", { name: "Customers" });
  await expect(list.getByRole("listitem").first()).toBeVisible();

  // when she opens the first
  await list.getByRole("button").first().click();
  await atRest(page);
  expect(await faults(page)).toEqual([]);
  await page.getByRole("button", { name: "Show the whole number" }).click();

  // then the number is a way to call, and the log has it
  await expect(page.locator("a[href^='tel:+']")).toBeVisible();
  await expect(page.getByRole("list", { name: "Who looked and changed" }).getByText("Saw the whole number").first()).toBeVisible();
});

test("an owner downloads all that is kept of a customer", async ({ page }) => {
  await signIn(page);
  await page.goto("/customers?sort=spent");
  await page.getByRole("list", { name: "Customers" }).getByRole("button").first().click();
  await page.getByRole("button", { name: "More of this customer" }).click();
  const [saved] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: "Download all that is kept" }).click(),
  ]);
  expect(saved.suggestedFilename()).toMatch(/\.zip$/);
});

test("a group is made of conditions, counted, shown, and removed again", async ({ page }) => {
  const name = `Group ${Math.floor(Math.random() * 1e6)}`;
  await signIn(page);
  await page.goto("/customers/segments");
  await page.getByRole("button", { name: "New group" }).click();
  await page.getByLabel("Name of the group").fill(name);
  await expect(page.getByRole("region", { name: "How many they are" }).getByText(/\d+ customers?/)).toBeVisible();
  expect(await faults(page)).toEqual([]);
  await page.getByRole("button", { name: "Keep the group" }).click();

  const row = page.getByRole("list", { name: "Groups of customers" }).getByRole("listitem").filter({ hasText: name });
  await row.getByRole("link", { name: "Show them" }).click();
  await expect(page).toHaveURL(/customers\?group=/);
  await expect(page.getByRole("button", { name: "Which customers" })).toHaveAttribute("aria-pressed", "true");

  await page.goto("/customers/segments");
  await page.getByRole("button", { name: `Remove ${name}` }).click();
  await expect(page.getByText(name)).toHaveCount(0);
});

test("staff see customers, and neither their numbers nor a way to erase them", async ({ page }) => {
  await signIn(page, "staff");
  await page.goto("/customers");
  await page.getByRole("list", { name: "Customers" }).getByRole("button").first().click();
  await atRest(page);
  await expect(page.getByRole("button", { name: "Show the whole number" })).toHaveCount(0);
  await expect(page.getByRole("button", { name: "More of this customer" })).toHaveCount(0);
});

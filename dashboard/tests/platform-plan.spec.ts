import { expect, type Page, test } from "@playwright/test";

import { customer, signIn } from "./people";
import { faults } from "./usable";

test("a boutique over its plan leaves newcomers to its people, and nobody who has a cart", async ({ page, browser }) => {
  test.setTimeout(180_000);
  await page.emulateMedia({ reducedMotion: "reduce" });
  await signIn(page, "owner", 0);
  const shopper = await customer(page, "Akinyi");
  const newcomer = await customer(page, "Baraka");

  // given a customer with something in her cart
  await shopper.ask("show me dresses");
  await shopper.ask("the first one");
  await expect.poll(() => shopper.said()).toMatch(/cart|size/i);
  const admin = await (await browser.newContext()).newPage();
  await admin.emulateMedia({ reducedMotion: "reduce" });
  await signIn(admin, "platform_admin");
  await admin.getByRole("main").getByText("Zuri Boutique").first().click();
  await expect(admin.getByRole("heading", { name: "Plan and use" })).toBeVisible();
  expect(await faults(admin)).toEqual([]);

  try {
    // when the platform sets a plan that is used up
    await setPlan(admin, "Tiny", "1", "People answer");
    await expect(admin.getByText("The plan is used up: people of the shop answer")).toBeVisible();

    // then whoever comes anew is told kindly that a person answers, and she is served on
    await newcomer.ask("show me dresses");
    expect(await newcomer.said()).not.toMatch(/KES/);
    await shopper.ask("how much is it?");
    expect(await shopper.said()).toMatch(/KES/);

    // and the owner reads it
    await page.goto("/settings");
    await expect(page.getByText(/All 1 conversations of this month are used/)).toBeVisible();
  } finally {
    await setPlan(admin, "Growth", "1000", "Bill each", "5");
  }
  await expect(admin.getByText(/Each further one costs/)).toBeVisible();
});

async function setPlan(page: Page, name: string, included: string, beyond: string, price?: string): Promise<void> {
  await page.getByRole("button", { name: "Change the plan" }).click();
  const sheet = page.getByRole("dialog", { name: "Change the plan" });
  await sheet.getByLabel("Name of the plan").fill(name);
  await sheet.getByLabel("Conversations included in a month").fill(included);
  await sheet.getByText(beyond, { exact: true }).click();
  if (price) await sheet.getByLabel(/Price of each further one/).fill(price);
  await sheet.getByRole("button", { name: "Save" }).click();
  await expect(sheet).toBeHidden();
}

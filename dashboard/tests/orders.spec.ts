import { expect, test } from "@playwright/test";

import { customer, signIn } from "./people";

test("an order paid on the phone is sent and delivered, and the customer is told", async ({ page }) => {
  test.setTimeout(150_000);
  // given: a customer who bought a piece on WhatsApp
  const phone = await customer(page, "Nyambura Test");
  await phone.buy("I want the Waridi Floral Shift Dress in navy, size M", "that is all", "Kilimani, Argwings Kodhek road, house 12");

  // when: the owner sends it out
  await signIn(page);
  await page.getByRole("navigation").getByRole("link", { name: /^Orders/ }).filter({ visible: true }).click();
  await page.getByRole("button", { name: /Nyambura Test/ }).first().click();
  await page.getByRole("button", { name: "Mark as sent" }).click();

  // then: it is on the way, and the customer reads it
  await expect(page.getByRole("button", { name: "Mark as delivered" })).toBeVisible();
  await expect.poll(() => phone.said(), { timeout: 20_000 }).toMatch(/on (its|the) way/i);

  await page.getByRole("button", { name: "Mark as delivered" }).click();
  await expect(page.getByRole("button", { name: "Mark as delivered" })).toBeHidden();
});

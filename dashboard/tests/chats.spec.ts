import { expect, test } from "@playwright/test";

import { customer, signIn } from "./people";

test("an owner takes a chat over, answers, and hands it back", async ({ page }) => {
  test.setTimeout(120_000);
  const phone = await customer(page, "Wairimu Test");
  await phone.ask("Hi, do you have red dresses?");
  await signIn(page);

  await page.getByRole("navigation").getByRole("link", { name: /^Chats/ }).filter({ visible: true }).click();
  await page.getByRole("button", { name: /Wairimu Test/ }).first().click();
  await page.getByRole("button", { name: "Take over" }).click();
  await expect(page.getByRole("button", { name: "Hand back" })).toBeVisible();
  await page.getByRole("textbox", { name: "Write an answer" }).fill("This is Fatma. I have one aside for you.");
  await page.getByRole("button", { name: "Send" }).click();

  // the customer reads it, and the assistant is silent to what she writes then
  await expect.poll(() => phone.said()).toContain("I have one aside for you");
  const before = (await phone.look()).messages.filter((one) => one.author !== "shopper").length;
  await phone.write("Thank you! What does it cost?");
  await expect(page.getByRole("log").getByText("What does it cost?")).toBeVisible();
  await page.waitForTimeout(4_000);
  expect((await phone.look()).messages.filter((one) => one.author !== "shopper")).toHaveLength(before);

  await page.getByRole("button", { name: "Hand back" }).click();
  await expect(page.getByRole("button", { name: "Take over" })).toBeVisible();
  await phone.ask("Do you have red dresses?");
});

import { expect, test } from "@playwright/test";

import { signIn } from "./people";
import { faults } from "./usable";

test("an owner notes KRA's number beside a sale, corrects it, and takes the month along", async ({ page }) => {
  test.setTimeout(120_000);
  await page.emulateMedia({ reducedMotion: "reduce" });
  await signIn(page);

  // given her registration and the month, of which some numbers are still to come
  await page.goto("/money");
  await page.getByRole("link", { name: "Tax" }).click();
  await expect(page.getByRole("heading", { name: "Tax" })).toBeVisible();
  await expect(page.getByText("VAT of 16 % in the prices")).toBeVisible();
  await expect(page.getByText("VAT in it", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "All", exact: true }).click();
  const rows = page.getByRole("list", { name: "Sales and refunds" }).getByRole("listitem");
  await expect(rows.first()).toBeVisible();
  expect(await faults(page)).toEqual([]);

  // when she notes a number that is none, then one
  const number = `KRA-${Date.now().toString(36).toUpperCase()}`;
  await rows.first().getByRole("button").click();
  const field = page.getByLabel("eTIMS number");
  await field.fill("=1+1");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText(/letters and digits/).first()).toBeVisible();
  await field.fill(number.toLowerCase());
  expect(await faults(page)).toEqual([]);
  await page.getByRole("button", { name: "Save" }).click();

  // then it is noted there, and not taken for another sale
  await expect(rows.filter({ hasText: number })).toHaveCount(1);
  await rows.nth(1).getByRole("button").click();
  await field.fill(number);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText(/Another sale has this eTIMS number/)).toBeVisible();
  await page.keyboard.press("Escape");

  // and it is in the file of the month
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download the month (CSV)" }).click();
  const file = await (await download).createReadStream();
  const parts: Buffer[] = [];
  for await (const part of file) parts.push(part as Buffer);
  expect(Buffer.concat(parts).toString()).toContain(number);
});

test("what is no KRA PIN is told", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await signIn(page);
  await page.goto("/money/tax");
  await page.getByRole("button", { name: "Change" }).click();
  await page.getByLabel("KRA PIN").fill("12345");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText(/as on the certificate/).first()).toBeVisible();
});

import { expect, type Page, test } from "@playwright/test";

import { API, signIn } from "./people";
import { faults } from "./usable";

/** A statement with one payment that no other run of this test has had, and a line that is broken. */
function statement(): { receipt: string; file: { name: string; mimeType: string; buffer: Buffer } } {
  const receipt = `TX${Date.now().toString(36).toUpperCase().slice(-8)}`;
  const rows = [
    "M-PESA STATEMENT",
    "Receipt No.,Completion Time,Details,Transaction Status,Paid In,Withdrawn,Balance",
    `${receipt},2026-11-20 14:03:22,Merchant Payment from 2547******614 - MERCY <b>AKINYI</b>,Completed,"1,234.50",,"1,234.50"`,
    `${receipt},2026-11-20 14:03:22,Pay merchant Charge,Completed,,-6.79,"1,227.71"`,
    "TXBROKEN01,soon,Merchant Payment,Completed,100.00,,",
  ];
  return { receipt, file: { name: "november.csv", mimeType: "text/csv", buffer: Buffer.from(rows.join("\n")) } };
}

async function choose(page: Page, file: { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
  await page.goto("/money");
  await page.getByRole("link", { name: "Import a statement" }).first().click();
  await page.getByLabel("Choose the file").setInputFiles(file);
}

test("an owner imports a statement, sees what is left, and settles it", async ({ page }) => {
  test.setTimeout(120_000);
  await signIn(page);
  const { receipt, file } = statement();

  // when she imports it, then she is told what was found and what could not be read
  await choose(page, file);
  await expect(page.getByText("2 lines read, 2 of them new")).toBeVisible();
  await expect(page.getByText("Line 5: its date or time is not clear")).toBeVisible();
  expect(await faults(page)).toEqual([]);

  // the same file again changes nothing
  await page.getByRole("link", { name: "Another statement" }).click();
  await page.getByLabel("Choose the file").setInputFiles(file);
  await expect(page.getByText("You imported this file before. Nothing was changed.")).toBeVisible();

  // the money is in the list, its payer's name as text, and she says that it is none of the shop's
  await page.goto("/money?days=ever");
  await page.getByRole("searchbox", { name: "Receipt, order or phone" }).fill(receipt.toLowerCase());
  await page.getByRole("button", { name: /MERCY <b>AKINYI<\/b>/ }).click();
  await expect(page.getByText(receipt, { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "It is something else" }).click();
  await page.getByLabel("What it is").selectOption("personal");
  expect(await faults(page)).toEqual([]);
  await page.getByRole("button", { name: "Set aside" }).click();
  await expect(page.getByText("You said that this is not the shop's.")).toBeVisible();
});

test("a statement with a password asks for it, and what is no statement is told", async ({ page }) => {
  await signIn(page);
  await choose(page, { name: "cat.csv", mimeType: "text/csv", buffer: Buffer.from("sku,price\nA,3500\n") });
  await expect(page.getByText(/no M-Pesa statement/)).toBeVisible();

  const pdf = await page.request.get(`${API}/sandbox/daraja/statement.pdf?account=zuri&password=4829`);
  const locked = { name: "november.pdf", mimeType: "application/pdf", buffer: await pdf.body() };
  await page.getByLabel("Choose the file").setInputFiles(locked);
  await page.getByLabel("Password of the PDF").fill("1111");
  await page.getByRole("button", { name: "Open it" }).click();
  await expect(page.getByRole("alert").getByText(/does not open with this password/)).toBeVisible();
  await page.getByLabel("Password of the PDF").fill("4829");
  await page.getByRole("button", { name: "Open it" }).click();
  await expect(page.getByRole("heading", { name: "november.pdf" })).toBeVisible();
});

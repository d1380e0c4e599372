import { expect, type Page, test } from "@playwright/test";

import { signIn } from "./people";
import { faults } from "./usable";

/** The first piece of the list, and its price as the field holds it. */
async function aPiece(page: Page): Promise<string> {
  await page.goto("/pieces");
  await page.getByRole("main").getByRole("listitem").getByRole("button").first().click();
  return page.getByLabel("Price in KES").inputValue();
}

async function reprice(page: Page, price: string): Promise<void> {
  const saved = page.waitForResponse((answer) => answer.request().method() === "PATCH" && answer.ok());
  await page.getByLabel("Price in KES").fill(price);
  await page.getByRole("button", { name: "Save" }).first().click();
  await saved;
}

test("an owner changes a price, and sees what it was and who changed it", async ({ page }) => {
  test.setTimeout(120_000);
  await signIn(page);
  const before = await aPiece(page);
  const after = String(Number(before.replaceAll(",", "")) + 100);

  // when she changes the price, and opens the piece's own history
  await reprice(page, after);
  await page.getByRole("button", { name: "What to do with it" }).click();
  await page.getByRole("menuitem", { name: "Changes" }).click();

  // then its last change is told in words, with both prices
  const list = page.getByRole("list", { name: "Changes" });
  const latest = list.getByRole("listitem").first();
  await expect(latest).toContainText("You changed the price of");
  await latest.getByRole("button").click();
  const sheet = page.getByRole("dialog");
  await expect(sheet.getByText("Before")).toBeVisible();
  await expect(sheet).toContainText(digits(after));
  expect(await faults(page)).toEqual([]);
  await sheet.getByRole("button", { name: "Close" }).click();

  // and among all changes, which she takes as a table
  await page.getByRole("link", { name: "Show all changes" }).click();
  await page.getByRole("button", { name: "Pieces", pressed: false }).click();
  await expect(list.getByRole("listitem").first()).toContainText("You changed the price of");
  const file = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download as a table" }).click();
  expect((await file).suggestedFilename()).toBe("Changes.csv");

  // the demo stays as it was
  await page.goto("/pieces");
  await page.getByRole("main").getByRole("listitem").getByRole("button").first().click();
  await reprice(page, before);
});

test("an owner takes everything of her shop as a file", async ({ page }) => {
  test.setTimeout(240_000);
  await signIn(page);
  await page.goto("/settings");
  await page.getByRole("main").getByRole("button", { name: "Everything as a file" }).click();

  // when she asks for it, then she is told how far it is, and when it is ready
  await page.getByRole("button", { name: /^Write/ }).click();
  const card = page.getByRole("region", { name: "The shop's file" });
  await expect(card.getByText("Ready")).toBeVisible({ timeout: 180_000 });
  await expect(card).toContainText(/\d lines/);
  expect(await faults(page)).toEqual([]);

  // and a tap downloads it
  const file = page.waitForEvent("download");
  await card.getByRole("button", { name: "Download" }).click();
  expect((await file).suggestedFilename()).toMatch(/^zuri-.*\.zip$/);

  // which the log of changes tells
  await page.goto("/settings/changes?kind=shop");
  await expect(page.getByRole("list", { name: "Changes" }).getByRole("listitem").first()).toContainText("You took the shop's file away");
});

test("an owner sees how long things are kept", async ({ page }) => {
  await signIn(page);
  await page.goto("/settings/kept");

  const list = page.getByRole("list", { name: "How long it is kept" });
  await expect(list).toContainText("Photos and voice notes of customers");
  await expect(list).toContainText("365 days");
  await expect(page.getByText("Last looked through:")).toBeVisible();
});

/** `350000` as the page may write it: `350,000`. */
function digits(price: string): RegExp {
  return new RegExp([...price].join(",?"));
}

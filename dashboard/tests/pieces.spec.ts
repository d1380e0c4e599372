import { readFileSync } from "node:fs";

import { expect, type Page, test } from "@playwright/test";

import { customer, photo, signIn } from "./people";
import { faults } from "./usable";

const HEIC = { name: "IMG_0007.HEIC", mimeType: "image/heic", buffer: readFileSync("../tests/unit/iphone.heic") };

const newName = () => `Tausi ${Math.floor(Math.random() * 1e6)} dress`;

/** The form of a new piece up to its last tap. */
async function fillIn(page: Page, name: string, units = 2) {
  await page.getByRole("button", { name: "Dress", exact: true }).click();
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Price in KES").fill("3.5k");
  for (let n = 0; n < units; n++) await page.getByRole("button", { name: /^One more .* M$/ }).first().click();
}

async function addPiece(page: Page, name: string) {
  await page.goto("/pieces/add");
  await page.getByLabel("Choose").setInputFiles(await photo(page));
  await expect(page.getByText(/Looks like: /)).toBeVisible();
  await fillIn(page, name);
  await page.getByRole("button", { name: "Put 2 on sale" }).click();
  await expect(page.getByRole("heading", { name })).toBeVisible();
}

test("a piece is added from a photo and bought on the phone, without reloading", async ({ page }) => {
  test.setTimeout(180_000);
  const name = newName();
  // given: a shop that is at work, so that the assistant has just read what it sells
  const phone = await customer(page, "Moraa Test");
  await phone.ask("Hi");
  await signIn(page);
  await addPiece(page, name);
  await expect(page.getByText(/KES\s3,500/).filter({ visible: true }).first()).toBeVisible();

  const { messages } = await phone.ask(`Do you have the ${name}?`);
  expect(messages.map((one) => one.text ?? "").join("\n")).toContain("3,500");
  await phone.buy(`I'll take the ${name} in size M`, "checkout", "Kilimani, Rose Apartments B4");

  // The open page has heard of it: one is left.
  await expect(page.getByRole("button", { name: /, M: 1 left$/ })).toBeVisible({ timeout: 30_000 });
});

test("a second picture, an iPhone's, becomes the cover; no picture is told by what it is", async ({ page }) => {
  test.setTimeout(120_000);
  await signIn(page);
  await addPiece(page, newName());
  const strip = page.getByRole("list", { name: "Pictures" });
  await expect(strip.getByRole("button", { name: /^Picture/ })).toHaveCount(1);

  await page.getByLabel("Add photos").setInputFiles(HEIC);
  await expect(strip.getByRole("button", { name: /^Picture/ })).toHaveCount(2);
  await page.getByRole("button", { name: "Picture 2" }).click();
  await page.getByRole("button", { name: "Make it the cover" }).click();
  await expect(page.getByRole("button", { name: "This is the cover" })).toBeVisible();
  expect(await faults(page)).toEqual([]);
  await page.getByRole("button", { name: "Close" }).click();
  const cover = strip.locator("img").first();
  await expect.poll(() => cover.evaluate((image: HTMLImageElement) => image.naturalHeight / image.naturalWidth)).toBeCloseTo(1.5, 1); // upright

  await page.getByLabel("Add photos").setInputFiles({ name: "price-list.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7") });
  await expect(page.getByText(/This is a PDF/)).toBeVisible();
  await expect(strip.getByRole("button", { name: /^Picture/ })).toHaveCount(2);
});

test("a piece is duplicated, gets new sizes, and its history is told", async ({ page }) => {
  test.setTimeout(120_000);
  const name = newName();
  await signIn(page);
  await addPiece(page, name);

  await page.getByRole("button", { name: "What to do with it" }).click();
  await page.getByRole("menuitem", { name: "Duplicate" }).click();
  await expect(page.getByRole("heading", { name: `${name} 2` })).toBeVisible();
  await expect(page.getByRole("list", { name: "Pictures" }).getByRole("button", { name: /^Picture/ })).toHaveCount(1);
  await expect(page.getByRole("button", { name: /, M: 0 left$/ })).toBeVisible();

  await page.getByRole("button", { name: "Colours and sizes" }).click();
  await page.getByRole("button", { name: /^One more .* L$/ }).first().click();
  expect(await faults(page)).toEqual([]);
  await page.getByRole("button", { name: "Add 1 unit" }).click();
  await expect(page.getByRole("button", { name: /, L: 1 left$/ })).toBeVisible();
  await expect(page.getByRole("list", { name: "Stock movements" }).getByText("First stock")).toBeVisible();
  expect(await faults(page)).toEqual([]);
});

test("a lost connection loses nothing that was typed, and makes one piece", async ({ page, context }) => {
  test.setTimeout(120_000);
  const name = newName();
  await signIn(page);
  await page.goto("/pieces/add");
  await page.getByLabel("Choose").setInputFiles(await photo(page));
  await expect(page.getByText(/Looks like: /)).toBeVisible();
  await fillIn(page, name);

  // given no network at the last tap, and a page that is closed
  await context.setOffline(true);
  await page.getByRole("button", { name: "Put 2 on sale" }).click();
  await expect(page.getByText(/Nothing is lost/)).toBeVisible();
  await context.setOffline(false);
  await page.goto("/pieces/add");

  // then all of it is there with its photo, and goes on sale once
  await expect(page.getByLabel("Name")).toHaveValue(name);
  await expect(page.getByRole("img", { name: "Your photo" })).toBeVisible();
  await page.getByRole("button", { name: "Put 2 on sale" }).dblclick();
  await expect(page.getByRole("heading", { name })).toBeVisible();
  await page.goto(`/pieces?search=${encodeURIComponent(name)}`);
  await expect(page.getByRole("main").getByRole("listitem")).toHaveCount(1);
});

test("stock moves by a reason, and a price that is none is told", async ({ page }) => {
  await signIn(page);
  await page.getByRole("navigation").getByRole("link", { name: "Pieces" }).filter({ visible: true }).click();
  await page.getByRole("main").getByRole("listitem").first().getByRole("button").click();
  const size = page.getByRole("button", { name: /: \d+ left$/ }).first();
  const before = Number(/(\d+) left/.exec((await size.getAttribute("aria-label")) ?? "")?.[1]);

  await size.click();
  await page.getByRole("button", { name: "One more" }).click();
  expect(await faults(page)).toEqual([]);
  await page.getByRole("button", { name: "Save the stock" }).click();
  await expect(size).toHaveAccessibleName(new RegExp(`: ${before + 1} left`));
  await expect(page.getByRole("list", { name: "Stock movements" }).getByText("New stock").first()).toBeVisible();

  await page.getByLabel("Price in KES").fill("cheap");
  await expect(page.getByText("Write a sum, such as 3500 or 3.5k.")).toBeVisible();
});

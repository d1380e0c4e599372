import { readFileSync } from "node:fs";

import { expect, type Page, test } from "@playwright/test";

import { signIn } from "./people";
import { faults } from "./usable";

/** A list as an owner keeps it: her own names of the columns, her own way to write prices. */
function aList() {
  const n = Math.floor(Math.random() * 1e6);
  const [one, other] = [`Wimbi ${n}`, `Pwani ${n}`];
  const text = [
    "Kodi;Jina;Aina;Bei ya duka;Rangi;Saizi;Idadi;Picha",
    `W-${n};${one};gauni;KSh 3,500/=;nyekundu;S,M;4;http://127.0.0.1/inside.jpg`,
    `W-${n};;;;bluu;M;2;`,
    `P-${n};${other};top;1.8k;nyeusi;M;3;`,
    `X-${n};Shaka;gauni;3.500;nyekundu;M;1;`,
    `Y-${n};Tarehe;gauni;2000;nyekundu;8-Jun;1;`,
  ].join("\n");
  return { one, other, sku: `W-${n}`, text };
}

const file = (text: string, name = "orodha.csv") => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });

async function upload(page: Page, text: string) {
  await page.goto("/pieces");
  await page.getByRole("button", { name: "All pieces" }).click();
  await page.getByRole("menuitem", { name: "Import a list" }).click();
  await page.getByLabel("Choose a file").setInputFiles(file(text));
  await expect(page.getByRole("heading", { name: "What the columns are" })).toBeVisible();
}

async function tryIt(page: Page) {
  await page.getByRole("button", { name: "See what will happen" }).click();
  await expect(page.getByRole("heading", { name: "What will happen" })).toBeVisible({ timeout: 30_000 });
}

const counted = (page: Page, outcome: string) => page.getByRole("group", { name: "Which lines" }).getByRole("button", { name: outcome });

test("a list is read, tried and imported; its bad lines are told, and again it changes nothing", async ({ page }) => {
  test.setTimeout(120_000);
  const list = aList();
  await signIn(page);

  // given: a list whose price column has a name of the shop's own
  await upload(page, list.text);
  const price = page.getByLabel(/Bei ya duka/);
  if ((await price.inputValue()) === "") await price.selectOption({ label: "Price" });
  await expect(page.getByText(/KES\s3,500/).first()).toBeVisible();
  await expect(page.getByText("Red: S × 4, M × 4")).toBeVisible();
  expect(await faults(page)).toEqual([]);

  // when it is tried, then it says what will happen, and why some lines will not
  await tryIt(page);
  await expect(counted(page, "Not taken")).toHaveText(/2/);
  await expect(page.getByText("Price: “3.500” can be read in two ways. Write 3500 / 3.50.")).toBeVisible();
  await expect(page.getByText(/made a date of it, “8-Jun”/)).toBeVisible();
  expect(await faults(page)).toEqual([]);
  const [saved] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download these lines" }).click(),
  ]);
  expect(readFileSync(await saved.path(), "utf8")).toContain("Tarehe");

  // and when it is imported, the good lines are in
  await page.getByRole("button", { name: "Import 3 lines" }).click();
  await expect(page.getByText("3 new lines are in.")).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText(/leads to a private address/)).toBeVisible();
  await page.getByRole("link", { name: "To the pieces" }).click();
  await expect(page.getByRole("button", { name: new RegExp(list.one) })).toBeVisible();

  // one is sold in the shop, and the same list changes nothing: the columns are known by now
  await page.getByRole("button", { name: new RegExp(list.one) }).click();
  await page.getByRole("button", { name: /^Blue, M: 2 left$/ }).click();
  await page.getByRole("button", { name: "One fewer" }).click();
  await page.getByRole("button", { name: "Save the stock" }).click();
  await expect(page.getByRole("button", { name: /^Blue, M: 1 left$/ })).toBeVisible();
  await upload(page, list.text);
  await expect(page.getByLabel(/Bei ya duka/)).toHaveValue("price");
  await tryIt(page);
  await expect(counted(page, "Same")).toHaveText(/3/);
  await expect(page.getByRole("button", { name: "Nothing to import" })).toBeDisabled();
});

test("the exported pieces import back as nothing new, and what is no list is told", async ({ page }) => {
  test.setTimeout(120_000);
  await signIn(page);
  await page.goto("/pieces");
  await page.getByRole("button", { name: "All pieces" }).click();
  const [saved] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: "Export to Excel" }).click(),
  ]);
  expect(saved.suggestedFilename()).toMatch(/\.xlsx$/);

  await page.goto("/pieces/import");
  await page.getByLabel("Choose a file").setInputFiles({ name: "bei.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7") });
  await expect(page.getByText("This is no table that can be read: save it as CSV or XLSX.")).toBeVisible();

  await page.getByLabel("Choose a file").setInputFiles(await saved.path());
  await expect(page.getByRole("heading", { name: "What the columns are" })).toBeVisible();
  await tryIt(page);
  await expect(page.getByRole("button", { name: "Nothing to import" })).toBeDisabled();
});

test("staff see the pieces, and no list of them", async ({ page }) => {
  await signIn(page, "staff");
  await page.goto("/pieces");
  await expect(page.getByRole("heading", { name: "Pieces" })).toBeVisible();
  await expect(page.getByRole("button", { name: "All pieces" })).toHaveCount(0);
  await page.goto("/pieces/import");
  await expect(page.getByText("Only owners import a list of pieces.")).toBeVisible();
});

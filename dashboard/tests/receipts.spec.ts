import { expect, type Page, test } from "@playwright/test";

import { customer, signIn } from "./people";
import { faults } from "./usable";

test("the receipt of a paid order goes into the chat, and can be saved", async ({ page }) => {
  test.setTimeout(150_000);
  // given: a customer who paid on WhatsApp
  const phone = await customer(page, "Chebet Test");
  await phone.buy("I want the Waridi Floral Shift Dress in pink, size M", "that is all", "Kilimani, Argwings Kodhek road, house 12");

  // when: the owner sends the receipt
  await signIn(page);
  await page.goto("/orders");
  await page.getByRole("button", { name: /Chebet Test/ }).first().click();
  await page.getByRole("button", { name: "Send in the chat" }).click();
  await expect(page.getByText("The receipt is on its way to Chebet Test.")).toBeVisible();

  // then: the phone shows a document, which is a PDF, as is what the owner saves
  type Shown = { kind: string; media?: string; filename?: string };
  const document = async () => ((await phone.look()).messages as unknown as Shown[]).find((one) => one.kind === "document");
  await expect.poll(document, { timeout: 20_000 }).toBeTruthy();
  const file = await page.request.get(`/sandbox/phone/api/media/${(await document())?.media}`);
  expect((await file.body()).subarray(0, 5).toString()).toBe("%PDF-");
  expect(await saved(page, "For the till")).toBe("%PDF-");
  expect(await faults(page)).toEqual([]);
});

test("a sale in the shop has a receipt", async ({ page }) => {
  await signIn(page);
  await page.goto("/sell");
  await page.getByRole("searchbox").fill("Waridi Floral");
  await page.getByRole("button", { name: /^Waridi Floral/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: /left$/ }).first().click();
  await page.getByRole("button", { name: "M-Pesa" }).click();
  await expect(page.getByText(/^Sold: /)).toBeVisible();

  await page.getByRole("link", { name: /^Sold in the shop today/ }).click();
  await page.getByRole("main").getByRole("listitem").first().getByRole("button").click();

  expect(await saved(page, "Share")).toBe("%PDF-"); // a browser without a sheet of its own saves it
});

/** The first bytes of the file that a button saves. */
async function saved(page: Page, name: string): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name }).click()]);
  expect(download.suggestedFilename()).toMatch(/^Receipt [A-Z]{2}-\w+\.pdf$/);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).subarray(0, 5).toString();
}

import { expect, type Page, test } from "@playwright/test";

import { customer, type Phone } from "./people";
import { faults } from "./usable";

const SHOP = "/s/zuri";
// Until the sandbox's SMS has reached the phone.
const SOON = { timeout: 30_000, intervals: [300] };

/** The newest code that came to the phone by SMS. */
async function theCode(phone: Phone): Promise<string> {
  let code = "";
  await expect.poll(async () => {
    const texts = (await phone.look()).sms.map((one) => one.text);
    code = texts.map((text) => /^(\d{6}) is your code/.exec(text)?.[1]).filter(Boolean).at(-1) ?? "";
    return code;
  }, SOON).toMatch(/^\d{6}$/);
  return code;
}

/** Asks for offers with the phone's number, and writes the code into the page. */
async function agree(page: Page, phone: Phone): Promise<void> {
  await page.getByLabel("Your phone number").fill(phone.number);
  await page.getByLabel("By SMS first, and on WhatsApp").check();
  await page.getByLabel(/^Send me the offers of/).check();
  await page.getByRole("button", { name: "Send me a code" }).click();
  await page.getByLabel("Code of 6 digits").fill(await theCode(phone));
  await page.getByRole("button", { name: "Confirm" }).click();
  await expect(page.getByText("Done. You hear of our offers from now on.")).toBeVisible();
}

test("a visitor agrees to offers with a code, sees what is kept of her, and ends it", async ({ page }) => {
  test.setTimeout(120_000);
  const phone = await customer(page, "Offers Test");
  await page.goto(SHOP);
  await page.getByRole("link", { name: "Get the shop's offers" }).click();

  // when: her number is hers, as the code says
  await agree(page, phone);

  // then: the page knows her, and shows her number in part
  await page.getByRole("link", { name: "What we keep" }).click();
  await expect(page.getByText("You get our offers.")).toBeVisible();
  expect(await page.content()).not.toContain(phone.number.slice(1));
  expect(await faults(page, "what is kept")).toEqual([]);

  // and she ends both
  await page.getByRole("button", { name: "Stop the offers" }).click();
  await expect(page.getByText("Done. You get no more offers from Zuri Boutique.")).toBeVisible();
  await page.getByRole("button", { name: "Forget this browser" }).click();
  await expect(page.getByText("We do not know this browser any more.")).toBeVisible();
  await page.goto(`${SHOP}/privacy`);
  await expect(page.getByText("We do not know who you are.")).toBeVisible();
});

test("who waits for a sold-out size agrees first, and is told that she waits", async ({ page }) => {
  test.setTimeout(120_000);
  const phone = await customer(page, "Wait Test");

  // given a piece of which a size is gone
  await page.goto(SHOP);
  const pieces = await page.locator("main ol li a").evaluateAll((all) => all.map((one) => one.getAttribute("href") ?? ""));
  const tell = page.getByRole("button", { name: "Tell me when it is back" });
  for (const piece of pieces) {
    await page.goto(piece);
    if (await tell.count()) break;
  }
  const there = page.url();
  const name = await page.getByRole("heading", { level: 1 }).innerText();

  // when she wants to hear of it
  await tell.click();
  await expect(page.getByText(`We write to you when ${name} is there again`)).toBeVisible();
  expect(await faults(page, "offers of a piece")).toEqual([]);
  await agree(page, phone);

  // then the next time takes one tap
  await page.goto(there);
  await tell.click();
  await expect(page.getByText("We write to you when it is there again.")).toBeVisible();
});

import { expect, type Page, test } from "@playwright/test";

import { API, signIn } from "./people";
import { faults } from "./usable";

const OWNER = { account: "zuri", contact: "+254700000201" };

async function available(page: Page): Promise<number> {
  await page.goto("/wallet");
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
  const shown = page.locator("section", { has: page.getByRole("heading", { name: "Available" }) }).locator("p").first();
  return Number((await shown.innerText()).replace(/\D/g, ""));
}

async function prompts(page: Page): Promise<{ checkout_request_id: string }[]> {
  const answer = await page.request.get(`${API}/sandbox/phone/api/chat`, { params: OWNER });
  return ((await answer.json()) as { prompts: { checkout_request_id: string }[] }).prompts;
}

async function answer(page: Page, data: Record<string, string>): Promise<void> {
  await expect.poll(async () => (await prompts(page)).length, { timeout: 30_000 }).toBeGreaterThan(0);
  const [prompt] = await prompts(page);
  await page.request.post(`${API}/sandbox/phone/api/prompts/${prompt?.checkout_request_id}`, { data });
}

test("an owner buys tokens with her phone, and sees them at once", async ({ page }) => {
  test.setTimeout(120_000);
  await signIn(page);
  const before = await available(page);

  // when she asks for five hundred and types her PIN
  await page.getByRole("button", { name: "Buy tokens" }).click();
  await page.getByRole("button", { name: /^500 tokens/ }).click();
  await page.getByRole("button", { name: /^Pay KES\s1,750/ }).click();
  await expect(page.getByText(/Look at .*, and type your PIN/)).toBeVisible();
  await answer(page, { outcome: "pin", pin: "1234" });

  // then they are hers, with the receipt, without reloading
  await expect(page.getByText("500 tokens are yours.")).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole("dialog").getByText(/M-Pesa receipt S/)).toBeVisible();
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).last().click();
  await expect(page.getByRole("list", { name: "Statement" }).getByText("Bought with M-Pesa").first()).toBeVisible();
  await expect(page.getByText("+500").first()).toBeVisible();
  expect(await available(page)).toBe(before + 500);

  // and the file has the same
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download the statement" }).click();
  expect((await download).suggestedFilename()).toBe("Message tokens.csv");
});

test("a payment that she cancels buys nothing, and what she typed is told where it is wrong", async ({ page }) => {
  test.setTimeout(120_000);
  await signIn(page);
  const before = await available(page);
  await page.getByRole("button", { name: "Buy tokens" }).click();

  // when the phone is no Safaricom number, then it is told beside it and stays
  await page.getByRole("button", { name: "Another phone" }).click();
  await page.getByLabel("Phone that pays").fill("+44 7700 900123");
  await page.getByRole("button", { name: /^Pay/ }).click();
  await expect(page.getByText(/Give a Safaricom number/)).toBeVisible();
  await expect(page.getByLabel("Phone that pays")).toHaveValue("+44 7700 900123");

  // when she cancels the prompt on her own phone
  await page.getByLabel("Phone that pays").fill(OWNER.contact);
  await page.getByRole("button", { name: /^Pay/ }).click();
  await answer(page, { outcome: "cancel" });

  // then she may try again, and has what she had
  await expect(page.getByText(/You cancelled it/)).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole("button", { name: "Try again" })).toBeVisible();
  expect(await available(page)).toBe(before);
});

test("staff see how many there are, and buy none", async ({ page }) => {
  await signIn(page, "staff");
  expect(await available(page)).toBeGreaterThan(0);
  await expect(page.getByText("Only an owner buys tokens")).toBeVisible();
  await expect(page.getByRole("button", { name: "Buy tokens" })).toHaveCount(0);
});

for (const theme of ["light", "dark"] as const) {
  test(`everybody can use the wallet and its sheet, in ${theme}`, async ({ page }) => {
    test.setTimeout(90_000);
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    await signIn(page);
    await available(page);
    expect(await faults(page)).toEqual([]);
    await page.getByRole("button", { name: "Buy tokens" }).click();
    await page.getByRole("button", { name: "Another phone" }).click();
    await expect(page.getByLabel("Phone that pays")).toBeVisible();
    expect(await faults(page)).toEqual([]);
    for (const width of [360, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(wide).toBeLessThanOrEqual(0);
    }
  });
}

import { expect, type Page, test } from "@playwright/test";

import { customer, type Phone } from "./people";
import { faults } from "./usable";

const SHOP = "/s/zuri";
// Until the sandbox's prompt has reached the phone.
const SOON = { timeout: 30_000, intervals: [300] };

/** Puts the first piece in stock that has these words into the cart; its name. */
async function putIn(page: Page, words: string): Promise<string> {
  await page.goto(`${SHOP}?q=${encodeURIComponent(words)}`);
  const card = page.locator("main ol li:not(.sold-out) a").first();
  const name = await card.locator(".name").innerText();
  await card.click();
  await page.getByRole("button", { name: "Put in the cart" }).click();
  await expect(page.getByText("It is in your cart.")).toBeVisible();
  return name;
}

async function prompted(phone: Phone): Promise<number> {
  return (await phone.look()).prompts.length;
}

test("a stranger chooses in the window, pays by M-Pesa, and her page says so", async ({ page }) => {
  test.setTimeout(120_000);
  const phone = await customer(page, "Window Test");
  const name = await putIn(page, "dress");

  // when: the address and number are given, and the total is agreed to
  await page.getByRole("link", { name: /^Cart/ }).first().click();
  await expect(page.getByText(name)).toBeVisible();
  await page.getByLabel("Where should it be brought?").fill("Kilimani, Argwings Kodhek Rd");
  await page.getByLabel("M-Pesa number that pays").fill(phone.number);
  await page.getByRole("button", { name: "See the total" }).click();
  await page.getByRole("button", { name: /^Pay KES .* by M-Pesa$/ }).click();

  // then: the phone is asked once, and once it has paid the page thanks her
  await expect(page.getByText(/enter your M-Pesa PIN/)).toBeVisible();
  await expect.poll(() => prompted(phone), SOON).toBe(1);
  await phone.pay();
  await expect(page.getByText(/Paid\. Thank you!/)).toBeVisible({ timeout: 30_000 });
  expect(await page.content()).not.toContain(phone.number);
});

test("a cart of the window goes on in the chat", async ({ page }) => {
  test.setTimeout(90_000);
  const phone = await customer(page, "Carry Test");
  const name = await putIn(page, "dress");

  // when: the visitor goes on to WhatsApp, and sends what is typed there
  await page.goto(`${SHOP}/cart`);
  await expect(page.getByRole("checkbox")).not.toBeChecked();
  await page.route("https://wa.me/**", (route) => route.fulfill({ body: "WhatsApp" }));
  await page.getByRole("button", { name: "Continue on WhatsApp" }).click();
  await page.waitForURL(/wa\.me/);
  const typed = new URL(page.url()).searchParams.get("text") ?? "";
  expect(typed).toMatch(/^Cart [2-9A-HJ-NP-Z]{6}$/);
  const { messages } = await phone.ask(typed);

  // then: the assistant has her cart
  expect(messages.map((one) => one.text ?? "").join("\n")).toContain(name);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`everybody can use the window, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 360, height: 760 });
    const found: string[] = [];
    for (const path of [SHOP, `${SHOP}?q=nothing-like-it`, `${SHOP}/cart`, `${SHOP}/offers`, `${SHOP}/privacy`, "/s/nobody"]) {
      await page.goto(path);
      found.push(...await faults(page, path));
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (wide > 0) found.push(`${path} is ${wide} px too wide`);
    }
    await putIn(page, "dress");
    found.push(...await faults(page, "a piece"));
    await page.goto(`${SHOP}/cart`);
    found.push(...await faults(page, "a cart"));
    expect(found).toEqual([]);
  });
}

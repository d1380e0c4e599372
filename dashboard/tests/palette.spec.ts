import { expect, type Locator, type Page, test } from "@playwright/test";

import { signIn } from "./people";
import { faults } from "./usable";

test.use({ viewport: { width: 1280, height: 800 } });

const palette = (page: Page) => page.getByRole("dialog", { name: "Search everywhere" });
const field = (page: Page) => palette(page).getByRole("combobox");
const option = (page: Page, name: string | RegExp) => palette(page).getByRole("option", { name });

/** From the sidebar: the button waits for what it opens, which a key pressed early would not. */
async function openPalette(page: Page): Promise<Locator> {
  await page.getByRole("button", { name: "Search", exact: true }).click();
  await expect(field(page)).toBeFocused();
  return field(page);
}

/** The first order of the shop, as it is open now: its number and whose it is. */
async function firstOrder(page: Page): Promise<{ number: string; customer: string }> {
  await page.goto("/orders?filter=all");
  await page.getByRole("main").getByRole("listitem").getByRole("button").first().click();
  const heading = page.getByRole("heading", { name: /^DK-/ });
  const number = (await heading.textContent())?.match(/DK-\w+/)?.[0] ?? "";
  const customer = (await page.getByRole("main").locator("[aria-current=true] .font-medium").first().textContent()) ?? "";
  return { number, customer };
}

test("a person finds an order, a customer, a piece and a screen by what is known of it", async ({ page }) => {
  test.setTimeout(90_000);
  await signIn(page);
  const { number, customer } = await firstOrder(page);
  await page.goto("/");

  // an order by the end of its number, as it is said on the phone
  await (await openPalette(page)).fill(number.slice(3).toLowerCase());
  await expect(palette(page).getByRole("group", { name: "Orders" }).getByRole("option").first()).toHaveAttribute("aria-selected", "true");
  expect(await faults(page)).toEqual([]);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: number })).toBeVisible();
  await expect(palette(page)).toBeHidden();

  // it is the first of what was opened last, also after a reload
  await page.goto("/");
  await openPalette(page);
  await expect(palette(page).getByRole("group", { name: "Opened last" }).getByRole("option").first()).toHaveText(number);

  // a customer by a word of her name
  await field(page).fill(customer.split(" ")[0] ?? "");
  await palette(page).getByRole("group", { name: "Customers" }).getByRole("option", { name: customer }).first().click();
  await expect(page).toHaveURL(/\/customers\?id=/);
  await expect(page.getByRole("heading", { name: customer })).toBeVisible();

  // a screen by its name in the other language, and an action by its own
  await (await openPalette(page)).fill("funga siku");
  await option(page, "Daily close").click();
  await expect(page).toHaveURL(/\/money\/close$/);
  await (await openPalette(page)).fill("new pi");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/pieces\/add$/);

  // what nothing is called, is said
  await (await openPalette(page)).fill("qqzzq");
  await expect(palette(page).getByText(/Nothing is called “qqzzq”/)).toBeVisible();
  expect(await faults(page)).toEqual([]);
});

test("staff are offered what they may do", async ({ page }) => {
  await signIn(page, "staff");
  await (await openPalette(page)).fill("pie");
  await expect(option(page, "Pieces").first()).toBeVisible();
  await expect(option(page, "New piece")).toHaveCount(0);
  await field(page).fill("profit");
  await expect(option(page, "Profit")).toHaveCount(0);
});

test("keys lead everywhere, leave typing alone, and can be switched off", async ({ page }) => {
  test.setTimeout(90_000);
  await signIn(page);
  await openPalette(page);
  await page.keyboard.press("Escape"); // from here on the keys are heard
  await expect(palette(page)).toBeHidden();
  await page.keyboard.press("Control+k");
  await expect(palette(page)).toBeVisible();
  await page.keyboard.press("Control+k");
  await expect(palette(page)).toBeHidden();

  // a place by two letters, its search by one, its rows by others
  await page.keyboard.press("g");
  await page.keyboard.press("p");
  await expect(page).toHaveURL(/\/pieces$/);
  const rows = page.getByRole("main").getByRole("listitem").getByRole("button");
  await expect(rows.nth(1)).toBeVisible();
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await expect(rows.nth(1)).toBeFocused();
  await page.keyboard.press("k");
  await expect(rows.first()).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/[?&]id=/);
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/\/pieces$/);
  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox")).toBeFocused();
  await page.keyboard.type("go?n");
  await expect(page.getByRole("searchbox")).toHaveValue("go?n");
  await expect(page).toHaveURL(/\/pieces\?search=go/);
  await page.getByRole("searchbox").fill("");
  await page.getByRole("searchbox").blur();
  await page.keyboard.press("n");
  await expect(page).toHaveURL(/\/pieces\/add$/);

  // switched off, a letter does nothing; the palette still brings the switch
  await page.goto("/");
  await openPalette(page);
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(sheet).toBeVisible();
  expect(await faults(page)).toEqual([]);
  await sheet.getByRole("switch").click();
  await page.keyboard.press("Escape");
  await expect(sheet).toBeHidden();
  await page.keyboard.press("?");
  await page.keyboard.press("g");
  await page.keyboard.press("o");
  await page.keyboard.press("Control+k");
  await expect(palette(page)).toBeVisible(); // so the keys before it were heard, and did nothing
  await expect(page).toHaveURL(/\/$/);
  await expect(sheet).toBeHidden();
  await field(page).fill("shortcuts");
  await page.keyboard.press("Enter");
  await sheet.getByRole("switch").click();
  await page.keyboard.press("Escape");
  await page.keyboard.press("g");
  await page.keyboard.press("o");
  await expect(page).toHaveURL(/\/orders$/);
});

test("on a phone the search is in the boutique's sheet", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await signIn(page);
  await page.getByRole("button", { name: "You and your boutique" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Search", exact: true }).click();
  await expect(field(page)).toBeFocused();
  await field(page).fill("sell");
  expect(await faults(page)).toEqual([]);
  await option(page, "Sell in the shop").click();
  await expect(page).toHaveURL(/\/sell$/);
});

import { expect, type Locator, type Page, test } from "@playwright/test";

import { signIn } from "./people";
import { atRest, faults } from "./usable";

const named = () => `Left carts ${Math.floor(Math.random() * 1e6)}`;

/** A rule of the recipe for left carts, saved under a name of its own. */
async function begin(page: Page, name: string): Promise<void> {
  await page.goto("/automations/write?recipe=cart_abandoned");
  await page.getByLabel("Name", { exact: true }).fill(name);
}

/** From the menu of the rule that is open, once it stands still. */
async function choose(page: Page, what: string): Promise<void> {
  await expect(page.getByRole("link", { name: "Change" })).toBeVisible();
  await atRest(page);
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: what }).click();
}

const rowOf = (page: Page, name: string): Locator =>
  page.getByRole("list", { name: "Rules" }).getByRole("listitem").filter({ hasText: name });

test("an owner begins a rule from a recipe, tries it on a customer, and switches it", async ({ page }) => {
  test.setTimeout(120_000);
  await signIn(page);
  const name = named();

  // when: she changes the words of its first message
  await begin(page, name);
  await page.getByLabel("Text", { exact: true }).fill("Hujambo {name}, {product} is waiting for you. {cta}");

  // then: both channels show it as it will be read, without a brace
  const whatsapp = page.getByRole("figure", { name: "The message on WhatsApp" });
  await expect(whatsapp).toContainText("is waiting for you.");
  await expect(whatsapp).not.toContainText("{");
  await expect(page.getByText(/1 SMS ·/)).toBeVisible();
  expect(await faults(page, "the editor")).toEqual([]);

  // when: it is saved
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("banner").getByText("Saved")).toBeVisible();

  // then: a customer who left no cart would get nothing, and it says why
  await page.getByRole("button", { name: "Try it" }).click();
  const sheet = page.getByRole("dialog");
  await sheet.getByRole("list", { name: "Customers" }).getByRole("button").first().click();
  await expect(sheet.getByRole("region", { name })).toContainText(/Would|Waits/);
  await sheet.getByText(/check/).click();
  await expect(sheet.getByRole("listitem").first()).toBeVisible();
  expect(await faults(page, "the dry run")).toEqual([]);
  await page.keyboard.press("Escape");

  // when: she goes back and switches it on, and off
  await page.getByRole("button", { name: "Back to the rules" }).click();
  const toggle = page.getByRole("switch", { name: /^(On|Off)/ });
  await toggle.click();
  await expect(toggle).toBeChecked();
  await expect(page.getByText(`${name} is on.`)).toBeVisible();
  await toggle.click();
  await expect(toggle).not.toBeChecked();
  await page.getByRole("button", { name: "Back", exact: true }).click();
  await expect(rowOf(page, name).getByRole("switch")).not.toBeChecked();
});

test("a variable that is none is refused with the one that was meant", async ({ page }) => {
  await signIn(page);
  await begin(page, named());

  await page.getByLabel("Text", { exact: true }).fill("Habari {produkt}");
  await page.getByRole("button", { name: "Save", exact: true }).click();

  await expect(page.getByRole("alert").filter({ hasText: "write {product}" })).toBeVisible();
});

test("an owner pauses WhatsApp for her rules with a reason, and resumes it", async ({ page }) => {
  await signIn(page);
  await page.goto("/automations");
  const channels = page.getByRole("region", { name: "Channels" });

  await channels.getByRole("button", { name: "Pause WhatsApp" }).click();
  await page.getByRole("dialog").getByLabel("Why").fill("Stock-taking");
  await page.getByRole("dialog").getByRole("button", { name: "Pause WhatsApp" }).click();

  await expect(channels.getByText(/Paused since .* · Stock-taking/)).toBeVisible();
  await atRest(page);
  expect(await faults(page, "a paused channel")).toEqual([]);

  await channels.getByRole("button", { name: "Resume WhatsApp" }).click();
  await expect(channels.getByRole("button", { name: "Pause WhatsApp" })).toBeVisible();
});

test("a rule is copied, and removed", async ({ page }) => {
  await signIn(page);
  const name = named();
  await begin(page, name);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("banner").getByText("Saved")).toBeVisible();
  await page.getByRole("button", { name: "Back to the rules" }).click();

  await choose(page, "Copy this rule");
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue(`${name} (2)`);

  await page.getByRole("button", { name: "Back to the rules" }).click();
  await choose(page, "Remove this rule");
  await expect(rowOf(page, `${name} (2)`)).toHaveCount(0);
  await expect(rowOf(page, name)).toHaveCount(1);
});

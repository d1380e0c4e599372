import { expect, type Page, test } from "@playwright/test";

import { signIn } from "./people";
import { faults } from "./usable";

/** Somebody who takes a piece on credit, whom no other run of this test knows. */
async function takesOnCredit(page: Page, name: string): Promise<void> {
  await page.goto("/sell");
  await page.getByRole("searchbox").fill("Waridi Floral");
  await page.getByRole("button", { name: /^Waridi Floral/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: /left$/ }).first().click();
  await page.getByRole("button", { name: "On credit" }).click();
  await page.getByLabel("Who will pay?").fill(name);
  await page.getByRole("button", { name: "Sell on credit" }).click();
  await expect(page.getByText(/^Sold: /)).toBeVisible();
}

test("an owner sees who owes, takes a part, and is told why a stranger cannot be reminded", async ({ page }) => {
  test.setTimeout(120_000);
  await page.emulateMedia({ reducedMotion: "reduce" });
  await signIn(page);
  const name = `Baba ${Date.now().toString(36)}`;
  await takesOnCredit(page, name);

  // then he is among those who owe
  await page.goto("/money");
  await page.getByRole("link", { name: "Who owes" }).click();
  await expect(page.getByRole("heading", { name: "Who owes" })).toBeVisible();
  await page.getByRole("button", { name: new RegExp(name) }).click();
  expect(await faults(page)).toEqual([]);

  // when he pays a part, and more than he owes
  await page.getByRole("button", { name: "Take a payment" }).click();
  await page.getByLabel("How much").fill("99m");
  await expect(page.getByRole("button", { name: /^Take KES/ })).toBeDisabled();
  await page.getByLabel("How much").fill("900,000");
  await expect(page.getByText(/^Only KES/)).toBeVisible();
  await page.getByLabel("How much").fill("500");
  expect(await faults(page)).toEqual([]);
  await page.getByRole("button", { name: "Take KES 500" }).click();
  await expect(page.getByText(/^Noted\. KES/)).toBeVisible();

  // then the sale tells of it, and he cannot be reminded by the shop, who never wrote to it
  await page.getByRole("button", { name: /^CS-/ }).click();
  await expect(page.getByText(/^Paid · Cash/)).toBeVisible();
  // and a slip is taken back, which is owed again
  await page.getByRole("button", { name: "Take it back" }).click();
  await page.getByLabel("Why").fill("It was another's");
  await page.getByRole("button", { name: "Take it back" }).last().click();
  await expect(page.getByText(/^Taken back · It was another's/)).toBeVisible();

  await page.getByRole("button", { name: "Remind her" }).click();
  await expect(page.getByText(/has never written to the shop/)).toBeVisible();
  await page.keyboard.press("Escape");

  // when the rest is written off, then he owes nothing
  await page.getByRole("button", { name: "Write off the rest" }).click();
  await page.getByLabel("Why it will not come").fill("He moved away");
  await page.getByRole("button", { name: "Write off the rest" }).last().click();
  await expect(page.getByText("Nothing is owed here any more.")).toBeVisible();
});

test("an owner reminds a customer once, and her phone has it", async ({ page }) => {
  test.setTimeout(120_000);
  await page.emulateMedia({ reducedMotion: "reduce" });
  await signIn(page);
  await page.goto("/money/credit");
  const rows = page.getByRole("list", { name: "Who owes" }).getByRole("listitem");
  await expect(rows.first()).toBeVisible();

  // given one whom the shop may remind, unless another run has
  for (let n = 0; n < await rows.count(); n += 1) {
    await rows.nth(n).getByRole("button").click();
    await page.getByRole("button", { name: "Remind her" }).click();
    const send = page.getByRole("button", { name: "Send it" });
    const no = page.getByRole("status").filter({ hasText: /seven days|never written|stop/ });
    await expect(send.or(no).first()).toBeVisible();
    if (await send.isVisible()) {
      await send.click();
      await expect(page.getByText("The reminder is on its way")).toBeVisible();
      await page.getByRole("button", { name: "Remind her" }).click();
      await expect(page.getByText(/in the last seven days/).first()).toBeVisible();
      return;
    }
    await page.keyboard.press("Escape");
    await page.goto("/money/credit");
    await expect(rows.first()).toBeVisible();
  }
});

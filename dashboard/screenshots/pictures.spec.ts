import { expect, test } from "@playwright/test";

import { login } from "../tests/people";

const PICTURES = [
  { name: "today", path: "/", open: null },
  { name: "orders", path: "/orders?filter=all", open: "main li button" },
  { name: "chats", path: "/chats", open: "main li button" },
  { name: "pieces", path: "/pieces", open: null },
  { name: "add-piece", path: "/pieces/add", open: null },
] as const;
// The demo's second shop, on which most of its chats are held.
const SHOP = Number(process.env.SHOP ?? 1);

for (const width of [360, 1280]) {
  test(`pictures at ${width} px`, async ({ page }) => {
    test.setTimeout(120_000);
    await page.setViewportSize({ width, height: width > 800 ? 800 : 740 });
    const { name } = await login(page, "owner", SHOP);
    await page.goto("/sign-in");
    await page.getByRole("button", { name }).click();
    await expect(page.getByRole("heading", { name: "Sold today" })).toBeVisible();
    for (const picture of PICTURES) {
      await page.goto(picture.path);
      await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
      if (picture.open && width > 800) await page.locator(picture.open).first().click();
      await page.waitForTimeout(1_000);
      await page.screenshot({ path: `../docs/dashboard/${picture.name}-${width}.png` });
    }
  });
}

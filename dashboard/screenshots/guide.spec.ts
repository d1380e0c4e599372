import { expect, type Page, test } from "@playwright/test";

import { login } from "../tests/people";

type Picture = { name: string; path: string; before?: (page: Page) => Promise<void> };

const first = (selector: string) => async (page: Page) => {
  await page.locator(selector).first().click();
};
// In the order of docs/owners-guide.md.
const PICTURES: Picture[] = [
  { name: "go-live", path: "/settings?part=live" },
  { name: "channel", path: "/settings?part=channel" },
  { name: "mpesa", path: "/settings?part=mpesa" },
  { name: "zones", path: "/settings?part=zones" },
  { name: "hours", path: "/settings?part=hours" },
  { name: "people", path: "/settings?part=people" },
  { name: "piece-new", path: "/pieces/add" },
  { name: "import", path: "/pieces/import" },
  { name: "piece", path: "/pieces", before: first("main li a, main li button") },
  { name: "today", path: "/" },
  { name: "order", path: "/orders?filter=all", before: first("main li button") },
  { name: "chat", path: "/chats", before: first("main li button, main li a") },
  { name: "sell", path: "/sell" },
  { name: "customers", path: "/customers" },
  { name: "money", path: "/money" },
  { name: "close", path: "/money/close" },
  { name: "campaigns", path: "/campaigns" },
  { name: "automations", path: "/automations" },
  { name: "carts", path: "/carts" },
  { name: "figures", path: "/figures" },
  { name: "wishes", path: "/figures/wishes" },
];
const SHOP = Number(process.env.SHOP ?? 0);

test("the pictures of the owner's guide", async ({ page }) => {
  test.setTimeout(300_000);
  const { name } = await login(page, "owner", SHOP);
  await page.goto("/sign-in");
  await page.getByRole("button", { name }).click();
  await expect(page.getByRole("heading", { name: "Sold today" })).toBeVisible();
  for (const picture of PICTURES) {
    await page.goto(picture.path);
    await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
    await picture.before?.(page);
    await page.waitForTimeout(1_500);
    await page.screenshot({ path: `../docs/guide/${picture.name}.png` });
  }
});

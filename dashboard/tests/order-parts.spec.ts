import { expect, type Page, test } from "@playwright/test";

import { customer, signIn } from "./people";
import { faults } from "./usable";

type Shown = { items: { quantity: number; sent: number; left: number; refunded: number; product_id: string; variant_id: string }[]; refunded_minor: number };

/** The API as this page's person has it, to see that the numbers agree. */
async function call<T>(page: Page, path: string, body?: object): Promise<T> {
  const headers = await page.evaluate(() => {
    const kept = Object.entries({ ...localStorage }).find(([key]) => key.startsWith("sb-"))?.[1] ?? "{}";
    return { authorization: `Bearer ${(JSON.parse(kept) as { access_token: string }).access_token}` };
  });
  const me = (await (await page.request.get("/api/v1/me", { headers })).json()) as { boutiques: { boutique_id: string }[] };
  const url = `/api/v1/boutiques/${me.boutiques[0]?.boutique_id}${path}`;
  const answer = body ? await page.request.post(url, { headers, data: body }) : await page.request.get(url, { headers });
  expect(answer.ok(), await answer.text()).toBe(true);
  return (await answer.json()) as T;
}

type Piece = { id: string; name: string; variants: { id: string; colour: string; size: string; available: number }[] };

/** Two more of the dress, whatever other tests have bought of it. */
async function bringTwo(page: Page): Promise<void> {
  const { items } = await call<{ items: { id: string }[] }>(page, "/products?search=Waridi");
  const piece = await call<Piece>(page, `/products/${items[0]?.id}`);
  const variant = piece.variants.find((one) => one.colour === "navy" && one.size === "M");
  await call(page, `/products/${piece.id}/variants/${variant?.id}/stock-movements`, { delta: 2, reason: "restock" });
}

async function available(page: Page, item: Shown["items"][number]): Promise<number> {
  const piece = await call<Piece>(page, `/products/${item.product_id}`);
  return piece.variants.find((one) => one.id === item.variant_id)?.available ?? -1;
}

/** Everyone can use what is open, in both themes. */
async function noFindings(page: Page): Promise<void> {
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    expect(await faults(page, colorScheme, { without: "[data-sonner-toaster]" })).toEqual([]);
  }
}

test("an order goes out in two parts and a piece of it is refunded, and the numbers agree", async ({ page }) => {
  test.setTimeout(240_000);
  // given: a customer who paid for two
  await signIn(page);
  await bringTwo(page);
  const phone = await customer(page, "Zawadi Parts");
  await phone.buy("I want two Waridi Floral Shift Dress in navy, size M", "that is all", "Kilimani, Argwings Kodhek road, house 12");
  await page.getByRole("navigation").getByRole("link", { name: /^Orders/ }).filter({ visible: true }).click();
  await page.getByRole("button", { name: /Zawadi Parts/ }).first().click();
  const id = new URL(page.url()).searchParams.get("id");
  const order = () => call<Shown>(page, `/orders/${id}`);

  // when: one goes out
  await page.getByRole("button", { name: "Send a part" }).click();
  await page.getByRole("button", { name: /^One more/ }).click();
  await noFindings(page);
  await page.getByRole("dialog").getByRole("button", { name: "Mark as sent" }).click();

  // then: one went, one is left, and the customer reads both
  await expect(page.getByText("1 of 2 sent · 1 to send")).toBeVisible();
  expect((await order()).items.map(({ sent, left }) => [sent, left])).toEqual([[1, 1]]);
  await expect.poll(() => phone.said(), { timeout: 30_000 }).toMatch(/a part of your order[\s\S]*still to come/i);

  // when: the rest follows
  await page.getByRole("button", { name: "Mark as sent" }).click();
  await expect(page.getByRole("button", { name: "Mark as delivered" })).toBeVisible();
  await expect.poll(() => phone.said(), { timeout: 30_000 }).toMatch(/the rest of your order/i);

  // when: one is refunded, and goes back on the shelf
  const [item] = (await order()).items;
  if (!item) throw new Error("the order has no piece");
  const before = await available(page, item);
  await page.getByRole("button", { name: "More for this order" }).click();
  await page.getByRole("menuitem", { name: "Refund" }).click();
  await page.getByRole("button", { name: /^One more/ }).click();
  await page.getByLabel("Why?").selectOption({ label: "Too small" });
  await page.getByLabel("Receipt or reference").fill(`TJK${Date.now() % 1e7}`);
  await noFindings(page);
  await page.getByRole("button", { name: /^Record KES/ }).click();

  // then: the order, the shelf and the customer agree
  await expect(page.getByText("1 refunded · 1 back on the shelf")).toBeVisible();
  const after = await order();
  expect(after.items.map(({ refunded }) => refunded)).toEqual([1]);
  expect(after.refunded_minor).toBeGreaterThan(0);
  expect(await available(page, item)).toBe(before + 1);
  await expect.poll(() => phone.said(), { timeout: 30_000 }).toMatch(/has refunded you/i);
  await noFindings(page);
});

test("staff see no refund, for it is the owner's", async ({ page }) => {
  await signIn(page, "staff");
  await page.goto("/orders?filter=all");
  await page.getByRole("main").getByRole("button").first().click();
  await page.getByRole("button", { name: "More for this order" }).click();
  await expect(page.getByRole("menuitem", { name: /Share/ })).toBeVisible();
  await expect(page.getByRole("menuitem", { name: "Refund" })).toHaveCount(0);
});

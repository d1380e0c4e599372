import { expect, type Page, test } from "@playwright/test";

import { customer, signIn } from "./people";
import { faults } from "./usable";

const add = (page: Page) => page.getByRole("button", { name: "Add", exact: true }).filter({ visible: true });

test("the last one is sold in the shop in three taps, and the assistant offers it no more", async ({ page }) => {
  test.setTimeout(150_000);
  // given: a piece of which one is left
  const name = `Nyota ${Math.floor(Math.random() * 1e6)} kanzu`;
  const api = await signedInApi(page);
  const piece = await api.add(name);
  const left = async () => (await api.piece(piece.id)).variants[0]?.available;

  // when: the piece, (its only size,) and cash are tapped
  await add(page).click();
  await page.getByRole("link", { name: /^Sold in the shop/ }).click();
  await page.getByRole("searchbox").fill(name);
  await page.getByRole("button", { name: new RegExp(name) }).click();
  await page.getByLabel("Price in KES").fill("3.2k");
  await expect(page.getByText(/KES\s3,200/).filter({ visible: true }).first()).toBeVisible();
  await page.getByRole("button", { name: "Cash" }).click();

  // then: it has left the stock, for the assistant too
  await expect(page.getByText(/^Sold: KES\s3,200/)).toBeVisible();
  expect(await left()).toBe(0);
  const phone = await customer(page, "Akinyi Test");
  expect(textOf(await phone.ask(`Do you have the ${name}?`))).not.toContain("3,500");

  // and: undone, it is there again
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText(/undone/)).toBeVisible();
  expect(await left()).toBe(1);
  expect(textOf(await phone.ask(`Do you have the ${name} now?`))).toContain("3,500");
});

test("two pieces go on credit in one sale, and the sale is undone from the list", async ({ page }) => {
  await signIn(page);
  await page.goto("/sell");
  const who = `Halima ${Math.floor(Math.random() * 1e6)}`;
  await take(page, "Waridi Floral");
  await page.getByRole("button", { name: "Another piece" }).click();
  await take(page, "Waridi Floral", 1);
  await page.getByRole("button", { name: "On credit" }).click();
  await page.getByLabel("Phone (if you have it)").fill("12");
  await page.getByLabel("Who will pay?").fill(who);
  await page.getByRole("button", { name: "Sell on credit" }).click();
  // a number that is none keeps what was typed
  await expect(page.getByText("Send a number such as 0712 345 678.").first()).toBeVisible();
  await expect(page.getByLabel("Who will pay?")).toHaveValue(who);
  await page.getByLabel("Phone (if you have it)").fill("0711 223 344");
  await page.getByRole("button", { name: "Sell on credit" }).click();
  await expect(page.getByText(/^Sold: /)).toBeVisible();
  await expect(page.getByText(/^Sold: /)).toBeHidden(); // a mouse that rests on it would keep it

  await page.getByRole("link", { name: /^Sold in the shop today/ }).click();
  await page.getByRole("button", { name: new RegExp(who) }).click();
  await page.getByRole("button", { name: "Undo this sale" }).click();
  await expect(page.getByRole("button", { name: new RegExp(who) }).getByText("Undone")).toBeVisible();
});

test("somebody else sells the last one first: nothing is sold, and it is said", async ({ page }) => {
  const name = `Pekee ${Math.floor(Math.random() * 1e6)} scarf`;
  const api = await signedInApi(page);
  const piece = await api.add(name);
  await page.goto("/sell");
  await page.getByRole("searchbox").fill(name);
  await page.getByRole("button", { name: new RegExp(name) }).click();
  await expect(page.getByRole("button", { name: "M-Pesa" })).toBeEnabled();
  await api.sell((await api.piece(piece.id)).variants[0]?.id ?? "");

  await page.getByRole("button", { name: "M-Pesa" }).click();

  await expect(page.getByText(`${name} is gone: somebody else was faster.`)).toBeVisible();
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`the till can be used by everyone: ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await signIn(page);
    await add(page).click();
    await page.getByRole("dialog").waitFor();
    const found = [await faults(page, "plus")];
    await page.getByRole("link", { name: /^Sold in the shop/ }).click();
    await page.getByRole("searchbox").fill("Waridi Floral");
    await page.getByRole("button", { name: /^Waridi Floral/ }).click();
    await page.getByRole("dialog").waitFor();
    found.push(await faults(page, "sizes"));
    await page.getByRole("dialog").getByRole("button", { name: /left$/ }).first().click();
    await page.getByRole("button", { name: "Cash" }).waitFor();
    found.push(await faults(page, "counter"));
    await page.getByRole("button", { name: "On credit" }).click();
    await page.getByRole("dialog").waitFor();
    found.push(await faults(page, "credit"));
    expect(found.flat()).toEqual([]);
  });
}

/** Takes a piece of which several sizes are left to the counter. */
async function take(page: Page, name: string, nth = 0) {
  await page.getByRole("searchbox").fill(name);
  await page.getByRole("button", { name: new RegExp(`^${name}`) }).click();
  await page.getByRole("dialog").getByRole("button", { name: /left$/ }).nth(nth).click();
}

function textOf(screen: { messages: { text?: string }[] }): string {
  return screen.messages.at(-1)?.text ?? "";
}

type Piece = { id: string; variants: { id: string; available: number }[] };

/** The API, called as the page that is signed in calls it. */
async function signedInApi(page: Page) {
  const headers: Record<string, string> = {};
  page.on("request", (request) => {
    const token = request.headers().authorization;
    if (token) headers.authorization = token;
  });
  await signIn(page);
  await expect.poll(() => headers.authorization).toBeTruthy();
  const me = (await (await page.request.get("/api/v1/me", { headers })).json()) as { boutiques: { boutique_id: string }[] };
  const base = `/api/v1/boutiques/${me.boutiques[0]?.boutique_id}`;
  return {
    add: async (name: string) => {
      const data = { name, category: "kanzu", price_minor: 350_000, stock: { white: { M: 1 } } };
      const answer = await page.request.post(`${base}/products`, { headers, data });
      expect(answer.status()).toBe(201);
      return (await answer.json()) as Piece;
    },
    piece: async (id: string) => (await (await page.request.get(`${base}/products/${id}`, { headers })).json()) as Piece,
    sell: async (id: string) => {
      const data = { items: [{ variant_id: id, unit_price_minor: 350_000 }], paid_by: "cash" };
      expect((await page.request.post(`${base}/counter-sales`, { headers, data })).status()).toBe(201);
    },
  };
}

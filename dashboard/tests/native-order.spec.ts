import { type APIRequestContext, expect, type Page, test } from "@playwright/test";

import { API, signIn } from "./people";

const META_SHOP = 1; // the demo's second shop, whose number is at Meta
const WAITS_MS = 60_000;

type Api = { get: <T>(path: string) => Promise<T>; put: (path: string, data: object) => Promise<void>; patch: (path: string, data: object) => Promise<void>; remove: (path: string) => Promise<void> };
type Counts = { items: number; waiting: number; in_review: number };
type Piece = { id: string; name: string; price_minor: number };

/** The API of the boutique at Meta, as its owner. */
async function ownersApi(page: Page): Promise<Api> {
  await signIn(page, "owner", META_SHOP);
  const token = await page.evaluate(() => {
    const key = Object.keys(localStorage).find((one) => one.startsWith("sb-"));
    return (JSON.parse(localStorage.getItem(key ?? "") ?? "{}") as { access_token: string }).access_token;
  });
  const headers = { authorization: `Bearer ${token}` };
  const me = (await (await page.request.get(`${API}/api/v1/me`, { headers })).json()) as { boutiques: { boutique_id: string }[] };
  const root = `${API}/api/v1/boutiques/${me.boutiques[0]!.boutique_id}`;
  const call = async (method: keyof Pick<APIRequestContext, "get" | "put" | "patch" | "delete">, path: string, data?: object, version = "") => {
    const answer = await page.request[method](`${root}${path}`, { headers: { ...headers, ...(version && { "if-match": version }) }, data });
    expect(answer.ok(), `${method} ${path}: ${answer.status()}`).toBe(true);
    return answer;
  };
  return {
    get: async <T>(path: string) => (await (await call("get", path)).json()) as T,
    put: async (path, data) => void (await call("put", path, data)),
    patch: async (path, data) => void (await call("patch", path, data, (await call("get", path)).headers().etag)),
    remove: async (path) => void (await call("delete", path)),
  };
}

/** A phone of somebody new, open at that boutique. */
async function freshPhone(page: Page): Promise<void> {
  const phone = `+254711${String(Math.floor(Math.random() * 1e6)).padStart(6, "0")}`;
  await page.evaluate((mine) => {
    localStorage.clear();
    localStorage.setItem("dukani-phone", JSON.stringify({ people: [{ name: "Zuhura Test", phone: mine }], phone: mine, account: "pwani" }));
  }, phone);
  await page.goto("/phone?boutique=pwani");
}

async function write(page: Page, words: string): Promise<void> {
  await page.getByLabel("Message", { exact: true }).fill(words);
  await page.keyboard.press("Enter");
}

test("a cart of WhatsApp's own is paid at the price that changed meanwhile", async ({ page }) => {
  test.setTimeout(300_000);
  // given: a shop whose pieces are all in its catalogue at Meta
  const api = await ownersApi(page);
  const choices = await api.get<{ items: { id: string }[] }>("/catalogue/choices");
  await api.put("/catalogue", { catalogue_id: choices.items[0]!.id });
  await expect.poll(async () => {
    const { counts } = (await api.get<{ catalogue: { counts: Counts } }>("/catalogue")).catalogue;
    return counts.items > 0 ? counts.waiting + counts.in_review : -1;
  }, { timeout: WAITS_MS }).toBe(0);

  // when: a customer searches, and opens the list of products that she is shown
  await freshPhone(page);
  const log = page.getByRole("log");
  await write(page, "show me dresses");
  await page.getByRole("button", { name: "View items" }).click({ timeout: WAITS_MS });
  const add = page.getByRole("dialog").getByRole("button", { name: /^Add / }).first();
  const name = (await add.getAttribute("aria-label") ?? "").replace(/^Add /, "");
  await add.click();

  // and: its price is raised before she sends her cart
  const found = await api.get<{ items: Piece[] }>(`/products?q=${encodeURIComponent(name)}`);
  const piece = found.items.find((one) => one.name === name)!;
  const raised = piece.price_minor + 30_000;
  await api.patch(`/products/${piece.id}`, { price_minor: raised });
  try {
    await page.getByRole("button", { name: "Send order (1 item)" }).click();

    // then: the difference is told, and what she pays is today's price
    const price = `KES ${(raised / 100).toLocaleString("en")}`;
    await expect(log.getByText(`The catalogue showed another price: ${name} is now ${price}.`)).toBeVisible({ timeout: WAITS_MS });
    await write(page, "checkout");
    await expect(log.getByText(/deliver/i).last()).toBeVisible({ timeout: WAITS_MS });
    await write(page, "Kilimani, Wood Avenue, house 12");
    await expect(log.getByText(/Total/).last()).toBeVisible({ timeout: WAITS_MS });
    await write(page, "yes");
    const pin = page.getByLabel("M-PESA PIN, four digits");
    await expect(pin).toBeVisible({ timeout: WAITS_MS });
    await pin.pressSequentially("1234");
    await page.keyboard.press("Enter");
    await expect(log.getByText(/DK-/).last()).toBeVisible({ timeout: WAITS_MS });
    await expect(log.getByText(/receipt/i).last()).toBeVisible({ timeout: WAITS_MS });
  } finally {
    await api.patch(`/products/${piece.id}`, { price_minor: piece.price_minor });
    await api.remove("/catalogue");
  }
});

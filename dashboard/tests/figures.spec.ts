import { readFile } from "node:fs/promises";

import { expect, type Page, test } from "@playwright/test";

import { API, customer, signIn } from "./people";
import { faults } from "./usable";

type Order = { total_minor: number; paid_at: string | null; review_reason: string | null };
type Sale = { total_minor: number; created_at: string; undone_at: string | null };
type Report = { since: string; until: string; timezone: string };
type Taught = { items: { id: string; name?: string; said?: string; asked?: string }[] };

const PLACE = "Lodwar"; // the shop delivers there only once this owner says so
const WORD = "zibunzi"; // and nobody knows what that is
const QUESTION = "alterations";

/** The API as this page's person has it, to see that the numbers agree and to leave the shop as it was. */
async function call<T>(page: Page, path: string, method: "GET" | "DELETE" = "GET"): Promise<T> {
  const token = await page.evaluate(() => {
    const kept = Object.entries({ ...localStorage }).find(([key]) => key.startsWith("sb-"))?.[1] ?? "{}";
    return (JSON.parse(kept) as { access_token: string }).access_token;
  });
  const headers = { authorization: `Bearer ${token}` };
  const me = (await (await page.request.get(`${API}/api/v1/me`, { headers })).json()) as { boutiques: { boutique_id: string }[] };
  const answer = await page.request.fetch(`${API}/api/v1/boutiques/${me.boutiques[0]?.boutique_id}${path}`, { method, headers });
  expect(answer.ok(), await answer.text()).toBe(true);
  return (method === "GET" ? await answer.json() : undefined) as T;
}

async function all<Row>(page: Page, path: string): Promise<Row[]> {
  const rows: Row[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const read: { items: Row[]; next_cursor: string | null } = await call(page, `${path}?filter=all&limit=100${cursor && `&cursor=${cursor}`}`);
    rows.push(...read.items);
    cursor = read.next_cursor;
  }
  return rows;
}

/** What was sold in these days of the shop's calendar, added up from the orders and the sales themselves. */
async function soldIn(page: Page, { since, until, timezone }: Report): Promise<number> {
  const day = new Intl.DateTimeFormat("en-CA", { timeZone: timezone });
  const within = (at: string | null) => at !== null && day.format(new Date(at)) >= since && day.format(new Date(at)) <= until;
  const orders = (await all<Order>(page, "/orders")).filter((one) => one.review_reason === null && within(one.paid_at));
  const sales = (await all<Sale>(page, "/counter-sales")).filter((one) => one.undone_at === null && within(one.created_at));
  return [...orders, ...sales].reduce((sum, one) => sum + one.total_minor, 0);
}

/** As the page writes a sum: whole shillings without cents. */
const money = (minor: number) => `KES ${(minor / 100).toLocaleString("en-KE", { minimumFractionDigits: minor % 100 ? 2 : 0 })}`;

/** Takes away what this test teaches the shop, also of a run that was cut off. */
async function forgetAll(page: Page): Promise<void> {
  const places = [["/delivery-zones", "name", PLACE], ["/synonyms", "said", WORD], ["/own-answers", "asked", QUESTION]] as const;
  for (const [path, name, what] of places) {
    const { items } = await call<Taught>(page, path);
    for (const one of items.filter((one) => one[name] === what)) await call(page, `${path}/${one.id}`, "DELETE");
  }
}

test("an owner's Monday morning: the week's sales, the talks that were lost, and what was asked for in vain", async ({ page }) => {
  test.setTimeout(240_000);
  await signIn(page);
  await forgetAll(page);
  const njeri = await customer(page, "Njeri Wanjala");
  await njeri.ask(`Do you deliver to ${PLACE}?`);
  await njeri.ask(`naomba ${WORD}`);

  // the sales of seven days are what the orders and the sales in the shop add up to
  await page.goto("/");
  await page.getByRole("link", { name: "Figures" }).last().click();
  await page.getByRole("button", { name: "7 days" }).click();
  const sold = page.getByRole("region", { name: "Sold", exact: true });
  await expect(sold).toBeVisible();
  const report = await call<Report>(page, await asked(page));
  await expect(async () => {
    const sum = await soldIn(page, report);
    expect(sum).toBeGreaterThan(0);
    await expect(sold.locator("[data-figure=sales]")).toHaveText(money(sum).replace(" ", " "), { timeout: 1_000 });
  }).toPass();
  expect(await faults(page)).toEqual([]);

  // the same as a table, and as a file for a spreadsheet
  await page.getByRole("button", { name: "Show as a table" }).click();
  await expect(page.getByRole("region", { name: "Show as a table" }).getByRole("row")).toHaveCount(8);
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download for a spreadsheet: Sales by day" }).click();
  const [head = "", ...days] = (await readFile(await (await saved).path(), "utf8")).trim().split(/\r?\n/);
  const columns = head.replace("﻿", "").split(",");
  const column = (row: string, name: string) => Number(row.split(",")[columns.indexOf(name)]);
  expect(days).toHaveLength(7);
  const inFile = days.reduce((sum, row) => sum + column(row, "chat_revenue") + column(row, "shop_revenue"), 0);
  expect(Math.round(inFile * 100)).toBe(await soldIn(page, report));

  // she sees where talks ended, and reads one of them
  await page.getByRole("link", { name: /went no further/ }).first().click();
  await expect(page.getByRole("heading", { name: "Chats to read" })).toBeVisible();
  const talks = page.getByRole("list", { name: "Chats to read" });
  await expect(talks.getByRole("listitem").first()).toBeVisible();
  expect(await faults(page)).toEqual([]);
  await talks.getByRole("button").first().click();
  await expect(page).toHaveURL(/\/chats\?id=/);
  await expect(page.getByRole("textbox", { name: "Write an answer" })).toBeVisible();
  await page.goBack();
  await page.getByRole("link", { name: "Figures", exact: true }).click();

  // a place that somebody asked for: one tap, and the shop delivers there
  await page.getByRole("link", { name: "See all and mend them" }).click();
  const wishes = page.getByRole("list", { name: "Asked for in vain" });
  await wishes.getByRole("button", { name: new RegExp(`asked for delivery to ${PLACE}`, "i") }).click();
  const sheet = page.getByRole("dialog");
  await expect(sheet.getByRole("link", { name: /Njeri Wanjala/ }).first()).toHaveAttribute("href", /\/chats\?id=/);
  expect(await faults(page)).toEqual([]);
  await sheet.getByRole("button", { name: `Deliver to ${PLACE}` }).click();
  await expect(sheet.getByLabel("Place", { exact: true })).toHaveValue(PLACE);
  await sheet.getByLabel(/^Fee/).fill("450");
  await sheet.getByRole("button", { name: "Save" }).click();
  await expect(wishes.getByText(new RegExp(`delivery to ${PLACE}`, "i"))).toHaveCount(0);

  // a word that the assistant does not know, looked for in vain, and from now on known
  await wishes.getByRole("button", { name: new RegExp(`asked for “${WORD}”`) }).click();
  await sheet.getByRole("button", { name: "They mean …" }).click();
  await expect(sheet.getByLabel("Customers say")).toHaveValue(WORD);
  await sheet.getByRole("button", { name: "Dress", exact: true }).click();
  expect(await faults(page)).toEqual([]);
  await sheet.getByRole("button", { name: "Teach it" }).click();
  await expect(page.getByRole("list", { name: "Words of your customers" }).getByText("means dress")).toBeVisible();
  await expect(wishes.getByText(`“${WORD}”`)).toHaveCount(0);

  // and so the next customer is answered
  const akinyi = await customer(page, "Akinyi Odhiambo");
  const { messages } = await akinyi.ask(`naomba ${WORD}`);
  expect(JSON.stringify(messages.slice(1))).toMatch(/dress|gauni/i);
  await akinyi.ask(`Do you deliver to ${PLACE}?`);
  expect(await akinyi.said()).toContain("450");

  await forgetAll(page);
});

test("a wish that need not be shown goes, and comes back while that can be undone", async ({ page }) => {
  await signIn(page);
  await forgetAll(page);
  const wairimu = await customer(page, "Wairimu Kibet");
  await wairimu.ask("Do you do alterations?");

  await page.goto("/figures/wishes");
  const wishes = page.getByRole("list", { name: "Asked for in vain" });
  const wish = wishes.getByRole("button", { name: /wrote “Do you do alterations\?”/ });
  await wish.click();
  await page.getByRole("button", { name: "Do not show" }).click();
  await expect(wish).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(wish).toBeVisible();

  // an answer of her own is given from now on, and taken away again
  await wish.click();
  await page.getByRole("button", { name: "Write an answer to it" }).click();
  await page.getByLabel("When a customer asks").fill(QUESTION);
  await page.getByLabel("Answer in English").fill("Yes, our tailor alters what you buy here within two days.");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(wish).toHaveCount(0);
  await wairimu.ask("Do you do alterations?");
  expect(await wairimu.said()).toContain("our tailor alters");
  await page.getByRole("button", { name: `Forget “${QUESTION}”` }).click();
  await expect(page.getByText("No answer of your own yet.")).toBeVisible();
});

test("staff are told that figures are for owners", async ({ page }) => {
  await signIn(page, "staff");
  await expect(page.getByRole("link", { name: "Figures" })).toHaveCount(0);
  for (const path of ["/figures", "/figures/sessions", "/figures/wishes"]) {
    await page.goto(path);
    await expect(page.getByText("Only owners see the shop's figures.")).toBeVisible();
  }
});

/** The days that the page shows, as it asked the API for them. */
async function asked(page: Page): Promise<string> {
  const url = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name).filter((name) => /\/figures\?/.test(name)).at(-1) ?? "");
  return `/figures?${url.split("?")[1] ?? ""}`;
}

import { type BrowserContext, expect, type Page, test } from "@playwright/test";

import { customer, signIn } from "./people";

/** How many streams the browser holds open: each is one request that has not ended. */
function streams(context: BrowserContext): () => number {
  const open = new Set<string>();
  let opened = 0;
  const isStream = (url: string) => /\/boutiques\/[^/]+\/events$/.test(url);
  const ids = new WeakMap<object, string>();
  context.on("request", (request) => {
    if (!isStream(request.url())) return;
    const id = String((opened += 1));
    ids.set(request, id);
    open.add(id);
  });
  context.on("requestfinished", (request) => open.delete(ids.get(request) ?? ""));
  context.on("requestfailed", (request) => open.delete(ids.get(request) ?? ""));
  return () => open.size;
}

async function open(context: BrowserContext, count: number): Promise<Page[]> {
  const pages = [];
  for (let number = 0; number < count; number += 1) {
    const page = await context.newPage();
    await page.goto("/chats");
    await expect(page.getByRole("heading", { name: "Chats" })).toBeVisible();
    pages.push(page);
  }
  return pages;
}

for (const count of [2, 8]) {
  test(`${count} tabs share one stream, and all are told`, async ({ page, context }) => {
    test.setTimeout(150_000);
    const held = streams(context);
    await signIn(page);
    const others = await open(context, count - 1);
    const tabs = [page, ...others];
    await page.goto("/chats");
    await expect.poll(held).toBe(1);

    // when a customer writes, every tab shows it without a reload
    const name = `Tabs ${Math.floor(Math.random() * 1e6)}`;
    const phone = await customer(page, name);
    await phone.write("Hi, do you have red dresses?");
    for (const tab of tabs) await expect(tab.getByRole("button", { name: new RegExp(name) }).first()).toBeVisible();
    expect(held()).toBe(1);

    // and when the tab that held the stream is closed, another takes it up
    await page.close();
    await expect.poll(held).toBe(1);
    const next = `Tabs ${Math.floor(Math.random() * 1e6)}`;
    await (await customer(others[0]!, next)).write("Hi");
    for (const tab of others) await expect(tab.getByRole("button", { name: new RegExp(next) }).first()).toBeVisible();
  });
}

test("a member who is removed is shown the way out, in every tab", async ({ page, browser }) => {
  test.setTimeout(120_000);
  // given: a new member of the staff, invited by the owner and signed in on two tabs
  await signIn(page);
  const email = `staff${Date.now()}@example.com`;
  const { boutique, headers } = await owner(page);
  const invited = await page.request.post(`/api/v1/boutiques/${boutique}/members`, { headers, data: { email, role: "staff" } });
  expect(invited.ok()).toBe(true);
  const { user_id } = (await invited.json()) as { user_id: string };
  const mails = (await (await page.request.get("/sandbox/mails")).json()) as { to: string[]; text: string }[];
  const link = /https?:\S+/.exec(mails.find((one) => one.to.includes(email))?.text ?? "")?.[0];
  if (!link) throw new Error("no invitation came");
  const theirs = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: "en-KE" });
  const first = await theirs.newPage();
  const held = streams(theirs);
  await first.goto(link);
  await first.getByLabel("New password", { exact: true }).fill("a long new password 7");
  await first.getByRole("button", { name: "Save the password" }).click();
  await expect(first.getByRole("heading", { name: "Sold today" })).toBeVisible();
  const second = await theirs.newPage();
  await second.goto("/orders");
  await expect(second.getByRole("heading", { name: "Orders" })).toBeVisible();
  await expect.poll(held).toBe(1);

  // when: the owner removes her
  const removed = await page.request.delete(`/api/v1/boutiques/${boutique}/members/${user_id}`, { headers });
  expect(removed.ok()).toBe(true);

  // then: both tabs show that she belongs to no boutique, without being touched, and nothing streams
  for (const tab of [first, second]) {
    await expect(tab.getByRole("button", { name: "Sign out" })).toBeVisible();
    await expect(tab.getByRole("heading", { name: /Sold today|Orders/ })).toHaveCount(0);
  }
  await expect.poll(held).toBe(0);
  await theirs.close();
});

/** The owner's boutique, and what her calls carry. */
async function owner(page: Page): Promise<{ boutique: string; headers: Record<string, string> }> {
  const token = await page.evaluate(() => {
    const key = Object.keys(localStorage).find((one) => one.startsWith("sb-"));
    return (JSON.parse(localStorage.getItem(key ?? "") ?? "{}") as { access_token: string }).access_token;
  });
  const headers = { authorization: `Bearer ${token}` };
  const me = (await (await page.request.get("/api/v1/me", { headers })).json()) as { boutiques: { boutique_id: string }[] };
  return { boutique: me.boutiques[0]!.boutique_id, headers };
}

import { type Browser, type BrowserContext, expect, type Page, test } from "@playwright/test";

import { acceptInvitation, API, customer, signIn } from "./people";

const AT_ONCE_MS = 2_500; // sooner than a stream that was dropped is opened again
const SLOW_MS = 6_000; // later than a stream that ended is opened again

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

test("a member who is removed is shown the way out at once, in every tab", async ({ page, browser }) => {
  test.setTimeout(120_000);
  // given: a new member of the staff, signed in on two tabs
  await signIn(page);
  const shop = await owner(page);
  const { tabs, userId, email, held, close } = await newStaff(browser, shop);
  await expect.poll(held).toBe(1);

  // when: the owner removes her
  await shop.remove(userId);

  // then: both tabs say that she has no access any more, without being touched, and nothing streams
  for (const tab of tabs) {
    await expect(tab.getByText(`You have no access to ${shop.name} any more.`)).toBeVisible({ timeout: AT_ONCE_MS });
    await expect(tab.getByRole("button", { name: "Sign out" })).toBeVisible();
    await expect(tab.getByRole("heading", { name: /Sold today|Orders/ })).toHaveCount(0);
  }
  await expect.poll(held).toBe(0);

  // and: invited again, she is let in where she waited
  await shop.invite(email);
  for (const tab of tabs) await expect(tab.getByRole("heading", { name: /Sold today|Orders/ }).first()).toBeVisible();
  await close();
});

test("a removed member whose tabs are slow to hear of it streams nothing either", async ({ page, browser }) => {
  test.setTimeout(120_000);
  // given: a new member on two tabs, on a network that is slow to say whose boutiques are hers
  await signIn(page);
  const shop = await owner(page);
  const { tabs, userId, held, close } = await newStaff(browser, shop);
  await expect.poll(held).toBe(1);
  for (const tab of tabs) {
    await tab.route("**/api/v1/me", async (route) => {
      await new Promise((done) => setTimeout(done, SLOW_MS));
      await route.continue();
    });
  }

  // when: the owner removes her, and the tabs ask for the stream again before they know
  await shop.remove(userId);

  // then: no answer is left open once they have heard
  for (const tab of tabs) await expect(tab.getByText(`You have no access to ${shop.name} any more.`)).toBeVisible({ timeout: 3 * SLOW_MS });
  await expect.poll(held).toBe(0);
  await close();
});

test("who is removed from one of her two boutiques chooses anew, in every tab", async ({ page, browser }) => {
  test.setTimeout(120_000);
  // given: a person who works in both shops of the demo, with the first one open on two tabs
  await signIn(page);
  const shop = await owner(page);
  const { tabs, userId, email, close } = await newStaff(browser, shop);
  const otherOwner = await (await browser.newContext()).newPage();
  await signIn(otherOwner, "owner", 1);
  const other = await owner(otherOwner);
  await other.invite(email);
  await otherOwner.context().close();

  // when: the first one's owner removes her
  await shop.remove(userId);

  // then: each tab asks where to go on, and none is led into the other shop unasked
  for (const tab of tabs) {
    await expect(tab.getByText(`You have no access to ${shop.name} any more.`)).toBeVisible({ timeout: AT_ONCE_MS });
    await expect(tab.getByRole("heading", { name: "Which boutique?" })).toBeVisible();
  }
  const [, orders] = tabs;
  await orders!.getByRole("button", { name: new RegExp(other.name) }).click();
  await expect(orders!.getByRole("heading", { name: "Sold today" })).toBeVisible();
  await close();
});

/** A new member of the staff, who followed her invitation's link and has two tabs open. */
async function newStaff(browser: Browser, shop: Owner) {
  const email = `staff${Date.now()}@example.com`;
  const userId = await shop.invite(email);
  const theirs = await browser.newContext();
  const held = streams(theirs);
  const first = await acceptInvitation(await theirs.newPage(), email);
  const second = await theirs.newPage();
  await second.goto("/orders");
  await expect(second.getByRole("heading", { name: "Orders" })).toBeVisible();
  return { tabs: [first, second], userId, email, held, close: () => theirs.close() };
}

type Owner = { name: string; invite: (email: string) => Promise<string>; remove: (userId: string) => Promise<void> };

/** What the owner who is signed in on this page does through the API. */
async function owner(page: Page): Promise<Owner> {
  const token = await page.evaluate(() => {
    const key = Object.keys(localStorage).find((one) => one.startsWith("sb-"));
    return (JSON.parse(localStorage.getItem(key ?? "") ?? "{}") as { access_token: string }).access_token;
  });
  const headers = { authorization: `Bearer ${token}` };
  const me = (await (await page.request.get(`${API}/api/v1/me`, { headers })).json()) as { boutiques: { boutique_id: string; name: string }[] };
  const { boutique_id, name } = me.boutiques[0]!;
  const members = `${API}/api/v1/boutiques/${boutique_id}/members`;
  return {
    name,
    invite: async (email) => {
      const answer = await page.request.post(members, { headers, data: { email, role: "staff" } });
      expect(answer.ok()).toBe(true);
      return ((await answer.json()) as { user_id: string }).user_id;
    },
    remove: async (userId) => expect((await page.request.delete(`${members}/${userId}`, { headers })).ok()).toBe(true),
  };
}

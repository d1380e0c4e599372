import { expect, type Page, test } from "@playwright/test";

import { API, login, signIn } from "./people";
import { faults } from "./usable";

/** The sandbox's account at Meta, and the boutique whose it is. */
const META = { key: "pwani", name: "Pwani Styles", phoneNumberId: "100000000000002" };

async function openBoutique(page: Page, name = META.name): Promise<void> {
  await page.goto("/platform");
  await page.getByRole("searchbox", { name: "Name of a boutique" }).fill(name.toLowerCase());
  await page.getByRole("link", { name: new RegExp(name) }).click();
  await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
}

/** What an owner's own token gets of her shop. */
async function asOwner(page: Page, path: string): Promise<unknown> {
  const { email, password } = await login(page, "owner", 1);
  const session = await page.request.post(`${API}/auth/v1/token?grant_type=password`, { data: { email, password } });
  const { access_token } = (await session.json()) as { access_token: string };
  const headers = { authorization: `Bearer ${access_token}` };
  const me = (await (await page.request.get(`${API}/api/v1/me`, { headers })).json()) as { boutiques: { boutique_id: string }[] };
  return (await page.request.get(`${API}/api/v1/boutiques/${me.boutiques[0]?.boutique_id}${path}`, { headers })).json();
}

// Who looks at a shop is led there, and no longer to the platform: a test that fails leaves no look open.
test.afterEach(async ({ page }) => {
  const leave = page.getByRole("button", { name: "Leave" });
  if (!await leave.isVisible()) return;
  await leave.click();
  await expect(leave).toHaveCount(0);
});

test("a dead token is found, tested by the button, replaced and tested again", async ({ page }) => {
  test.setTimeout(120_000);
  await signIn(page, "platform_admin");

  // given a boutique whose token died at Meta
  const renewed = await page.request.post(`${API}/sandbox/accounts/${META.key}/new-token`);
  const { token } = (await renewed.json()) as { token: string };

  // when it is tested, then the page says what is wrong and what to do, and keeps saying it
  await openBoutique(page);
  await page.getByRole("button", { name: "Test: WhatsApp by Meta" }).click();
  await expect(page.getByText(/The access token is dead \(Meta's code 190\)/)).toBeVisible();
  await expect(page.getByText("WhatsApp key refused")).toBeVisible();
  expect(await faults(page)).toEqual([]);
  await page.goto("/platform?state=needs_attention");
  await expect(page.getByRole("link", { name: new RegExp(`${META.name}.*Broken`) })).toBeVisible();
  expect(await faults(page)).toEqual([]);

  // and when another takes its place, it works and is not shown
  await openBoutique(page);
  await page.getByRole("button", { name: "Replace: WhatsApp by Meta" }).click();
  await page.getByLabel("Access token").fill("a-token-that-is-none");
  await page.getByRole("button", { name: "Try and save" }).click();
  await expect(page.getByText(/Meta refuses this access token/)).toBeVisible();
  await page.getByLabel("Access token").fill(token);
  await page.getByRole("button", { name: "Try and save" }).click();
  await expect(page.getByText("They work, and are kept sealed.")).toBeVisible();
  await page.getByRole("button", { name: "Test: WhatsApp by Meta" }).click();
  await expect(page.getByText("It works.", { exact: false })).toBeVisible();
  await expect(page.getByText("WhatsApp key refused")).toHaveCount(0);
  await expect(page.getByText(token)).toHaveCount(0);
});

test("a boutique is paused with a reason that its owner reads, and goes on", async ({ page }) => {
  test.setTimeout(90_000);
  const reason = `The bill of ${Date.now()}`;
  await signIn(page, "platform_admin");
  await openBoutique(page);

  await page.getByRole("button", { name: "Pause", exact: true }).click();
  await page.getByLabel("Reason").fill(reason);
  expect(await faults(page)).toEqual([]);
  await page.getByRole("button", { name: "Pause it" }).click();
  await expect(page.getByText("Paused by the platform: The whole boutique")).toBeVisible();
  await expect(page.getByText(reason).first()).toBeVisible();

  // the owner reads it on her dashboard
  await signIn(page, "owner", 1);
  await expect(page.getByText(`Dukani has paused your shop: ${reason}`)).toBeVisible();

  // and when it goes on, the banner is gone
  await signIn(page, "platform_admin");
  await openBoutique(page);
  await page.getByRole("button", { name: "Let it go on" }).click();
  await expect(page.getByText("Paused by the platform: The whole boutique")).toHaveCount(0);
  await expect.poll(() => asOwner(page, "/platform-notices/pauses")).toEqual({ items: [] });
});

test("an admin looks at a shop for a reason, can change nothing, and leaves", async ({ page }) => {
  test.setTimeout(90_000);
  const reason = `A question of ${Date.now()}`;
  await signIn(page, "platform_admin");
  await openBoutique(page);

  // when she looks at it
  await page.getByRole("button", { name: "Look as the owner" }).click();
  await page.getByLabel("Reason").fill(reason);
  await page.getByRole("button", { name: "Begin to look" }).click();

  // then she sees what the owner sees, under a banner
  await expect(page.getByRole("heading", { name: "Sold today" })).toBeVisible();
  await expect(page.getByText(`You look at ${META.name} as its owner.`)).toBeVisible();
  await page.getByRole("link", { name: "Orders" }).first().click();
  await expect(page.getByRole("heading", { name: "Orders" })).toBeVisible();
  await expect(page).toHaveTitle(/Orders/);
  expect(await faults(page)).toEqual([]);

  // and leaves; the owner reads who looked, and at what
  await page.getByRole("button", { name: "Leave" }).click();
  await expect(page.getByRole("heading", { name: META.name, level: 1 })).toBeVisible();
  await expect(page.getByText("stopped looking").first()).toBeVisible();
  await signIn(page, "owner", 1);
  await expect(page.getByText(new RegExp(`Dukani support looked at your shop on .* because: ${reason}`))).toBeVisible();
  await expect(page.getByText(/They saw: .*Orders/)).toBeVisible();
  await page.getByRole("button", { name: "Close" }).first().click();
});

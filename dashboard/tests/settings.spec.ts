import { expect, type Page, test } from "@playwright/test";

import { acceptInvitation, API, customer, signIn } from "./people";

async function open(page: Page, part: string): Promise<void> {
  await page.goto(`/settings?part=${part}`);
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
}

const named = (name: string) => `${name} ${Math.floor(Math.random() * 1e6)}`;

test("hours that an owner changes are told by the assistant from then on", async ({ page }) => {
  test.setTimeout(120_000);
  await signIn(page);
  await open(page, "hours");

  // when Sunday is opened, left unsaved for another page, and saved after all
  const sunday = page.getByRole("switch", { name: "Open on Sunday" });
  if (!(await sunday.isChecked())) await sunday.click();
  await page.getByLabel("Sunday, opens").first().fill("10:15");
  await page.getByLabel("Sunday, closes").first().fill("15:45");
  await open(page, "tone");
  await open(page, "hours");
  await expect(page.getByLabel("Sunday, opens").first()).toHaveValue("10:15");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();

  // then a customer hears it
  const phone = await customer(page, "Akinyi Test");
  const { messages } = await phone.ask("What are your opening hours?");
  expect(messages.map((one) => one.text ?? "").join("\n")).toMatch(/10[:.]15/);
});

test("a zone is added, and a fee that is none is told at its field", async ({ page }) => {
  const name = named("Ruaka");
  await signIn(page);
  await open(page, "zones");

  await page.getByRole("button", { name: "Add a zone" }).click();
  await page.getByLabel("Place", { exact: true }).fill(name);
  await page.getByLabel("Fee in KES").fill("cheap");
  await expect(page.getByText("Write a sum, such as 3500 or 3.5k.")).toBeVisible();
  await page.getByLabel("Fee in KES").fill("350");
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();

  await expect(page.getByRole("list", { name: "Delivery" }).getByText(name)).toBeVisible();
  await expect(page.getByText(/KES\s350/).filter({ visible: true }).first()).toBeVisible();
  await page.getByRole("list", { name: "Delivery" }).getByText(name).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await expect(page.getByText(name)).toHaveCount(0);
});

test("a credential that its provider refuses is named, and stays as it was typed", async ({ page }) => {
  await signIn(page);
  await open(page, "channel");
  await page.getByRole("button", { name: "Other credentials" }).click();

  await page.getByLabel("Auth token").fill("not-the-token");
  await page.getByRole("button", { name: "Try and save" }).click();

  await expect(page.getByText(/Twilio refuses this auth token/)).toBeVisible();
  await expect(page.getByLabel("Auth token")).toHaveValue("not-the-token");
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("button", { name: "Send me a test message" }).click();
  await expect(page.getByText("It is sent. Look at your phone.")).toBeVisible({ timeout: 30_000 });
});

test("one shilling is asked for on the owner's phone, and what became of it is told", async ({ page }) => {
  test.setTimeout(120_000);
  await signIn(page);
  await open(page, "mpesa");
  await page.getByRole("button", { name: "Send the prompt" }).click();
  await expect(page.getByText(/Look at .*, and type your PIN/)).toBeVisible();

  // when the owner cancels it on her phone
  const owner = { account: "zuri", contact: "+254700000201" };
  await expect.poll(async () => (await prompts(page, owner)).length, { timeout: 30_000 }).toBeGreaterThan(0);
  const [prompt] = await prompts(page, owner);
  await page.request.post(`${API}/sandbox/phone/api/prompts/${prompt?.checkout_request_id}`, { data: { outcome: "cancel" } });

  await expect(page.getByText(/You cancelled it/)).toBeVisible({ timeout: 30_000 });
});

async function prompts(page: Page, params: Record<string, string>): Promise<{ checkout_request_id: string }[]> {
  const answer = await page.request.get(`${API}/sandbox/phone/api/chat`, { params });
  return ((await answer.json()) as { prompts: { checkout_request_id: string }[] }).prompts;
}

test("a person is invited by mail, works as staff, and is out the moment she is removed", async ({ page, browser }) => {
  test.setTimeout(150_000);
  const email = `${named("baraka").replace(" ", "-")}@example.com`;
  await signIn(page);
  await open(page, "people");
  await page.getByRole("button", { name: "Invite a person" }).click();
  await page.getByLabel("Email").fill("no address");
  await page.getByRole("button", { name: "Send the invitation" }).click();
  await expect(page.getByText("Send a whole e-mail address.")).toBeVisible();
  await page.getByLabel("Email").fill(email);
  await page.getByRole("button", { name: "Send the invitation" }).click();
  await expect(page.getByText(email).first()).toBeVisible();

  // when she follows the link and chooses a password
  const hers = await acceptInvitation(await (await browser.newContext()).newPage(), email);

  // then she sees the shop, and nothing that is for owners
  await hers.goto("/settings");
  await expect(hers.getByRole("button", { name: /^Opening hours/ })).toBeVisible();
  await expect(hers.getByRole("button", { name: /^(API keys|M-Pesa|WhatsApp)/ })).toHaveCount(0);
  await hers.goto("/settings?part=hours");
  await expect(hers.getByText("Only an owner can change this.")).toBeVisible();

  // and when she is removed, her page shows nothing of it any more
  await open(page, "people");
  await page.getByRole("button", { name: new RegExp(email) }).click();
  await page.getByRole("button", { name: "Remove from the shop" }).click();
  await page.getByRole("button", { name: "Yes, remove now" }).click();
  await expect(page.getByText(`${email} has no access any more.`)).toBeVisible();
  await expect(hers.getByText(/^You have no access to /)).toBeVisible();
});

test("an API key is shown once, works, and is refused once it is revoked", async ({ page }) => {
  const name = named("Accounts");
  await signIn(page);
  await open(page, "keys");
  await page.getByRole("button", { name: "Make a key" }).click();
  await page.getByLabel("What is it for?").fill(name);
  await page.getByRole("button", { name: "Make the key" }).click();
  const key = (await page.getByRole("dialog").locator("code").textContent()) ?? "";
  const call = () => page.request.get(`${API}/api/v1/me`, { headers: { authorization: `Bearer ${key}` } });
  expect((await call()).status()).toBe(200);

  await page.getByRole("button", { name: "I have kept it" }).click();
  await page.getByRole("button", { name: new RegExp(name) }).click();
  await page.getByRole("button", { name: "Revoke the key" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: name }).getByText("Revoked")).toBeVisible();

  expect((await call()).status()).toBe(401);
});

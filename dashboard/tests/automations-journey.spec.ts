import { type Browser, expect, type Locator, type Page, test } from "@playwright/test";

import { API, customer, type Phone, signIn } from "./people";

const SHOP = "/s/zuri";
// Until the sandbox's phones have what was sent, and pages what was told: the machine may be slow.
const SOON = { timeout: 60_000, intervals: [300] };
const SHOWN = { timeout: 60_000 };
// A link that is fetched as the message leaves is opened by WhatsApp's preview: she is later.
const AFTER_THE_PREVIEW_MS = 2_500;
// What says that it is a machine is counted as one.
const ANDROID = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36";
const RULES = "/automations";

type Sms = { sender: string; text: string; mine?: boolean };

const smsOf = async (phone: Phone): Promise<Sms[]> => ((await phone.look()) as unknown as { sms: Sms[] }).sms;
const linkIn = (text: string) => new URL(/https?:\S+\/l\/[0-9A-Za-z]{12}/.exec(text)?.[0] ?? "http://none/").pathname;
const linkless = (text: string) => text.replace(/https?:\S+/g, "").replace(/\s+/g, " ").trim();

/** A browser of her own, in which nobody is signed in. */
async function shopper(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ userAgent: ANDROID, viewport: { width: 360, height: 740 } });
  return context.newPage();
}

/** Opens two pieces that are there, and puts one of each into the cart. */
async function putTwoIn(window: Page): Promise<void> {
  for (const nth of [0, 1]) {
    await window.goto(SHOP);
    await window.locator("main ol li:not(.sold-out) a").nth(nth).click();
    await window.getByRole("button", { name: "Put in the cart" }).click();
    await expect(window.getByText("It is in your cart.")).toBeVisible();
  }
}

/** Proves her number by the code that came by SMS, and agrees to WhatsApp and SMS. */
async function agree(window: Page, phone: Phone): Promise<void> {
  await window.goto(`${SHOP}/offers`);
  await window.getByLabel("Your phone number").fill(phone.number);
  await window.locator('input[name="where"][value="both"]').check();
  await window.getByLabel(/^Send me the offers of/).check();
  await window.getByRole("button", { name: "Send me a code" }).click();
  let code = "";
  await expect.poll(async () => {
    code = (await smsOf(phone)).map((one) => /^(\d{6}) is your code/.exec(one.text)?.[1] ?? "").filter(Boolean).at(-1) ?? "";
    return code;
  }, SOON).toMatch(/^\d{6}$/);
  await window.getByLabel("Code of 6 digits").fill(code);
  await window.getByRole("button", { name: "Confirm" }).click();
  await expect(window.getByText("Done. You hear of our offers from now on.")).toBeVisible();
}

/** The shop's rule for left carts, on: it is made of its recipe where there is none. */
async function leftCarts(page: Page): Promise<string> {
  await page.goto(RULES);
  const recipe = page.getByRole("link", { name: /^Begin with/ }).first(); // they come with the rules, behind them
  const rule = page.getByRole("list", { name: "Rules" }).getByRole("listitem").filter({ hasText: /a cart is left/ }).first();
  await expect(recipe.or(rule).first()).toBeVisible(SHOWN);
  if (!(await rule.isVisible())) {
    await page.goto(`${RULES}/write?recipe=cart_abandoned`);
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(page.getByRole("banner").getByText("Saved")).toBeVisible(SHOWN);
    await page.goto(RULES);
  }
  const flip = rule.getByRole("switch");
  await expect(flip).toBeEnabled(SHOWN);
  if (!(await flip.isChecked())) await flip.click();
  await expect(flip).toBeChecked();
  await rule.getByRole("button").first().click();
  await page.waitForURL(/[?&]id=/);
  return new URL(page.url()).searchParams.get("id") ?? "";
}

/** What is said by hand passes over hours and the chat, with a reason; it may be night in the test. */
async function passOver(page: Page): Promise<void> {
  await page.getByText("Pass over limits").click();
  await page.getByRole("button", { name: "The hours" }).click();
  await page.getByRole("button", { name: "A chat right now" }).click();
  await page.getByLabel("Why", { exact: true }).fill("She asked to hear of it today.");
}

/** Chooses the customer with the phone's number in a sheet. */
async function choose(sheet: Locator, phone: Phone): Promise<void> {
  await sheet.getByLabel("Name or number").fill(phone.number.slice(-9));
  await sheet.getByRole("list", { name: "Customers" }).getByRole("button").first().click();
  await expect(sheet.getByRole("button", { name: "Another" })).toBeVisible();
}

/** What the rule would send her now, in its words. */
async function previewed(page: Page, ruleId: string, phone: Phone): Promise<string> {
  await page.goto(`${RULES}?id=${ruleId}`);
  await page.getByRole("button", { name: "Try it" }).click();
  const sheet = page.getByRole("dialog");
  await choose(sheet, phone);
  const words = sheet.locator("blockquote");
  await expect(words).toBeVisible(SHOWN);
  return words.innerText();
}

/** Has the rule write to her now; what came of it. */
async function sendByHand(page: Page, ruleId: string, phone: Phone): Promise<Locator> {
  await page.goto(`${RULES}?id=${ruleId}`);
  await page.getByRole("button", { name: "Send to one" }).click();
  const sheet = page.getByRole("dialog");
  await choose(sheet, phone);
  await passOver(page);
  await sheet.getByRole("button", { name: "Send now" }).click();
  return sheet;
}

/** Timeline of one customer: each of the words stands there. */
async function expectTold(page: Page, phone: Phone, ...words: string[]): Promise<void> {
  await page.goto(`${RULES}/timeline`);
  await page.getByRole("main").getByRole("button", { name: new RegExp(phone.name) }).first().click();
  const told = page.getByRole("list", { name: "Timeline" });
  for (const one of words) await expect(told.getByText(one, { exact: true }).first()).toBeVisible(SHOWN);
  await expect(page.getByText(phone.number)).toHaveCount(0);
}

/** How many of the rule's customers came as far as this stage. */
async function came(page: Page, ruleId: string, stage: string): Promise<number> {
  await page.goto(`${RULES}?id=${ruleId}&view=results`);
  const began = page.getByText("Nobody began this rule in these days.");
  const bar = page.getByRole("listitem").filter({ hasText: new RegExp(`^${stage}\\d`) }).first();
  await expect(began.or(bar).first()).toBeVisible(SHOWN);
  if (await began.isVisible()) return 0;
  return Number(/\d[\d,]*/.exec(await bar.innerText())?.[0].replace(",", ""));
}

test("what is left in the window becomes a message, and the message a sale", async ({ page, browser }) => {
  test.setTimeout(300_000);
  await signIn(page);
  const ruleId = await leftCarts(page);
  const before = { read: await came(page, ruleId, "Read"), sold: await came(page, ruleId, "Bought") };

  // given: she opened the shop, chose two pieces, agreed to offers, and went on to the chat, where she is silent
  const window = await shopper(browser);
  const phone = await customer(page, `Left ${Math.floor(Math.random() * 1e6)}`);
  await putTwoIn(window);
  await agree(window, phone);
  await window.goto(`${SHOP}/cart`);
  await window.route("https://wa.me/**", (route) => route.fulfill({ body: "WhatsApp" }));
  await window.getByRole("button", { name: "Continue on WhatsApp" }).click();
  await window.waitForURL(/wa\.me/);
  await phone.ask(new URL(window.url()).searchParams.get("text") ?? "");

  // when: the owner looks at the message, sees her cart, and has it recovered now
  const shown = await previewed(page, ruleId, phone);
  await page.goto("/carts?hours=0");
  await page.getByRole("list", { name: "Left without an order" }).getByRole("button", { name: new RegExp(phone.name) }).click();
  await expect(page.getByRole("list", { name: "In the cart" }).getByRole("listitem")).toHaveCount(3, SHOWN); // and the total
  await passOver(page);
  await page.getByRole("button", { name: "Recover now" }).click();
  await expect(page.getByText("It is on its way.")).toBeVisible(SHOWN);

  // then: her phone shows the words that the owner was shown
  const offers = async () => (await phone.look()).messages.filter((one) => linkIn(one.text ?? "") !== "/").map((one) => one.text ?? "");
  await expect.poll(async () => (await offers()).length, SOON).toBe(1);
  const [message = ""] = await offers();
  expect(linkless(message)).toBe(linkless(shown));

  // when: she reads it, follows its link and pays
  const chosen = { account: "zuri", contact: phone.number };
  await page.request.post(`${API}/sandbox/phone/api/read`, { data: chosen });
  await page.waitForTimeout(AFTER_THE_PREVIEW_MS);
  await window.goto(linkIn(message));
  await window.getByLabel("Where should it be brought?").fill("Kilimani, Argwings Kodhek Rd");
  await window.getByLabel("M-Pesa number that pays").fill(phone.number);
  await window.getByRole("button", { name: "See the total" }).click();
  await window.getByRole("button", { name: /^Pay KES .* by M-Pesa$/ }).click();
  await expect.poll(async () => (await phone.look()).prompts.length, SOON).toBe(1);
  await phone.pay();
  await expect(window.getByText(/Paid\. Thank you!/)).toBeVisible(SHOWN);

  // then: the timeline tells each step, and the sale is the rule's
  await expectTold(page, phone, "Message 1 was written", "Sent by WhatsApp", "Delivered by WhatsApp", "Read", "Opened the link", "Bought");
  await expect.poll(() => came(page, ruleId, "Bought"), SOON).toBe(before.sold + 1);
  expect(await came(page, ruleId, "Read")).toBe(before.read + 1);
  await window.context().close();
});

test("with WhatsApp paused the next goes by SMS, after a stop nothing goes, and once erased she is gone", async ({ page, browser }) => {
  test.setTimeout(300_000);
  await signIn(page);
  const ruleId = await leftCarts(page);

  // given: one who agreed to both, left her cart in the window, and wrote in the chat
  const window = await shopper(browser);
  const phone = await customer(page, `Stops ${Math.floor(Math.random() * 1e6)}`);
  await phone.ask("Hello");
  await putTwoIn(window);
  await agree(window, phone);

  // when: the owner pauses WhatsApp, and writes to her
  await page.goto(RULES);
  await page.getByRole("button", { name: "Pause WhatsApp" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Pause WhatsApp" }).click();
  const resume = page.getByRole("button", { name: "Resume WhatsApp" });
  await expect(resume).toBeVisible(SHOWN);
  try {
    const sheet = await sendByHand(page, ruleId, phone);
    await expect(sheet.getByText("It is on its way.")).toBeVisible(SHOWN);

    // then: it is an SMS on her phone, and nothing in her chat
    const bySms = async () => (await smsOf(phone)).filter((one) => linkIn(one.text) !== "/").length;
    await expect.poll(bySms, SOON).toBe(1);
    expect((await phone.look()).messages.filter((one) => linkIn(one.text ?? "") !== "/")).toEqual([]);
    await expectTold(page, phone, "Sent by SMS", "Delivered by SMS");

    // when: she replies STOP, then nothing goes to her, whoever asks
    const sender = (await smsOf(phone)).find((one) => linkIn(one.text) !== "/")?.sender;
    await page.request.post(`${API}/sandbox/phone/api/sms`, { data: { contact: phone.number, sender, text: "STOP", wait: true } });
    await expectTold(page, phone, "Stopped offers", "Stopped SMS", "Said stop");
    const again = await sendByHand(page, ruleId, phone);
    await expect(again.getByText("Not sent.")).toBeVisible(SHOWN);
    await expect(again.getByText(/has not agreed to offers|said stop/)).toBeVisible();
    expect(await bySms()).toBe(1);
  } finally {
    await page.goto(RULES);
    await resume.click();
    await expect(page.getByRole("button", { name: "Pause WhatsApp" })).toBeVisible(SHOWN);
  }

  // when: the owner erases her, then the report says what of the rules went, and no page knows her
  const name = phone.name;
  await page.goto(`/customers?search=${encodeURIComponent(name)}`);
  await page.getByRole("list", { name: "Customers" }).getByRole("button", { name: new RegExp(name) }).click();
  await page.getByRole("button", { name: "More of this customer" }).click();
  await page.getByRole("menuitem", { name: "Erase this customer" }).click();
  const sheet = page.getByRole("dialog");
  await sheet.getByRole("button", { name: "Erase for good" }).click();
  await expect(sheet.getByText("Done.")).toBeVisible(SHOWN);
  for (const went of ["Messages of rules", "Decisions of rules", "Carts on your page", "Browsers"]) await expect(sheet.getByText(went)).toBeVisible();
  await page.goto(`${RULES}/timeline`);
  await expect(page.getByRole("list", { name: "Timeline" }).getByRole("listitem").first()).toBeVisible(SHOWN);
  await expect(page.getByText(name)).toHaveCount(0);
  await window.goto(`${SHOP}/privacy`);
  await expect(window.getByText("We do not know who you are.")).toBeVisible();
  await window.context().close();
});

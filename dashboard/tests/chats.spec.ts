import { expect, type Page, test } from "@playwright/test";

import { customer, signIn } from "./people";
import { atRest, faults } from "./usable";

/** The chats, with the one of this customer open. */
async function openChat(page: Page, name: string): Promise<void> {
  await page.goto("/chats");
  await page.getByRole("button", { name }).first().click();
  await expect(page.getByRole("log")).toBeVisible();
}

test("an owner takes a chat over, answers, and hands it back", async ({ page }) => {
  test.setTimeout(120_000);
  const phone = await customer(page, "Wairimu Test");
  await phone.ask("Hi, do you have red dresses?");
  await signIn(page);
  await page.getByRole("navigation").getByRole("link", { name: /^Chats/ }).filter({ visible: true }).click();
  await page.getByRole("button", { name: /Wairimu Test/ }).first().click();

  await page.getByRole("button", { name: "Take over" }).click();
  await expect(page.getByRole("button", { name: "Hand back" })).toBeVisible();
  await page.getByRole("textbox", { name: "Write an answer" }).fill("This is Fatma. I have one aside for you.");
  await page.getByRole("button", { name: "Send" }).click();

  // the customer reads it, and the assistant is silent to what she writes then
  await expect.poll(() => phone.said()).toContain("I have one aside for you");
  const before = (await phone.look()).messages.filter((one) => one.author !== "shopper").length;
  await phone.write("Thank you! What does it cost?");
  await expect(page.getByRole("log").getByText("What does it cost?")).toBeVisible();
  await page.waitForTimeout(4_000);
  expect((await phone.look()).messages.filter((one) => one.author !== "shopper")).toHaveLength(before);

  // a note for the shop is in the history, and never reaches the customer
  await page.getByRole("button", { name: "Note", exact: true }).click();
  await page.getByRole("textbox", { name: "A note for your shop only" }).fill("Pays when she is paid");
  await page.getByRole("button", { name: "Save note" }).click();
  await expect(page.getByRole("log").getByText("Pays when she is paid")).toBeVisible();

  // handed back, the assistant answers again
  await page.getByRole("button", { name: "Hand back" }).click();
  await expect(page.getByRole("button", { name: "Take over" })).toBeVisible();
  await phone.ask("Do you have red dresses?");
  expect(await phone.said()).not.toContain("Pays when she is paid");
});

test("a chat taken while the assistant thinks stays silent", async ({ page }) => {
  test.setTimeout(120_000);
  const phone = await customer(page, "Njeri Test");
  await phone.ask("Hi");
  await signIn(page);
  await openChat(page, "Njeri Test");
  const before = (await phone.look()).messages.filter((one) => one.author !== "shopper").length;

  // the assistant waits a moment for more words before it answers: the chat is taken meanwhile
  const path = page.url();
  expect(path).toContain("id=");
  await Promise.all([phone.write("Do you have sandals?"), page.getByRole("button", { name: "Take over" }).click()]);
  await expect(page.getByRole("button", { name: "Hand back" })).toBeVisible();
  const then = (await phone.look()).messages.filter((one) => one.author !== "shopper").length;
  await page.waitForTimeout(5_000);
  // at most what was in the provider's hands already
  expect((await phone.look()).messages.filter((one) => one.author !== "shopper").length).toBeLessThanOrEqual(Math.max(then, before));
  await page.getByRole("button", { name: "Hand back" }).click();
});

test("words are found and read in their place, and a quick reply is written with the name", async ({ page }) => {
  test.setTimeout(120_000);
  const phone = await customer(page, "Atieno Test");
  await phone.ask("Hi, my sister Zubeida wants a kitenge dress");
  await phone.ask("Do you have hats?");
  await signIn(page);

  // in all chats
  await page.goto("/chats");
  await page.getByRole("searchbox").fill("zubei");
  await page.getByRole("list", { name: "Messages found" }).getByRole("button").first().click();
  await expect(page.getByRole("log").getByText("Zubeida wants a kitenge")).toBeInViewport();

  // a quick reply is made, found by its beginning, and filled
  const shortcut = `wait${Date.now() % 100_000}`;
  await page.getByRole("textbox", { name: "Write an answer" }).fill("/");
  await page.getByRole("button", { name: "New quick reply" }).click();
  await page.getByLabel("Shortcut").fill(shortcut);
  await page.getByLabel("In English").fill("One moment {name}, I am looking.");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.getByRole("textbox", { name: "Write an answer" }).fill(`/${shortcut.slice(0, 8)}`);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("textbox", { name: "Write an answer" })).toHaveValue("One moment Atieno, I am looking.");

  // what was typed is there after a reload
  await page.reload();
  await expect(page.getByRole("textbox", { name: "Write an answer" })).toHaveValue("One moment Atieno, I am looking.");
  await page.getByRole("button", { name: "Send" }).click();
  await expect.poll(() => phone.said()).toContain("One moment Atieno, I am looking.");
  await page.getByRole("button", { name: "Hand back" }).click();
});

test("a shortcut that is typed before the quick replies have come is no word to the customer", async ({ page }) => {
  test.setTimeout(120_000);
  const phone = await customer(page, "Moraa Test");
  await phone.ask("Hi");
  await signIn(page);
  await openChat(page, "Moraa Test");
  const field = page.getByRole("textbox", { name: "Write an answer" });
  const shortcut = `soon${Date.now() % 100_000}`;
  await field.fill("/");
  await page.getByRole("button", { name: "New quick reply" }).click();
  await page.getByLabel("Shortcut").fill(shortcut);
  await page.getByLabel("In English").fill("Soon, {name}.");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);

  // given a network that is slower than the person
  let letGo = () => {};
  const held = new Promise<void>((done) => { letGo = done; });
  await page.route("**/quick-replies", async (route) => {
    if (route.request().method() === "GET") await held;
    await route.continue();
  });
  await page.reload();
  await field.fill(`/${shortcut}`);
  await page.keyboard.press("Enter");
  await expect(page.getByText("The quick replies are being read")).toBeVisible();
  await expect(page.getByRole("button", { name: "Send" })).toBeDisabled();

  // when they come, then what was asked for stands there, and nothing was sent
  letGo();
  await expect(field).toHaveValue("Soon, Moraa.");
  expect(await phone.said()).not.toContain(shortcut);
  await field.fill("");
});

test("a text whose answer was lost is kept, and arrives once", async ({ page }) => {
  test.setTimeout(120_000);
  const phone = await customer(page, "Halima Test");
  await phone.ask("Hi");
  await signIn(page);
  await openChat(page, "Halima Test");

  // the first call reaches the shop, and its answer is lost
  let lost = false;
  await page.route("**/conversations/*/messages", async (route) => {
    if (route.request().method() !== "POST" || lost) return route.fallback();
    lost = true;
    await route.fetch();
    await route.abort();
  });
  const field = page.getByRole("textbox", { name: "Write an answer" });
  await field.fill("We open at nine.");
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByText("Your text is kept")).toBeVisible();
  await page.getByRole("button", { name: "Send" }).click();
  await expect(field).toHaveValue("");

  await expect.poll(() => phone.said()).toContain("We open at nine.");
  await page.waitForTimeout(1_500);
  expect((await phone.said()).split("We open at nine.")).toHaveLength(2);
  await page.getByRole("button", { name: "Hand back" }).click();
});

test("what one browser has read is read in the other", async ({ page, browser }) => {
  test.setTimeout(120_000);
  const phone = await customer(page, "Naliaka Test");
  await phone.ask("Hello there");
  await signIn(page);
  const other = await (await browser.newContext({ baseURL: test.info().project.use.baseURL, viewport: { width: 1280, height: 800 } })).newPage();
  await signIn(other, "staff");
  for (const one of [page, other]) await one.goto("/chats");
  const row = (one: Page) => one.getByRole("button", { name: /Naliaka Test/ }).first();
  for (const one of [page, other]) await expect(row(one)).toContainText("Unread");

  await row(page).click();

  await expect(row(other)).not.toContainText("Unread");
  await other.context().close();
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [360, 1280]) {
    test(`an open chat can be used by everyone: ${colorScheme}, ${width} px`, async ({ page }) => {
      test.setTimeout(120_000);
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.setViewportSize({ width, height: 800 });
      const phone = await customer(page, "Chebet Test");
      await phone.ask("Hi, do you have dresses?");
      await signIn(page);
      await openChat(page, "Chebet Test");
      await atRest(page);
      const shot = (name: string) => page.screenshot({ path: test.info().outputPath(`${name}-${width}-${colorScheme}.png`) });
      await shot("chat");
      const found = [await faults(page, "chat")];
      await page.getByRole("button", { name: "Quick replies" }).click();
      await shot("quick");
      found.push(await faults(page, "quick replies"));
      await page.getByRole("button", { name: "New quick reply" }).click();
      await shot("quick-sheet");
      found.push(await faults(page, "quick reply sheet"));
      await page.keyboard.press("Escape");
      if (width === 360) {
        await page.getByRole("button", { name: "More of this chat" }).click();
        await page.getByRole("menuitem", { name: "About the customer" }).click();
        await expect(page.getByRole("dialog").locator("[aria-busy=true]")).toHaveCount(0);
        await shot("customer");
        found.push(await faults(page, "customer"));
      }
      expect(found.flat()).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);

    });
  }
}

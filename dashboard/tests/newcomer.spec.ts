import { expect, type Page, test } from "@playwright/test";

import { acceptInvitation, customer, login, photo } from "./people";

// One day of an owner who has never seen the dashboard, on her phone. She reads no manual and types no
// address: from the first page on, everything is reached by what stands on the screen.

const place = (page: Page, name: string) =>
  page.getByRole("navigation").getByRole("link", { name: new RegExp(`^${name}`) }).filter({ visible: true }).click();
const plus = (page: Page) => page.getByRole("button", { name: "Add", exact: true }).filter({ visible: true }).click();
const back = (page: Page) => page.getByRole("button", { name: "Back" }).click();

test("a newcomer's first day", async ({ page, browser }) => {
  test.setTimeout(300_000);
  const number = Math.floor(Math.random() * 1e6);
  const dress = `Ua ${number} dress`;
  const phone = await customer(page, `Wambui ${number}`);

  await test.step("she signs in by one tap", async () => {
    const { name } = await login(page, "owner");
    await page.goto("/");
    await page.getByRole("button", { name }).click();
    await expect(page.getByRole("heading", { name: "Sold today" })).toBeVisible();
  });

  await test.step("she photographs a dress, and it is on sale", async () => {
    await plus(page);
    await page.getByRole("link", { name: /^Add a piece/ }).click();
    await page.getByLabel("Choose").setInputFiles(await photo(page));
    await expect(page.getByText(/^Looks like: /)).toBeVisible();
    await page.getByRole("button", { name: "Dress", exact: true }).click();
    await page.getByLabel("Name").fill(dress);
    await page.getByLabel("Price in KES").fill("3.5k");
    for (let units = 0; units < 3; units += 1) await page.getByRole("button", { name: /^One more .* M$/ }).first().click();
    await page.getByRole("button", { name: "Put 3 on sale" }).click();
    await expect(page.getByRole("heading", { name: dress })).toBeVisible();
    await expect(page.getByRole("button", { name: /, M: 3 left$/ })).toBeVisible();
  });

  await test.step("a customer buys one on WhatsApp, and the open page shows what is left", async () => {
    await phone.buy(`Hi, I want the ${dress} in size M`, "that is all", "Kilimani, Rose Apartments B4");
    await expect(page.getByRole("button", { name: /, M: 2 left$/ })).toBeVisible();
  });

  await test.step("the customer asks for a person: she answers, and hands the chat back", async () => {
    await phone.ask("I want to talk to a person");
    await back(page);
    await place(page, "Today");
    await page.getByRole("link", { name: /^Chats waiting for a person/ }).click();
    await page.getByRole("button", { name: new RegExp(phone.name) }).first().click();
    await page.getByRole("textbox", { name: "Write an answer" }).fill("This is the shop. Yes, we wrap it as a gift.");
    await page.getByRole("button", { name: "Send" }).click();
    await expect.poll(() => phone.said()).toContain("we wrap it as a gift");
    await page.getByRole("button", { name: "Hand back" }).click();
    await expect(page.getByRole("button", { name: "Take over" })).toBeVisible();

    await phone.ask("What are your opening hours?"); // returns when the assistant has answered
    expect((await phone.look()).messages.at(-1)?.author).not.toBe("shopper");
    await back(page);
  });

  await test.step("she sends the order, and the customer reads it", async () => {
    await place(page, "Orders");
    await page.getByRole("button", { name: new RegExp(phone.name) }).first().click();
    await page.getByRole("button", { name: "Mark as sent" }).click();
    await expect(page.getByRole("button", { name: "Mark as delivered" })).toBeVisible();
    await expect.poll(() => phone.said(), { timeout: 20_000 }).toMatch(/on (its|the) way/i);
    await back(page);
  });

  await test.step("somebody buys one in the shop", async () => {
    await plus(page);
    await page.getByRole("link", { name: /^Sold in the shop/ }).click();
    await page.getByRole("searchbox").fill(dress);
    await page.getByRole("button", { name: new RegExp(dress) }).click();
    await page.getByRole("button", { name: "Cash" }).click();
    await expect(page.getByText(/^Sold: KES\s3,500/)).toBeVisible();
    await back(page);
  });

  await test.step("she invites her sister, who comes in as staff and sees the same shop", async () => {
    const email = `dada${number}@example.com`;
    await page.getByRole("button", { name: "You and your boutique" }).filter({ visible: true }).click();
    await page.getByRole("link", { name: "Settings" }).click();
    await page.getByRole("button", { name: /^People/ }).click();
    await page.getByRole("button", { name: "Invite a person" }).click();
    await page.getByLabel("Email").fill(email);
    await page.getByRole("button", { name: "Send the invitation" }).click();
    await expect(page.getByRole("listitem").filter({ hasText: email }).getByText("Invited")).toBeVisible();

    const hers = await acceptInvitation(await (await browser.newContext()).newPage(), email);
    await place(hers, "Pieces");
    await hers.getByRole("searchbox").fill(dress);
    await expect(hers.getByRole("main").getByRole("listitem")).toHaveCount(1);
    await hers.getByRole("button", { name: "You and your boutique" }).filter({ visible: true }).click();
    await expect(hers.getByRole("dialog").getByText(`${email} · Staff`)).toBeVisible();
    await hers.context().close();
  });
});

import { expect, test } from "@playwright/test";

import { API, signIn } from "./people";

// A phone's own browser: what calls itself headless is taken for a bot, and tells nothing.
const PHONE = "Mozilla/5.0 (Linux; Android 14; SM-A245F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36";

test("the timeline shows what a visitor does as it happens, and nothing of who it is", async ({ page, browser }) => {
  test.setTimeout(120_000);
  // given: the timeline is open
  await signIn(page, "owner", 0);
  await page.goto("/automations/timeline");
  await expect(page.getByRole("heading", { name: "Timeline" })).toBeVisible();

  // when: a visitor opens the page of a piece
  const visitor = await (await browser.newContext({ userAgent: PHONE })).newPage();
  await visitor.goto(`${API}/s/zuri`);
  await visitor.locator("a[href^='/s/zuri/p/']").first().click();
  const piece = await visitor.getByRole("heading", { level: 1 }).innerText();
  await visitor.context().close();

  // then: it is there without a reload, as somebody's who has not said who she is
  const entry = page.getByRole("list", { name: "Timeline" }).getByRole("listitem").filter({ hasText: `Looked at ${piece}` }).first();
  await expect(entry).toContainText("A visitor of the shop's page", { timeout: 30_000 });

  // and it is no message
  await page.getByRole("button", { name: "Messages", exact: true }).click();
  await expect(page.getByText(`Looked at ${piece}`)).toHaveCount(0);
});

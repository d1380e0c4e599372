import { expect, type Page, test } from "@playwright/test";

import { API, signIn } from "./people";
import { faults } from "./usable";

test("an owner lets other agents in with a key, sees what one did, and shuts the door", async ({ page, context }) => {
  test.setTimeout(120_000);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.emulateMedia({ reducedMotion: "reduce" });
  await signIn(page, "owner", 0);
  await page.goto("/settings/agents");

  // when she switches it on, and makes a key
  const door = page.getByRole("switch", { name: /Let other agents shop here/ });
  await expect(door).toBeVisible();
  if (!(await door.isChecked())) await door.click();
  await expect(page.getByText("Whoever has one of the keys below may shop.")).toBeVisible();
  const name = `Style finder ${Date.now()}`;
  await page.getByRole("button", { name: "Make a key" }).click();
  await page.getByLabel("Which agent is it for?").fill(name);
  await page.getByRole("button", { name: "Make the key" }).click();
  const made = page.getByRole("dialog", { name });
  await expect(made.getByText("Copy it now: it is shown this once.")).toBeVisible();
  expect(await faults(page)).toEqual([]);

  // then key and address can be copied, and the key is not shown again
  const [key, address] = [await copied(page, /agent.s key/), await copied(page, /Address/)];
  expect(address).toMatch(/\/mcp\/[a-z0-9-]+$/);
  await made.getByRole("button", { name: "I have kept it" }).click();
  await expect(page.getByText(key)).toHaveCount(0);
  const row = page.getByRole("listitem").filter({ hasText: name });
  await expect(row).toContainText("Never used");

  // when an agent looks for something
  expect(await search(page, address, key)).toBe(200);

  // then she sees that it did
  await page.reload();
  await expect(row).toContainText("1 call");
  await expect(page.getByText("Searched for pieces")).toBeVisible();
  expect(await faults(page)).toEqual([]);

  // when she switches it off, then the key opens nothing
  await door.click();
  await expect(page.getByText("Nobody is let in.", { exact: false })).toBeVisible();
  await expect.poll(() => search(page, address, key)).toBe(403);

  // and a key that is revoked stays so
  await row.getByRole("button").click();
  await page.getByRole("button", { name: "Revoke the key" }).click();
  await expect(row).toContainText("Revoked");
});

/** What the sheet's copy button of that name puts on the clipboard. */
async function copied(page: Page, what: RegExp): Promise<string> {
  await page.getByRole("dialog").getByRole("button", { name: what }).click();
  return page.evaluate(() => navigator.clipboard.readText());
}

/** The status of an agent's call. */
async function search(page: Page, address: string, key: string): Promise<number> {
  const answer = await page.request.post(`${API}${new URL(address).pathname}`, {
    headers: { authorization: `Bearer ${key}`, accept: "application/json, text/event-stream" },
    data: { jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: "search_products", arguments: { words: "dress" } } },
  });
  return answer.status();
}

import { expect, type Page, test } from "@playwright/test";

import { API, signIn } from "./people";
import { faults } from "./usable";

test("an owner sees what somebody changed at Meta, and sends her own again", async ({ page }) => {
  test.setTimeout(180_000);
  await page.emulateMedia({ reducedMotion: "reduce" });
  await signIn(page, "owner", 1); // the demo's shop at Meta
  await page.goto("/pieces/catalogue");
  await expect(page.getByText("Up to date")).toBeVisible({ timeout: 60_000 });
  const theirs = `A name of ${Date.now()}`;
  const item = await changeOne(page, { title: theirs });

  // when she compares, then both names stand side by side
  await page.getByRole("button", { name: "Compare now" }).click();
  await page.getByRole("button", { name: /^Different/ }).click();
  const told = page.getByRole("table").filter({ hasText: theirs });
  await expect(told).toBeVisible({ timeout: 60_000 });
  await expect(told.getByRole("row", { name: /^Name/ })).toContainText(item.title);
  expect(await faults(page)).toEqual([]);

  // when she keeps hers, then nothing differs and Meta has it again
  await page.getByRole("button", { name: "Keep ours" }).first().click();
  await expect(told).toBeHidden({ timeout: 60_000 });
  await expect.poll(async () => (await items(page)).find((one) => one.id === item.id)?.data.title, { timeout: 60_000 }).toBe(item.title);
});

type AtMeta = { id: string; data: { title: string } };

async function items(page: Page): Promise<AtMeta[]> {
  return ((await (await page.request.get(`${API}/sandbox/catalogues/pwani`)).json()) as { items: AtMeta[] }).items;
}

/** As somebody in Meta's own pages; the item as it was. */
async function changeOne(page: Page, changed: object): Promise<{ id: string; title: string }> {
  const [first] = await items(page);
  if (!first) throw new Error("the catalogue is empty");
  await page.request.post(`${API}/sandbox/catalogues/pwani/items/${first.id}`, { data: changed });
  return { id: first.id, title: first.data.title };
}

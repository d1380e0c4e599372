import { expect, type Page, test } from "@playwright/test";

import { API, signIn } from "./people";
import { faults } from "./usable";

const views = (page: Page) => page.getByRole("group", { name: "Saved views" });
const sheet = (page: Page) => page.getByRole("dialog");

/** What an earlier run left, had it ended half way: a view that the screen opens with would be in everybody's way. */
async function removeLeftovers(page: Page, beginning: string): Promise<void> {
  await page.evaluate(async ([api, begins]) => {
    const session = Object.entries({ ...localStorage }).find(([name]) => name.startsWith("sb-"))?.[1] ?? "{}";
    const headers = { authorization: `Bearer ${(JSON.parse(session) as { access_token: string }).access_token}` };
    const ask = async (path: string, method = "GET") => fetch(`${api}/api/v1${path}`, { method, headers });
    const { boutiques } = (await (await ask("/me")).json()) as { boutiques: { boutique_id: string }[] };
    const path = `/boutiques/${boutiques[0]?.boutique_id}/saved-views`;
    const { items } = (await (await ask(path)).json()) as { items: { id: string; name: string }[] };
    for (const one of items) if (one.name.toLowerCase().startsWith(begins!)) await ask(`${path}/${one.id}`, "DELETE");
  }, [API, beginning.toLowerCase()]);
}

async function save(page: Page, name: string): Promise<void> {
  await views(page).getByRole("button", { name: "Save this view" }).click();
  await sheet(page).getByLabel("Name").fill(name);
}

test("an owner keeps a view for the shop, opens the screen with it, and deletes it", async ({ page, browser }) => {
  test.setTimeout(120_000);
  const name = `Away ${Date.now().toString(36)}`;
  await signIn(page);
  await removeLeftovers(page, "Away ");
  await page.goto("/pieces");

  // when she saves the filter that she looks at
  await page.getByRole("button", { name: "Archived", exact: true }).click();
  await save(page, name);
  expect(await faults(page)).toEqual([]);
  await sheet(page).getByRole("switch", { name: "For everybody of the shop" }).click();
  await sheet(page).getByRole("button", { name: "Save" }).click();
  await expect(sheet(page)).toBeHidden();

  // then it is a chip that shows it, and another tap shows all again
  const chip = views(page).getByRole("button", { name, exact: true });
  await expect(chip).toHaveAttribute("aria-pressed", "true");
  await chip.click();
  await expect(page).toHaveURL(/\/pieces$/);
  await expect(chip).toHaveAttribute("aria-pressed", "false");
  await chip.click();
  await expect(page).toHaveURL(/\/pieces\?filter=archived$/);
  expect(await faults(page)).toEqual([]);

  // staff see it, and may not change it
  const theirs = await (await browser.newContext({ baseURL: new URL(page.url()).origin })).newPage();
  await signIn(theirs, "staff");
  await theirs.goto("/pieces");
  await views(theirs).getByRole("button", { name, exact: true }).click();
  await expect(theirs).toHaveURL(/filter=archived/);
  await views(theirs).getByRole("button", { name: `Change “${name}”` }).click();
  await expect(sheet(theirs).getByText(/only an owner may change it/)).toBeVisible();
  await theirs.context().close();

  // when the screen is to open with it, then it does, unless a link asks for something else
  await views(page).getByRole("button", { name: `Change “${name}”` }).click();
  await sheet(page).getByRole("switch", { name: "Open the screen with it" }).click();
  await sheet(page).getByRole("button", { name: "Save" }).click();
  await expect(sheet(page)).toBeHidden();
  await page.goto("/pieces");
  await expect(page).toHaveURL(/\/pieces\?filter=archived$/);
  await page.goto("/pieces?filter=sold_out");
  await expect(views(page).getByRole("button", { name: "Save this view" })).toBeVisible();
  await expect(page).toHaveURL(/filter=sold_out$/);

  // and deleted it is gone for all
  await views(page).getByRole("button", { name, exact: true }).click();
  await views(page).getByRole("button", { name: `Change “${name}”` }).click();
  await sheet(page).getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText(`“${name}” is deleted.`)).toBeVisible();
  await expect(views(page).getByRole("button", { name, exact: true })).toHaveCount(0);
  await page.goto("/pieces");
  await expect(page.getByRole("main").getByRole("listitem").first()).toBeVisible();
  await expect(page).toHaveURL(/\/pieces$/);
});

test("a view is saved in another's place, and its name is there once", async ({ page }) => {
  test.setTimeout(90_000);
  const name = `Mine ${Date.now().toString(36)}`;
  await signIn(page, "staff");
  await removeLeftovers(page, "Mine ");
  await page.goto("/customers?sort=name");
  await save(page, name);
  await expect(sheet(page).getByRole("switch", { name: "For everybody of the shop" })).toBeDisabled();
  await sheet(page).getByRole("button", { name: "Save" }).click();
  await expect(views(page).getByRole("button", { name, exact: true })).toHaveAttribute("aria-pressed", "true");

  // the same name again is refused beside its field
  await page.getByRole("searchbox").fill("a");
  await save(page, name.toUpperCase());
  await sheet(page).getByRole("button", { name: "Save" }).click();
  await expect(sheet(page).getByRole("alert")).toHaveText("There is a view of this name already.");

  // in the place of the one that is there, it is kept
  await sheet(page).getByLabel("Save as").selectOption({ label: `In place of “${name}”` });
  await sheet(page).getByRole("button", { name: "Save" }).click();
  await expect(sheet(page)).toBeHidden();
  await page.goto("/customers");
  await views(page).getByRole("button", { name, exact: true }).click();
  await expect(page).toHaveURL(/sort=name/);
  await expect(page.getByRole("searchbox")).toHaveValue("a");

  // and the palette knows it
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole("button", { name: "Search", exact: true }).click();
  await page.getByRole("dialog").getByRole("combobox").fill(name.split(" ")[1] ?? "");
  await expect(page.getByRole("dialog").getByRole("option", { name })).toBeVisible();
  await page.keyboard.press("Escape");
  await views(page).getByRole("button", { name: `Change “${name}”` }).click();
  await sheet(page).getByRole("button", { name: "Delete" }).click();
  await expect(views(page).getByRole("button", { name, exact: true })).toHaveCount(0);
});

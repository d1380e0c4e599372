import { type BrowserContext, expect, type Page, test } from "@playwright/test";

import { kept, signIn } from "./people";

test("a page is shown as it was last seen before its scripts are there", async ({ page, context }) => {
  // given: the pieces, which the owner has looked at
  await signIn(page);
  const first = await lookAtPieces(page);

  // when: she comes again, and the scripts are long on the way
  const release = await holdScripts(context);
  await page.goto("/pieces", { waitUntil: "commit" });

  // then: what she saw is there at once, and gives way to the page itself
  await expect(page.locator("#last-seen").getByText(first).first()).toBeVisible();
  release();
  await expect(page.getByRole("list", { name: "Pieces" }).getByText(first).first()).toBeVisible();
  await expect(page.locator("#last-seen")).toBeEmpty();
});

test("without a network, also after her token has ended, an owner sees what she was told last", async ({ page, context }) => {
  // given
  await signIn(page);
  const first = await lookAtPieces(page);
  await page.evaluate(() => {
    const key = "sb-dukani-auth-token";
    const session = JSON.parse(localStorage.getItem(key) ?? "{}") as object;
    localStorage.setItem(key, JSON.stringify({ ...session, expires_at: 1 }));
  });

  // when: neither the API nor the sign-in answers
  for (const path of ["**/api/v1/**", "**/auth/v1/**"]) await context.route(path, (route) => route.abort("internetdisconnected"));
  await page.goto("/pieces");

  // then
  await expect(page.getByRole("list", { name: "Pieces" }).getByText(first).first()).toBeVisible();
  await expect(page.getByRole("heading", { name: "Pieces" })).toBeVisible();
});

/** Looks at the pieces until they are kept, and says what the first one is called. */
async function lookAtPieces(page: Page): Promise<string> {
  await page.goto("/pieces");
  const row = page.getByRole("list", { name: "Pieces" }).getByRole("button").first();
  await expect(row).toBeVisible();
  await expect.poll(() => kept(page)).toEqual(expect.arrayContaining(["dukani.known", "dukani.seen:/pieces"]));
  return row.locator(".font-medium").first().innerText();
}

/** Lets the page's scripts wait, until it is told to let them come. */
async function holdScripts(context: BrowserContext): Promise<() => void> {
  let release = () => {};
  const come = new Promise<void>((done) => { release = done; });
  await context.route("**/_next/static/**/*.js", async (route) => {
    await come;
    await route.continue();
  });
  return release;
}

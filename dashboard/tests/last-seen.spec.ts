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

for (const { path, asks } of [
  { path: "/", asks: ["/orders?filter=all", "/today"] },
  { path: "/orders", asks: ["/orders?filter=to_send", "/today"] },
  { path: "/chats", asks: ["/conversations?filter=all", "/today"] },
  { path: "/pieces", asks: ["/products?filter=on_sale&search=", "/today"] },
]) {
  test(`${path} asks for what it shows before its scripts are there, and once`, async ({ page, context }) => {
    // given: an owner who was there before, and scripts that are long on the way
    await signIn(page);
    await page.evaluate(() => localStorage.removeItem("dukani.known"));
    const calls: string[] = [];
    context.on("request", (call) => {
      const asked = /\/api\/v1\/boutiques\/[^/]+(.*)/.exec(call.url())?.[1];
      if (asked && asks.includes(asked)) calls.push(asked);
    });
    const release = await holdScripts(context);

    // when
    await page.goto(path, { waitUntil: "commit" });
    await expect.poll(() => [...calls].sort()).toEqual(asks);
    release();

    // then: the page takes those answers
    await expect(page.getByRole("heading").first()).toBeVisible();
    await expect(page.locator("[data-waiting]")).toHaveCount(0);
    expect([...calls].sort()).toEqual(asks);
  });
}

test("without a network an owner sees what she was told last, and when that was", async ({ page, context }) => {
  // given
  await signIn(page);
  const first = await lookAtPieces(page);

  // when
  const back = await loseLine(context);
  await page.goto("/pieces");

  // then
  await expect(page.getByRole("list", { name: "Pieces" }).getByText(first).first()).toBeVisible();
  await expect(page.getByRole("status").getByText(/No connection. What you see is from \d\d:\d\d/)).toBeVisible();

  // and: when the line is back, the page goes on by itself
  await back();
  await expect(page.getByText("No connection.")).toHaveCount(0, { timeout: 30_000 });
});

test("without a network a token that has ended leads nobody to the sign-in", async ({ page, context }) => {
  // given
  await signIn(page);
  const first = await lookAtPieces(page);
  await page.evaluate(() => {
    const key = "sb-dukani-auth-token";
    const session = JSON.parse(localStorage.getItem(key) ?? "{}") as object;
    localStorage.setItem(key, JSON.stringify({ ...session, expires_at: 1 }));
  });

  // when
  await loseLine(context);
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

/** Neither the API nor the sign-in answers, until it is told that the line is back. */
async function loseLine(context: BrowserContext): Promise<() => Promise<void>> {
  const calls = ["**/api/v1/**", "**/auth/v1/**"];
  for (const path of calls) await context.route(path, (route) => route.abort("internetdisconnected"));
  return async () => {
    for (const path of calls) await context.unroute(path);
  };
}

import { expect, type Page, type Request, test } from "@playwright/test";

import { API, customer, signIn } from "./people";

test.skip(!API, "API_URL says where the API is, BASE_URL where the pages are");

/** What the browser refused: a policy, another origin's answer, an error of a page. */
function refusals(page: Page): string[] {
  const found: string[] = [];
  page.on("console", (said) => {
    if (said.type() === "error" && !/status of 4\d\d/.test(said.text())) found.push(said.text());
  });
  page.on("pageerror", (error) => found.push(error.message));
  return found;
}

function requests(page: Page, method: string, path: RegExp): Request[] {
  const found: Request[] = [];
  page.on("request", (one) => {
    if (one.method() === method && path.test(new URL(one.url()).pathname)) found.push(one);
  });
  return found;
}

test("chats come in live from the API's origin, and the policy holds", async ({ page, baseURL }) => {
  const refused = refusals(page);
  const streams = requests(page, "GET", /\/events$/);
  await signIn(page);
  const opened = await page.goto("/chats");
  await expect(page.getByRole("heading", { name: "Chats" })).toBeVisible();
  await expect.poll(() => streams.length).toBeGreaterThan(0);

  // when a customer writes
  const name = `Mbali ${Math.floor(Math.random() * 1e6)}`;
  await (await customer(page, name)).write("Hi, do you have red dresses?");

  // then the open page shows it, told by a stream of another origin
  await expect(page.getByRole("button", { name: new RegExp(name) }).first()).toBeVisible();
  expect(new URL(streams[0]!.url()).origin).toBe(new URL(API).origin);
  expect(new URL(API).origin).not.toBe(new URL(baseURL!).origin);
  // and the page may run its own scripts only, and call the API only
  const policy = opened?.headers()["content-security-policy"] ?? "";
  expect(policy).toContain("script-src 'self' 'sha256-");
  expect(policy).toContain(`connect-src 'self' ${new URL(API).origin};`);
  expect(policy).not.toMatch(/script-src[^;]*unsafe/);
  expect(refused).toEqual([]);
});

test("every page opens without a refusal of the browser", async ({ page }) => {
  test.setTimeout(120_000);
  await signIn(page);
  const refused = refusals(page);
  for (const path of ["/", "/orders", "/chats", "/pieces", "/pieces/add", "/sell", "/sell/today", "/requests", "/settings"]) {
    await page.goto(path);
    await expect(page.getByRole("heading").first()).toBeVisible();
    await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
  }
  expect(refused).toEqual([]);
});

test("an edit carries the version that was read, and one of an older version is refused", async ({ page }) => {
  const edits = requests(page, "PATCH", /\/boutiques\/[^/]+$/);
  await signIn(page);
  await page.goto("/settings?part=returns");
  const words = page.getByRole("textbox").first();
  await words.fill(`Within 7 days, unworn, with its label: ${Math.floor(Math.random() * 1e6)}.`);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  const edit = edits[0]!;
  const version = await edit.headerValue("if-match");
  expect(version).toMatch(/^"[^"]+"$/); // an ETag that the page could read, not “*”

  // when the same edit is sent from the page again
  const again = await page.evaluate(async ({ url, headers, body }) => {
    const answer = await fetch(url, { method: "PATCH", headers, body });
    return { status: answer.status, code: ((await answer.json()) as { code: string }).code };
  }, {
    url: edit.url(), body: edit.postData(),
    headers: {
      authorization: (await edit.headerValue("authorization")) ?? "", "content-type": "application/json", "if-match": version!,
    },
  });

  expect(again.status).toBe(412);
});

test("a photo is uploaded, and shown from the API's origin", async ({ page }) => {
  test.setTimeout(120_000);
  const refused = refusals(page);
  await signIn(page);
  await page.goto("/pieces/add");
  const samples = (await (await page.request.get(`${API}/sandbox/phone/api/samples`)).json()) as { name: string }[];
  const photo = await page.request.get(`${API}/sandbox/phone/api/samples/${samples[0]!.name}`);
  await page.getByLabel("Choose").setInputFiles({ name: "photo.jpg", mimeType: "image/jpeg", buffer: await photo.body() });
  await expect(page.getByText(/Looks like: /)).toBeVisible();

  const name = `Upepo ${Math.floor(Math.random() * 1e6)} dress`;
  await page.getByRole("button", { name: "Dress", exact: true }).click();
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Price in KES").fill("3.5k");
  await page.getByRole("button", { name: /^One more .* M$/ }).first().click();
  await page.getByRole("button", { name: "Put 1 on sale" }).click();

  await expect(page.getByRole("heading", { name })).toBeVisible();
  const picture = page.getByRole("list", { name: "Pictures" }).locator("img").first();
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  expect(await picture.evaluate((image: HTMLImageElement) => new URL(image.currentSrc).origin)).toBe(new URL(API).origin);
  expect(refused).toEqual([]);
});

test("a page of an origin that is not allowed reads nothing", async ({ page, baseURL }) => {
  // given: the same host by its number, which is another origin
  const elsewhere = baseURL!.replace("localhost", "127.0.0.1");
  test.skip(elsewhere === baseURL, "the pages are not on localhost");
  const readsFrom = async (origin: string) => {
    await page.goto(`${origin}/alert-icon.png`);
    return page.evaluate((url) => fetch(url).then(() => true, () => false), `${API}/api/v1/me`);
  };

  expect(await readsFrom(baseURL!)).toBe(true); // a refusal, but one that it can read
  expect(await readsFrom(elsewhere)).toBe(false);
});

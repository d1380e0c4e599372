import { expect, test } from "@playwright/test";

import { customer, signIn } from "./people";

test("a piece is added from a photo, and the assistant sells it at once", async ({ page }) => {
  test.setTimeout(120_000);
  const samples = (await (await page.request.get("/sandbox/phone/api/samples")).json()) as { name: string; url?: string }[];
  const sample = samples[0];
  if (!sample) throw new Error("the sandbox has no photo");
  const photo = await page.request.get(`/sandbox/phone/api/samples/${sample.name}`);
  const name = `Tausi ${Math.floor(Math.random() * 1e6)} dress`;
  await signIn(page);

  await page.getByRole("button", { name: "Add", exact: true }).filter({ visible: true }).click();
  await page.getByRole("link", { name: /^Add a piece/ }).click();
  await page.getByLabel("Choose").setInputFiles({ name: "photo.jpg", mimeType: "image/jpeg", buffer: await photo.body() });
  await expect(page.getByText(/^Looks like: /)).toBeVisible();
  await page.getByRole("button", { name: "Dress", exact: true }).click();
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Price in KES").fill("3.5k");
  await page.getByRole("button", { name: /^One more .* M$/ }).first().click({ clickCount: 2 });
  await page.getByRole("button", { name: "Put 2 on sale" }).click();

  await expect(page.getByRole("heading", { name })).toBeVisible();
  await expect(page.getByText(/KES\s3,500/).filter({ visible: true }).first()).toBeVisible();

  const phone = await customer(page, "Moraa Test");
  const { messages } = await phone.ask(`Do you have the ${name}?`);
  expect(messages.map((one) => one.text ?? "").join("\n")).toContain("3,500");
});

test("stock moves by a reason, and a price that is none is told", async ({ page }) => {
  await signIn(page);
  await page.getByRole("navigation").getByRole("link", { name: "Pieces" }).filter({ visible: true }).click();
  await page.getByRole("main").getByRole("listitem").first().getByRole("button").click();
  const size = page.getByRole("button", { name: /: \d+ left$/ }).first();
  const before = Number(/(\d+) left/.exec((await size.getAttribute("aria-label")) ?? "")?.[1]);

  await size.click();
  await page.getByRole("button", { name: "One more" }).click();
  await page.getByRole("button", { name: "Save the stock" }).click();
  await expect(size).toHaveAccessibleName(new RegExp(`: ${before + 1} left`));

  await page.getByLabel("Price in KES").fill("cheap");
  await expect(page.getByText("Write a sum, such as 3500 or 3.5k.")).toBeVisible();
});

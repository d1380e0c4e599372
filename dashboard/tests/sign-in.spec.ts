import { expect, test } from "@playwright/test";

import { kept, login, signIn } from "./people";

test("a wrong password is told beside the field, and keeps the email", async ({ page }) => {
  const { email } = await login(page, "owner");
  await page.goto("/sign-in");

  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password", { exact: true }).fill("not the password");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();

  await expect(page.getByText("Email or password is not right.")).toBeVisible();
  await expect(page.getByLabel("Email")).toHaveValue(email);
});

test("an owner signs in with email and password, and out again", async ({ page }) => {
  const { email, password } = await login(page, "owner");
  await page.goto("/orders"); // not signed in: the way in

  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Sold today" })).toBeVisible();

  await expect.poll(() => kept(page)).toEqual(expect.arrayContaining(["dukani.known", "dukani.seen:/"]));

  await page.getByRole("button", { name: "You and your boutique" }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/sign-in/);

  // nothing is left for the next person at this browser, also once the page is left
  await page.reload();
  expect(await kept(page)).toEqual([]);
});

test("the language is chosen once and stays", async ({ page }) => {
  await signIn(page);
  await page.getByRole("button", { name: "You and your boutique" }).click();
  await page.getByRole("button", { name: "Kiswahili" }).click();
  await expect(page.getByText("Mauzo ya leo")).toBeAttached();

  await page.reload();

  await expect(page.getByRole("heading", { name: "Mauzo ya leo" })).toBeVisible();
});

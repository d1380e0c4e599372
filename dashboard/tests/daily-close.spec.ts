import { expect, test } from "@playwright/test";

import { API, signIn } from "./people";
import { faults } from "./usable";

test("an owner closes her day to the shilling, and a slip is named", async ({ page }) => {
  test.setTimeout(120_000);
  await page.emulateMedia({ reducedMotion: "reduce" });
  await signIn(page);

  // given M-Pesa's own statement of the day
  const statement = await page.request.get(`${API}/sandbox/daraja/statement.csv?account=zuri`);
  await page.goto("/money/statement");
  await page.getByLabel("Choose the file").setInputFiles({ name: `${Date.now()}.csv`, mimeType: "text/csv", buffer: await statement.body() });
  await expect(page.getByRole("heading", { name: /\.csv$/ })).toBeVisible();

  // when she counts what should be there, M-Pesa as its statement says with what it does not have
  await page.goto("/money");
  await page.getByRole("link", { name: "Close the day" }).click();
  await expect(page.getByRole("heading", { name: "Close the day" })).toBeVisible();
  const again = page.getByRole("button", { name: "Count again" });
  const cash = page.getByLabel("Cash in the drawer");
  await expect(again.or(cash).first()).toBeVisible();
  if (await again.isVisible()) await again.click(); // another run closed it
  await page.getByLabel("In the drawer this morning").fill("2,000");
  while (await page.getByRole("button", { name: "Remove" }).count()) await page.getByRole("button", { name: "Remove" }).first().click();
  await page.getByRole("button", { name: "Paid out of the drawer" }).click();
  await page.getByLabel("Paid out for").fill("Boda");
  await page.getByLabel("Sum").fill("150");
  // In the first hours of a day the statement may have no line of it yet.
  const take = page.getByRole("button", { name: "Take it" });
  await expect(take.or(page.getByText("No M-Pesa statement covers this day.")).first()).toBeVisible();
  if (await take.isVisible()) await take.click();
  const sums = (await page.getByText(/^Expected KES/).allTextContents()).map((text) => text.replace(/[^\d.]/g, ""));
  await cash.fill(sums[0] ?? "");
  await page.getByLabel("M-Pesa", { exact: true }).fill(sums[1] ?? "");
  await expect(page.getByText("Agrees")).toHaveCount(2);
  expect(await faults(page)).toEqual([]);
  await page.getByLabel("Left in the drawer for tomorrow").fill("2000");
  await page.getByRole("button", { name: /^Close (the day|it again)$/ }).click();

  // then it agrees, and can be shared
  await expect(page.getByText("It agrees, to the shilling")).toBeVisible();
  await expect(page.getByText("Paid out: Boda")).toBeVisible();
  await expect(page.getByRole("button", { name: "Share" })).toBeVisible();
  expect(await faults(page)).toEqual([]);

  // when she counts again and 50 are missing, then she must say why, and it is named
  await again.click();
  await cash.fill(String(Number(sums[0]) - 50));
  await expect(page.getByText("KES 50 short", { exact: false })).toBeVisible();
  await expect(page.getByRole("button", { name: "Close it again" })).toBeDisabled();
  await page.getByLabel("Why it differs").selectOption("wrong_change");
  await page.getByRole("button", { name: "Close it again" }).click();
  await expect(page.getByText(/short.*Wrong change/)).toBeVisible();
});

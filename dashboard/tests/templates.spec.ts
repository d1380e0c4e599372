import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";

import { signIn } from "./people";

const named = () => `test_${Math.floor(Math.random() * 1e9)}`;

async function serious(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.filter((one) => ["serious", "critical"].includes(one.impact ?? "")).map((one) => `${one.id}: ${one.nodes[0]?.html}`);
}

test("an owner writes a template, mends what is told, and sees it approved", async ({ page }) => {
  test.setTimeout(120_000);
  const name = named();
  await signIn(page);
  await page.goto("/settings");
  await page.getByRole("button", { name: /^Message templates/ }).click();

  // when one is begun, and sent to review with a variable at its end
  await page.getByRole("button", { name: "New template" }).click();
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Message", { exact: true }).fill("New dresses came in for {{customer_name}}");
  await expect(page.getByText(/As .+ would read it/)).toBeVisible();
  await page.getByRole("button", { name: "Send to review" }).click();

  // then it is told beside what was typed, which stays
  await expect(page.getByText("Put words before the first and after the last variable.")).toBeVisible();
  await expect(page.getByLabel("Message", { exact: true })).toHaveValue(/New dresses/);

  // and mended, it is reviewed and approved without reloading
  await page.getByLabel("Message", { exact: true }).fill("Hello {{customer_name}}, new dresses came in this week.");
  await expect(page.getByText("Put words before the first and after the last variable.")).toHaveCount(0);
  await page.getByRole("button", { name: "Send to review" }).click();
  await expect(page.getByText("Approved", { exact: true }).filter({ visible: true }).first()).toBeVisible({ timeout: 40_000 });
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText("Delete this template?")).toHaveCount(0);
});

for (const theme of ["light", "dark"] as const) {
  test(`templates can be read by everybody, ${theme}`, async ({ page }) => {
    await signIn(page);
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    await page.goto("/templates");
    await expect(page.getByRole("heading", { name: "That every shop has" })).toBeVisible();
    expect(await serious(page)).toEqual([]);

    await page.goto("/templates?new=1");
    await expect(page.getByRole("button", { name: "Send to review" })).toBeVisible();
    await expect(page.getByText(/As .+ would read it|With the examples/)).toBeVisible();
    expect(await serious(page)).toEqual([]);

    await page.goto("/templates?id=owner_new_order");
    await expect(page.getByText("There is a new order at").first()).toBeVisible();
    expect(await serious(page)).toEqual([]);
  });
}

import { expect, test } from "@playwright/test";

import { signIn } from "./people";
import { faults } from "./usable";

const named = () => `test_${Math.floor(Math.random() * 1e9)}`;

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

test("a draft that two tabs write is kept as each says, and nothing typed is lost", async ({ page, context }) => {
  test.setTimeout(120_000);
  const name = named();
  await signIn(page);
  await page.goto("/templates?new=1");
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("button", { name: "Save draft" }).click();
  await expect(page).toHaveURL(/id=/);

  // given the draft in a second tab
  const other = await context.newPage();
  await other.goto(page.url());
  const words = (tab: typeof page) => tab.getByLabel("Message", { exact: true });
  await expect(words(other)).toBeVisible();

  // when both write
  await words(other).fill("Hello {{customer_name}}, this came from the other tab.");
  await other.getByRole("button", { name: "Save draft" }).click();
  await expect(other.getByText("Draft saved")).toBeVisible();
  await words(page).fill("Hello {{customer_name}}, this was typed here.");
  await page.getByRole("button", { name: "Save draft" }).click();

  // then the second is asked, with what she typed before her eyes
  await expect(page.getByText(/^This draft was changed meanwhile/)).toBeVisible();
  await expect(words(page)).toHaveValue(/typed here/);
  await page.getByRole("button", { name: "Take the other" }).click();
  await expect(words(page)).toHaveValue(/the other tab/);
  await words(page).fill("Hello {{customer_name}}, this was typed here again.");
  await page.getByRole("button", { name: "Save draft" }).click();
  await expect(page.getByText("Draft saved")).toBeVisible();
  await other.reload();
  await expect(words(other)).toHaveValue(/typed here again/);
});

for (const theme of ["light", "dark"] as const) {
  test(`templates can be read by everybody, ${theme}`, async ({ page }) => {
    await signIn(page);
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    await page.goto("/templates");
    await expect(page.getByRole("heading", { name: "That every shop has" })).toBeVisible();
    expect(await faults(page)).toEqual([]);

    await page.goto("/templates?new=1");
    await expect(page.getByRole("button", { name: "Send to review" })).toBeVisible();
    await expect(page.getByText(/As .+ would read it|With the examples/)).toBeVisible();
    expect(await faults(page)).toEqual([]);

    await page.goto("/templates?id=owner_new_order");
    await expect(page.getByText("There is a new order at").first()).toBeVisible();
    expect(await faults(page)).toEqual([]);
  });
}

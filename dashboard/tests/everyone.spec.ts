import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";

import { signIn } from "./people";

const PAGES = ["/", "/orders?filter=all", "/chats", "/pieces", "/pieces/add", "/requests", "/sell", "/sell/today"];

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [360, 1280]) {
    test(`every page can be used by everyone: ${colorScheme}, ${width} px`, async ({ page }) => {
      test.setTimeout(120_000);
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.setViewportSize({ width, height: 740 });
      await page.goto("/sign-in");
      await page.waitForTimeout(500);
      const found = [await problems("/sign-in")];
      await signIn(page);
      for (const path of PAGES) {
        await page.goto(path);
        await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
        await page.waitForTimeout(300);
        found.push(await problems(path));
        // Nothing is wider than the screen.
        expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(width);
      }
      expect(found.flat()).toEqual([]);

      async function problems(path: string) {
        const { violations } = await new AxeBuilder({ page }).analyze();
        return violations
          .filter((one) => one.impact === "serious" || one.impact === "critical")
          .map((one) => `${path}: ${one.id}: ${one.nodes[0]?.html}`);
      }
    });
  }
}

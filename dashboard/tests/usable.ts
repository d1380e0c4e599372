import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** Waits until nothing loads and nothing moves that would come to rest. */
export async function atRest(page: Page): Promise<void> {
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
  await page.evaluate(async () => {
    await document.fonts.ready;
    const ends = document.getAnimations().filter((one) => one.effect?.getComputedTiming().endTime !== Infinity);
    await Promise.all(ends.map((one) => one.finished.catch(() => {}))); // cancelled is at rest too
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  });
}

type Rules = { only?: string[]; without?: string };

/** What keeps somebody from using the page: of each kind the first, with where it was seen. */
export async function faults(page: Page, where = "", { only, without }: Rules = {}): Promise<string[]> {
  await atRest(page);
  // No frame of ours is another origin's, so that the whole page is judged in one go; and only what is wrong is told.
  const axe = new AxeBuilder({ page }).setLegacyMode(true);
  axe.options({ resultTypes: ["violations"], ...(only && { runOnly: { type: "rule", values: only } }) });
  if (without) axe.exclude(without);
  const { violations } = await axe.analyze();
  return violations
    .filter((one) => one.impact === "serious" || one.impact === "critical")
    .map((one) => [where, one.id, one.nodes[0]?.html].filter(Boolean).join(": "));
}

import { expect, type Page, test } from "@playwright/test";

import { pages } from "./pages";
import { signIn } from "./people";
import { atRest, faults } from "./usable";

const { open, shop, platform } = pages();

// Each part has a test of its own: of one that visits all pages nobody could say how long it may take.
const PARTS = ["the shop", "the platform"] as const;
type Part = (typeof PARTS)[number];

/** Visits every page of a part, and in every place that has rows the first of them. */
async function everywhere(page: Page, part: Part, look: (where: string) => Promise<void>, language = "en"): Promise<void> {
  if (part === "the platform") {
    await signIn(page, "platform_admin");
    return through(page, platform, look, language);
  }
  for (const path of open) {
    await page.goto(path);
    await atRest(page);
    await look(path);
  }
  await signIn(page);
  await through(page, shop, look, language);
}

async function through(page: Page, paths: string[], look: (where: string) => Promise<void>, language: string): Promise<void> {
  await page.evaluate((chosen) => localStorage.setItem("dukani.language", chosen), language);
  for (const path of paths) {
    await page.goto(path);
    await atRest(page);
    await look(path);
    if (path.includes("?") && !path.startsWith("/orders")) continue;
    const first = page.getByRole("main").getByRole("listitem").getByRole("button").first();
    if (!(await first.isVisible())) continue;
    await first.click();
    await atRest(page);
    await look(`${path}, its first`);
  }
}

for (const [width, part] of [360, 1280].flatMap((width) => PARTS.map((part) => [width, part] as const))) {
  test(`every page of ${part} can be used by everyone: ${width} px`, async ({ page }) => {
    test.setTimeout(400_000);
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    await page.setViewportSize({ width, height: 740 });
    const found: string[] = [];
    await everywhere(page, part, async (where) => {
      found.push(...(await faults(page, where)));
      found.push(...(await page.evaluate(overflowing)).map((what) => `${where}: ${what}`));
      // The dark theme has the same parts in other colours.
      await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
      found.push(...(await faults(page, `${where}, dark`, { only: ["color-contrast"] })));
      await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    });
    expect(found).toEqual([]);
  });
}

for (const [language, part] of ["en", "sw"].flatMap((language) => PARTS.map((part) => [language, part] as const))) {
  test(`every page of ${part} holds text 1.4 times as large: ${language}`, async ({ page }) => {
    test.setTimeout(240_000);
    await page.emulateMedia({ reducedMotion: "reduce" }); // what slides in is off the screen meanwhile
    await page.addInitScript(() => {
      const grow = () => document.documentElement?.style.setProperty("font-size", "22.4px", "important");
      grow();
      addEventListener("DOMContentLoaded", grow);
    });
    const found: string[] = [];
    await everywhere(page, part, async (where) => {
      found.push(...(await page.evaluate(overflowing)).map((what) => `${where}: ${what}`));
    }, language);
    expect(found).toEqual([]);
  });
}

/** What is wider than its place: the page, what scrolls sideways unasked, a button off the screen or too small for its words. */
function overflowing(): string[] {
  const wide = new Set<string>();
  const said = (one: Element) => `${one.tagName.toLowerCase()} “${(one.getAttribute("aria-label") ?? one.textContent ?? "").trim().slice(0, 40)}”`;
  const inside = (one: Element | null, is: (one: Element) => boolean): boolean => one !== null && (is(one) || inside(one.parentElement, is));
  const skipped = (one: Element) => one.classList.contains("overflow-x-auto") || one.getAttribute("aria-hidden") === "true" || one.classList.contains("sr-only");
  if (document.documentElement.scrollWidth > innerWidth) wide.add(`page: ${document.documentElement.scrollWidth} px`);
  for (const one of document.querySelectorAll<HTMLElement>("body *")) {
    if (inside(one, skipped) || !one.checkVisibility({ visibilityProperty: true })) continue;
    const scrolls = /auto|scroll/.test(getComputedStyle(one).overflowX) && !one.matches("textarea, input");
    if (scrolls && one.scrollWidth > one.clientWidth + 1) wide.add(`scrolls sideways: ${said(one)}`);
    if (!one.matches("button, a, input, select, textarea")) continue;
    const box = one.getBoundingClientRect();
    if (box.width > 1 && (box.left < -1 || box.right > innerWidth + 1)) wide.add(`off the screen: ${said(one)}`);
    if (one.matches("button, a")) spilled(one, box);
  }
  return [...wide];

  /** Words outside their button; what is set beside it on purpose, as a count is, is none of them. */
  function spilled(button: HTMLElement, box: DOMRect) {
    const words = document.createTreeWalker(button, NodeFilter.SHOW_TEXT);
    while (words.nextNode()) {
      const parent = words.currentNode.parentElement!;
      const apart = (one: Element) => /absolute|fixed/.test(getComputedStyle(one).position) && one !== button;
      if (inside(parent, (one) => button.contains(one) && (apart(one) || getComputedStyle(one).overflowX === "hidden"))) continue;
      const range = document.createRange();
      range.selectNodeContents(words.currentNode);
      const text = range.getBoundingClientRect();
      if (text.width > 0 && (text.right > box.right + 1 || text.left < box.left - 1)) wide.add(`too small for its words: ${said(button)}`);
    }
  }
}

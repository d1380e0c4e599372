import { expect, it } from "vitest";

import { linesOf } from "@/app/(shop)/wallet/lines";

const rate = (category: "marketing" | "utility", region: string, tokens: number) =>
  ({ category, region, tokens, cost_minor: 1, currency: "KES", valid_from: "2025-07-01" });

it("regions that cost the same are one line, and kinds of messages are not", () =>
  expect(linesOf([rate("marketing", "KE", 1), rate("marketing", "UG", 1), rate("marketing", "*", 3), rate("utility", "KE", 1)])).toEqual([
    { category: "marketing", tokens: 1, regions: ["KE", "UG"] },
    { category: "marketing", tokens: 3, regions: ["*"] },
    { category: "utility", tokens: 1, regions: ["KE"] },
  ]));

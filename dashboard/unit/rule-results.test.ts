import { describe, expect, it } from "vitest";

import { type Comparison, type Funnel, liftOf, moneyOf, sumOf } from "@/app/(shop)/automations/results/queries";
import englishResults from "@/messages/en/ruleResults.json";
import englishTimeline from "@/messages/en/ruleTimeline.json";
import swahiliResults from "@/messages/sw/ruleResults.json";
import swahiliTimeline from "@/messages/sw/ruleTimeline.json";

const FUNNEL: Funnel = {
  arm: "", enrolled: 10, decided: 8, sent: 7, delivered: 6, read: 5, clicked: 4, replied: 3, converted: 2, opted_out: 1, failed: 1,
};
const LIFT: Comparison = { verdict: "decided", winner: "treated", planned_size: 900, differences: [], uneven: false };

describe("what is said of a rule", () => {
  it("names no winner before it is decided", () => {
    expect(liftOf(null)).toBeNull();
    expect(liftOf({ ...LIFT, verdict: "too_early", winner: null })).toBe("too_early");
    expect(liftOf({ ...LIFT, verdict: "undecided", winner: null })).toBe("undecided");
  });

  it("tells help from harm", () => {
    expect(liftOf(LIFT)).toBe("helped");
    expect(liftOf({ ...LIFT, winner: "holdout" })).toBe("harmed");
  });
});

describe("all rules together", () => {
  it("are the sum of each", () => {
    expect(sumOf([FUNNEL, FUNNEL])).toMatchObject({ enrolled: 20, sent: 14, converted: 4, failed: 2 });
    expect(sumOf([])).toMatchObject({ enrolled: 0, sent: 0 });
  });

  it("keep currencies apart", () => {
    const money = moneyOf([
      { currency: "KES", orders: 1, amount_minor: 4500 }, { currency: "UGX", orders: 1, amount_minor: 90 },
      { currency: "KES", orders: 2, amount_minor: 500 },
    ]);
    expect(money).toEqual([{ currency: "KES", orders: 3, amount_minor: 5000 }, { currency: "UGX", orders: 1, amount_minor: 90 }]);
  });
});

describe("the words", () => {
  it("have one for every stage, reason and event in both languages", () => {
    for (const [english, swahili] of [[englishResults, swahiliResults], [englishTimeline, swahiliTimeline]] as const) {
      expect(keysOf(swahili)).toEqual(keysOf(english));
    }
  });
});

function keysOf(words: object, path = ""): string[] {
  return Object.entries(words).flatMap(([key, said]) => (typeof said === "string" ? [`${path}${key}`] : keysOf(said as object, `${path}${key}.`))).sort();
}

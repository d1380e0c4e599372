import { describe, expect, test } from "vitest";

import { compared } from "@/app/(shop)/figures/compare";
import { daysOf, lengthOf, stepOf, stepsFor } from "@/app/(shop)/figures/range";
import { pageOf } from "@/app/(shop)/figures/wishes/fixes";
import type { Wish } from "@/app/(shop)/figures/wishes/queries";
import { unknownIn } from "@/app/(shop)/figures/wishes/wish-words";
import { askedPiece, askedWish } from "@/app/(shop)/pieces/add/asked";

const TODAY = "2026-03-01"; // the day after the shortest month

describe("the days of a range", () => {
  test.each([
    ["today", "2026-03-01", "2026-03-01"],
    ["week", "2026-02-23", "2026-03-01"],
    ["month", "2026-01-31", "2026-03-01"],
    ["this_month", "2026-03-01", "2026-03-01"],
    ["last_month", "2026-02-01", "2026-02-28"],
    ["quarter", "2025-12-02", "2026-03-01"],
    ["year", "2025-03-02", "2026-03-01"],
  ] as const)("%s", (range, since, until) => {
    expect(daysOf(range, TODAY)).toEqual({ since, until });
  });

  test.each([
    ["as typed", "2026-01-10", "2026-01-20", "2026-01-10", "2026-01-20"],
    ["the later one typed first", "2026-01-20", "2026-01-10", "2026-01-10", "2026-01-20"],
    ["none of them has come yet", "2027-01-01", "2027-02-01", TODAY, TODAY],
    ["no days at all", "yesterday", "", TODAY, TODAY],
    ["more than the API answers for", "2010-01-01", "2026-03-01", "2023-12-23", "2026-03-01"],
  ])("own days: %s", (_, since, until, first, last) => {
    expect(daysOf("own", TODAY, { since, until })).toEqual({ since: first, until: last });
  });

  test("both ends count", () => {
    expect(lengthOf({ since: "2026-02-27", until: "2026-03-01" })).toBe(3);
    expect(lengthOf(daysOf("own", TODAY, { since: "2010-01-01", until: TODAY }))).toBe(800);
  });
});

describe("the steps of a picture", () => {
  test.each([
    [1, "day"], [31, "day"], [32, "week"], [90, "week"], [120, "week"], [121, "month"], [800, "month"],
  ])("of %i days it is a %s unless another is chosen", (days, step) => {
    expect(stepOf(days, null)).toBe(step);
    expect(stepOf(days, "year")).toBe(step);
  });

  test("only those are offered that make bars for a thumb, and more than one of them", () => {
    expect(stepsFor(7)).toEqual(["day"]);
    expect(stepsFor(30)).toEqual(["day", "week"]);
    expect(stepsFor(365)).toEqual(["week", "month"]);
    expect(stepsFor(800)).toEqual(["month"]);
    expect(stepOf(30, "week")).toBe("week");
    expect(stepOf(365, "day")).toBe("month");
  });
});

describe("beside the days before", () => {
  test.each([
    [112, 100, { how: "more", percent: 12 }],
    [60, 100, { how: "less", percent: 40 }],
    [0, 100, { how: "less", percent: 100 }],
    [1_000, 1_001, { how: "same" }],
    [247, 100, { how: "more", percent: 147 }],
    [2_470, 100, { how: "times", times: 24.7 }],
    [5, 0, { how: "none" }], // there is no per cent of nothing
    [0, 0, { how: "neither" }],
  ])("%i after %i", (now, before, told) => {
    expect(compared(now, before)).toEqual(told);
  });
});

test.each([
  ["dera iko?", "dera"],
  ["Naomba dera", "dera"],
  ["Do you have the ndula?", "ndula"],
  ["iko?", "iko"], // nothing is left of it: all of it
  ["mbuzi za chini", "mbuzi chini"],
])("in “%s” the word to teach is “%s”", (words, unknown) => {
  expect(unknownIn(words)).toBe(unknown);
});

test.each([
  ["newPiece", "colour", { category: "dress", colour: "red" }, "/pieces/add?kind=dress&colour=red&wish=colour+subject"],
  ["newPiece", "piece", { category: "boubou", words: "swimsuit" }, "/pieces/add?name=swimsuit&wish=piece+subject"],
  ["pieces", "size", { category: "shoes", size: "45" }, "/pieces?search=shoes"],
  ["pieces", "stock", { name: "Amina Dress", colour: "red" }, "/pieces?search=Amina+Dress"],
  ["settings", "question", { topic: "hours" }, "/settings?part=hours"],
  ["settings", "question", { topic: "gift_wrap" }, "/settings?part=returns"],
] as const)("%s of a wish for a %s leads where it is done, with what is known filled in", (fix, kind, details, page) => {
  expect(pageOf(fix, { kind, subject: "subject", details } as unknown as Wish)).toBe(page);
});

describe("a new piece that was asked for in vain", () => {
  test("has what the address says of it, and nothing that the form does not offer", () => {
    expect(askedPiece("?kind=dress&colour=red&size=4xl&name=Dera")).toEqual({ kind: "dress", colours: ["red"], extra: ["4XL"], name: "Dera" });
    expect(askedPiece("?kind=submarine&colour=infrared")).toEqual({ kind: null, colours: [], extra: [], name: null });
  });

  test.each([
    ["?wish=size+dress+22", { kind: "size", subject: "dress 22" }],
    ["?wish=words+dera", null], // no piece answers that
    ["", null],
  ])("grants the wish of %s", (address, wish) => {
    expect(askedWish(address)).toEqual(wish);
  });
});

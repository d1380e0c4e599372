import { describe, expect, test } from "vitest";

import { type Draft, parseSum, placesOf } from "@/app/(shop)/money/close/count";
import type { Closed, Day } from "@/app/(shop)/money/close/queries";
import { closeAsText, type Words } from "@/app/(shop)/money/close/share";

const AMINA = "00000000-0000-4000-8000-00000000000a";
const BARAKA = "00000000-0000-4000-8000-00000000000b";
const taking = (method: Day["takings"][number]["method"], user_id: string | null, sum_minor: number) =>
  ({ method, source: "counter" as const, user_id, payments: 1, sum_minor });
const day = {
  takings: [taking("cash", AMINA, 400_000), taking("cash", BARAKA, 150_000), taking("mpesa", null, 900_000), taking("credit", AMINA, 70_000)],
} as Day;
const draft = (changes: Partial<Draft>): Draft =>
  ({ float: "", paidOut: [], left: "", note: "", alone: [], counted: {}, reasons: {}, ...changes });
const expected = (of: Draft) => placesOf(day, of, 2).map(({ method, userId, expected }) => [method, userId, expected]);

describe("what should be there", () => {
  test("the drawer's float is with the cash, and what was paid out is not", () => {
    expect(expected(draft({ float: "2,000", paidOut: [{ what: "Boda", sum: "200" }] }))).toEqual([
      ["cash", null, 200_000 - 20_000 + 550_000], ["mpesa", null, 900_000],
    ]);
  });

  test("who is counted alone answers for her own, and the whole stays the same", () => {
    expect(expected(draft({ alone: [BARAKA] }))).toEqual([
      ["cash", null, 400_000], ["cash", BARAKA, 150_000], ["mpesa", null, 900_000],
    ]);
  });
});

describe("a sum as it is typed", () => {
  test.each([
    ["0", 0], ["0.00", 0], ["1,500", 150_000], ["Ksh 1.5k", 150_000], ["-200", -20_000], ["12.50", 1_250],
    ["", null], ["about 50", null], ["-", null],
  ])("%s", (typed, minor) => {
    expect(parseSum(typed, 2)).toBe(minor);
  });
});

test("the message names every difference", () => {
  const closed = {
    version: 1, float_minor: 0, left_minor: 300_000, note: "", paid_out: [{ what: "Boda", amount_minor: 20_000 }],
    lines: [
      { method: "cash", user_id: null, expected_minor: 400_000, counted_minor: 400_000, reason: null },
      { method: "cash", user_id: AMINA, expected_minor: 150_000, counted_minor: 130_000, reason: "wrong_change" },
      { method: "mpesa", user_id: null, expected_minor: 900_000, counted_minor: 900_000, reason: null },
    ],
  } as unknown as Closed;
  const words: Words = {
    title: "Zuri · Friday", method: (one) => one, person: (name) => name ?? "who left", line: (a, b) => `${a} > ${b}`,
    difference: (minor) => (minor === 0 ? "agrees" : `${minor / 100}`), reason: (one) => one,
    paidOut: (what, sum) => `${what} ${sum}`, left: (sum) => `left ${sum}`, closedBy: (version) => `v${version}`,
    money: (minor) => String(minor / 100),
  };

  const text = closeAsText(closed, [{ user_id: AMINA, email: "amina@zuri.example" }], words);

  expect(text.split("\n")).toEqual([
    "Zuri · Friday",
    "*cash*: 5500 > 5300 · -200",
    "– amina, -200, wrong_change",
    "*mpesa*: 9000 > 9000 · agrees",
    "Boda 200",
    "left 3000",
    "v1",
  ]);
});

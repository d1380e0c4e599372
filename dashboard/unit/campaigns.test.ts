import { describe, expect, it } from "vitest";

import { finishOf, opensAt } from "@/app/(shop)/campaigns/detail/finish";
import type { Recipient } from "@/app/(shop)/campaigns/detail/recipient-row";
import { furthest, stepsOf } from "@/app/(shop)/campaigns/detail/recipient-steps";
import type { Written } from "@/app/(shop)/campaigns/queries";
import { ruleOf, simpleOf } from "@/app/(shop)/campaigns/recurring";
import { doneOf } from "@/app/(shop)/campaigns/status";
import { type Arm, armsOf, withArms } from "@/app/(shop)/campaigns/write/arms";
import { begin, compared, COMPARISONS, FIELDS, isWhole, KINDS, replaced } from "@/app/(shop)/campaigns/write/audience/rule";
import { phonesIn } from "@/app/(shop)/campaigns/write/audience/use-customers";
import { grouped, type Template, variablesOf } from "@/app/(shop)/campaigns/write/use-templates";
import { toInstant, toLocal } from "@/app/(shop)/campaigns/zoned";

describe("a time of the shop's zone", () => {
  it("is the same instant wherever the owner is", () => {
    expect(toInstant("2026-12-01T10:00", "Africa/Nairobi")).toBe("2026-12-01T07:00:00.000Z");
    expect(toLocal("2026-12-01T07:00:00Z", "Africa/Nairobi")).toBe("2026-12-01T10:00");
  });

  it.each([
    ["2026-03-28T23:30", "2026-03-28T22:30:00.000Z"], // before the clocks go forward
    ["2026-03-29T12:00", "2026-03-29T10:00:00.000Z"], // after
    ["2026-03-29T03:30", "2026-03-29T01:30:00.000Z"], // just after
    ["2026-10-25T12:00", "2026-10-25T11:00:00.000Z"], // after they went back
  ])("follows summer time: %s", (local, instant) => {
    expect(toInstant(local, "Europe/Berlin")).toBe(instant);
    expect(toLocal(instant, "Europe/Berlin")).toBe(local);
  });
});

describe("a rule that comes again and again", () => {
  it.each([
    { every: "week", days: ["mon", "fri"], monthDay: 1 },
    { every: "two_weeks", days: ["sun"], monthDay: 1 },
    { every: "month", days: ["fri"], monthDay: 28 },
  ] as const)("is read as it was written: $every", (simple) => {
    expect(simpleOf(ruleOf({ ...simple, days: [...simple.days] }))).toEqual(simple);
  });

  it.each(["FREQ=DAILY", "FREQ=WEEKLY;BYDAY=FR;COUNT=3", "FREQ=MONTHLY;BYDAY=1FR", "FREQ=WEEKLY;INTERVAL=3;BYDAY=MO", "FREQ=WEEKLY;BYDAY=1MO"])(
    "of another kind is left alone: %s", (rule) => { expect(simpleOf(rule)).toBeNull(); });

  it("has a day at least", () => { expect(ruleOf({ every: "week", days: [], monthDay: 1 })).toBe("FREQ=WEEKLY;BYDAY=FR"); });
});

describe("a condition", () => {
  it("begins with a comparison that its field knows", () => {
    for (const field of FIELDS) expect(COMPARISONS[KINDS[field]]).toContain(begin(field).comparison);
  });

  it("is whole once it says something", () => {
    expect(isWhole(begin("orders"))).toBe(true);
    expect(isWhole(begin("colour"))).toBe(false);
    expect(isWhole({ ...begin("colour"), value: "red" })).toBe(true);
    expect(isWhole(compared(begin("colour"), "in"))).toBe(false);
    expect(isWhole({ ...begin("orders"), value: Number.NaN })).toBe(false);
    expect(isWhole({ match: "any", of: [begin("orders"), { match: "all", of: [begin("tag")] }] })).toBe(false);
  });

  it("is taken out, or put in another's place", () => {
    const group = { match: "all" as const, of: [begin("orders"), begin("pieces")] };
    expect(replaced(group, 0, null).of).toEqual([begin("pieces")]);
    expect(replaced(group, 1, begin("tag")).of).toEqual([begin("orders"), begin("tag")]);
  });
});

describe("an experiment", () => {
  const written = (experiment: Written["experiment"]) => ({ experiment }) as Written;

  it("shares customers out evenly, and keeps in what arms differ", () => {
    const arms: Arm[] = [{ key: "a", differs: { in: "nothing" } }, { key: "b", differs: { in: "hour", hour: 18 } }, { key: "c", differs: { in: "collage" } }, { key: "d", differs: { in: "pieces", pieces: ["p1", "p2"] } }];
    const made = withArms(null, [...arms]);
    expect(made.variants.reduce((sum, one) => sum + one.share, 0)).toBeCloseTo(1, 9);
    expect(armsOf(written(made))).toEqual(arms);
  });

  it("has no arm alone", () => {
    expect(withArms(null, [{ key: "a", differs: { in: "nothing" } }]).variants).toEqual([]);
  });
});

describe("templates", () => {
  const template = (name: string, language: "en" | "sw", status: Template["status"], category = "marketing") =>
    ({ name, language, status, category }) as Template;

  it("are one for each name, those that can be sent first, and none that is not for offers", () => {
    const found = grouped([template("late", "en", "pending"), template("six", "en", "approved"), template("six", "sw", "pending"), template("sent", "en", "approved", "utility")]);
    expect(found.map((one) => [one.name, Object.keys(one.byLanguage)])).toEqual([["six", ["en", "sw"]], ["late", ["en"]]]);
  });

  it("name each variable once", () => {
    expect(variablesOf("Hello {{customer_name}}, {{ price }} and {{customer_name}}")).toEqual(["customer_name", "price"]);
  });
});

it("a campaign of nobody is not begun, and of all is done", () => {
  expect(doneOf({ recipients: 0, waiting: 0 })).toBe(0);
  expect(doneOf({ recipients: 8, waiting: 2 })).toBe(0.75);
});

it("the last message leaves at the pace", () => {
  const now = new Date("2026-12-01T07:00:00Z");
  expect(finishOf(100, 10, now)).toBe("2026-12-01T07:10:00.000Z");
  expect(finishOf(0, 10, now)).toBeNull();
});

describe("messages leave in its hours only, by the shop's clock", () => {
  const pace = { opens: "09:00:00", closes: "21:00:00", skip_days: ["wed"] as const };

  it.each([
    ["2026-12-01T05:59:00Z", "2026-12-01T06:00:00.000Z"], // before it opens: the same day
    ["2026-12-01T06:00:00Z", null],
    ["2026-12-01T18:00:00Z", "2026-12-03T06:00:00.000Z"], // closed, and the next day is skipped
    ["2026-12-01T22:00:00Z", "2026-12-03T06:00:00.000Z"], // Wednesday by the shop's clock, Tuesday by UTC
    ["2026-12-02T09:00:00Z", "2026-12-03T06:00:00.000Z"], // the skipped day itself
  ])("at %s", (now, next) => { expect(opensAt(pace, "Africa/Nairobi", new Date(now))).toBe(next); });
});

describe("a recipient", () => {
  const recipient = (times: object, state = "read") => ({
    accepted_at: null, sent_at: null, delivered_at: null, read_at: null, clicked_at: null, replied_at: null,
    converted_at: null, opted_out_at: null, failed_at: null, state, ...times,
  }) as unknown as Recipient;

  it.each([
    [{}, "read"],
    [{ clicked_at: "2026-12-01T07:00:00Z" }, "clicked"],
    [{ clicked_at: "2026-12-01T07:00:00Z", converted_at: "2026-12-01T08:00:00Z" }, "converted"],
    [{ converted_at: "2026-12-01T08:00:00Z", opted_out_at: "2026-12-01T07:00:00Z" }, "opted_out"], // a stop outweighs all
  ])("has come as far as %o", (times, far) => { expect(furthest(recipient(times))).toBe(far); });

  it("went the steps in the order of their times", () => {
    const steps = stepsOf(recipient({ read_at: "2026-12-01T07:02:00Z", accepted_at: "2026-12-01T07:00:00Z", replied_at: "2026-12-01T07:01:00Z" }));
    expect(steps.map((one) => one.name)).toEqual(["accepted", "replied", "read"]);
  });
});

it("pasted numbers are one a line, or with commas between", () => {
  expect(phonesIn(" 0712 345 678\n\n+254722000111, 0733;0700\t1 ")).toEqual(["0712 345 678", "+254722000111", "0733", "0700", "1"]);
});

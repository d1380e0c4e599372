import { describe, expect, it } from "vitest";

import { parseSpan, written } from "@/app/(shop)/settings/chart";
import { both, told } from "@/app/(shop)/settings/told";
import { dayProblem, readWeek, runs, writeWeek } from "@/app/(shop)/settings/week";

const WEEK = { mon: "09:00-18:00", tue: "09:00-18:00", wed: "closed", thu: "09:00-13:00, 14:00-00:00", fri: "closed", sat: "closed", sun: "closed" };

describe("hours by weekday", () => {
  it("are read and written alike", () => expect(writeWeek(readWeek(WEEK)!)).toEqual(WEEK));
  it("are none where the shop has them in words", () => {
    expect(readWeek({ en: "By appointment" })).toBeNull();
    expect(readWeek("Mon to Fri")).toBeNull();
  });
  it("are told as on a shop's door", () =>
    expect(runs(readWeek(WEEK)!).filter((run) => run.spans.length).map((run) => `${run.from}-${run.to}`)).toEqual(["mon-tue", "thu-thu"]));
  it.each([
    [[{ opens: "09:00", closes: "" }], "empty"],
    [[{ opens: "18:00", closes: "09:00" }], "order"],
    [[{ opens: "09:00", closes: "13:00" }, { opens: "12:00", closes: "18:00" }], "order"],
    [[{ opens: "09:00", closes: "00:00" }], null], // until midnight
    [[], null],
  ])("of a day: %j", (day, problem) => expect(dayProblem(day)).toBe(problem));
});

describe("a size chart as it is typed", () => {
  it.each(["88-96", "88 – 96", "88 to 96 cm", " 88-96 "])("%s", (text) => expect(parseSpan(text)).toEqual([88, 96]));
  it.each(["88", "96-88", "wide", "88-96-100"])("%s is no span", (text) => expect(parseSpan(text)).toBeNull());
  it("names the cell that is wrong", () =>
    expect(written([{ size: "M", also: "", spans: { bust: "wide" } }])).toEqual({ wrong: { row: 0, measure: "bust" } }));
  it("leaves out what is empty", () =>
    expect(written([{ size: " M ", also: "UK 12,", spans: { bust: "88-96", waist: "" } }, { size: "", also: "", spans: {} }]).rows)
      .toEqual([{ size: "M", also: ["UK 12"], bust: [88, 96] }]));
});

describe("a text in two languages", () => {
  it("is taken away when it is emptied", () => expect(both({ en: " ", sw: "" })).toBeNull());
  it("may be in one", () => expect(both(told("Biashara Street"))).toEqual({ en: "Biashara Street" }));
});

import { describe, expect, it } from "vitest";

import { formatsOf, minorDigits, parsePrice } from "@/shell/formats";

describe("a price as people type it", () => {
  it.each([
    ["3500", 350_000],
    ["3,500", 350_000],
    ["Ksh 3,500/=", 350_000],
    ["KES 3500", 350_000],
    ["3.5k", 350_000],
    ["99.50", 9_950],
  ])("%s", (typed, minor) => expect(parsePrice(typed, 2)).toBe(minor));

  it.each(["", "free", "-5", "0", "3.5.5", "1e9", "99999999999999999999"])("%s is none", (typed) =>
    expect(parsePrice(typed, 2)).toBeNull());

  it("has no cents where the currency has none", () => expect(parsePrice("20000", minorDigits("UGX"))).toBe(20_000));
  it.each(["KES", "TZS", "UGX", "RWF", "ETB", "USD", "JPY"])("has as many digits as the browser knows of %s", (currency) =>
    expect(minorDigits(currency)).toBe(new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits));
});

describe("money and time as the boutique reads them", () => {
  const nairobi = formatsOf("en-KE", "KES", "Africa/Nairobi");

  it("names the currency as the assistant does", () => expect(nairobi.money(350_000)).toMatch(/^KES\s3,500$/));
  it("writes cents only where there are some", () => expect(nairobi.money(350_050)).toMatch(/^KES\s3,500\.50$/));
  it("tells the shop's own day", () => expect(nairobi.dayKey("2026-11-26T22:30:00Z")).toBe("2026-11-27"));
  it("tells the time today and the date of long ago", () => {
    const now = new Date("2026-11-27T09:00:00Z");
    expect(nairobi.when("2026-11-27T05:05:00Z", now)).toBe("08:05");
    expect(nairobi.when("2026-11-01T05:05:00Z", now)).toContain("Nov");
  });
  it("is made once for all the rows that ask", () =>
    expect(formatsOf("en-KE", "KES", "Africa/Nairobi")).toBe(nairobi));
  it("is another for another currency", () =>
    expect(formatsOf("en-KE", "UGX", "Africa/Nairobi").money(3_500)).toMatch(/^UGX\s3,500$/));
});

import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { forgetKnown, keepKnown, restoreKnown } from "@/kept/known";
import { SEEN_SCRIPT, whose } from "@/kept/seen";

const FRIDAY = new Date("2026-11-27T09:00:00");
const HOUR_MS = 3_600_000;
const TODAY = ["get", "/boutiques/{boutique_id}/today", {}];

beforeEach(() => {
  vi.useFakeTimers({ now: FRIDAY });
  const items = new Map<string, string>();
  vi.stubGlobal("localStorage", {
    getItem: (name: string) => items.get(name) ?? null,
    setItem: (name: string, value: string) => items.set(name, value),
    removeItem: (name: string) => items.delete(name),
  });
  signedIn("u1");
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("what the API told last", () => {
  it("is there for the same person's next visit", async () => {
    await told("u1", { sold: 5 });
    expect(restored("u1")).toEqual({ sold: 5 });
  });
  it("is nobody else's", async () => {
    await told("u1", { sold: 5 });
    expect(restored("u2")).toBeUndefined();
  });
  it("is gone after signing out", async () => {
    await told("u1", { sold: 5 });
    forgetKnown();
    expect(restored("u1")).toBeUndefined();
  });
  it("is not written for who has signed out in another tab meanwhile", async () => {
    localStorage.removeItem("sb-dukani-auth-token");
    await told("u1", { sold: 5 });
    expect(restored("u1")).toBeUndefined();
  });
  it("of today is not shown tomorrow, and a list for a few days", async () => {
    await told("u1", { sold: 5 }, "day");
    expect(restored("u1", 26 * HOUR_MS)).toBeUndefined();
    await told("u1", ["DK-1"], "days");
    expect(restored("u1", 26 * HOUR_MS)).toEqual(["DK-1"]);
    expect(restored("u1", 8 * 24 * HOUR_MS)).toBeUndefined();
  });
  it("is not kept where its query does not say so", async () => {
    await told("u1", { secret: "PIN" }, null);
    expect(restored("u1")).toBeUndefined();
  });
  it("is a list's first page, from which the next ones go on", async () => {
    await told("u1", { pages: [["a"], ["b"]], pageParams: [null, "2"] });
    expect(restored("u1")).toEqual({ pages: [["a"]], pageParams: [null] });
  });
  it("does not take the place of what is newer", async () => {
    await told("u1", { sold: 5 });
    const queries = new QueryClient();
    queries.setQueryData(TODAY, { sold: 6 });
    restoreKnown(queries, "u1");
    expect(queries.getQueryData(TODAY)).toEqual({ sold: 6 });
  });
});

describe("the page as it was last seen", () => {
  it("is shown to the same person, in the same shop and words, on the same day", () => {
    localStorage.setItem("dukani.seen:/pieces", JSON.stringify({ whose: whose(), html: "<p>Kanga</p>" }));
    expect(shownAt("/pieces")).toBe("<p>Kanga</p>");
  });
  it.each([
    ["another person", () => signedIn("u2")],
    ["another shop", () => localStorage.setItem("dukani.boutique", "b2")],
    ["another language", () => localStorage.setItem("dukani.language", "sw")],
    ["the next day", () => vi.setSystemTime(FRIDAY.getTime() + 24 * HOUR_MS)],
    ["nobody", () => localStorage.removeItem("sb-dukani-auth-token")],
  ])("is not shown to %s", (_, change) => {
    localStorage.setItem("dukani.seen:/pieces", JSON.stringify({ whose: whose(), html: "<p>Kanga</p>" }));
    change();
    expect(shownAt("/pieces")).toBe("");
  });
  it("is not shown for a part of a page, or another page", () => {
    localStorage.setItem("dukani.seen:/pieces", JSON.stringify({ whose: whose(), html: "<p>Kanga</p>" }));
    expect(shownAt("/pieces", "?id=1")).toBe("");
    expect(shownAt("/orders")).toBe("");
  });
});

function signedIn(id: string): void {
  localStorage.setItem("sb-dukani-auth-token", JSON.stringify({ access_token: "a.b.c", expires_at: 1, user: { id } }));
}

/** The API tells this, to a page that is open, and the page is left a while later. */
async function told(userId: string, data: unknown, keptFor: string | null = "day"): Promise<void> {
  const queries = new QueryClient();
  const stop = keepKnown(queries, userId);
  const left = new QueryObserver(queries, { queryKey: TODAY, queryFn: () => data, meta: { keptFor } }).subscribe(() => {});
  await vi.advanceTimersByTimeAsync(5_000);
  left();
  stop();
}

function restored(userId: string, afterMs = 0): unknown {
  const queries = new QueryClient();
  restoreKnown(queries, userId, Date.now() + afterMs);
  return queries.getQueryData(TODAY);
}

/** What the script in the page's head puts there, before the page itself runs. */
function shownAt(pathname: string, search = ""): string {
  const place = { innerHTML: "" };
  const run = new Function("localStorage", "location", "document", SEEN_SCRIPT) as (...given: unknown[]) => void;
  run(localStorage, { pathname, search, hash: "" }, { getElementById: () => place });
  return place.innerHTML;
}

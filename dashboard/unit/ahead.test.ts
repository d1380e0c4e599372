import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { type Ahead, AHEAD_SCRIPT, answerAhead } from "@/api/ahead";

const NOW = Date.parse("2026-11-27T09:00:00Z");
const ORIGIN = "https://app.example";
const ORDERS = `${ORIGIN}/api/v1/boutiques/b1/orders?filter=all`;
const kept = {
  session: { access_token: "a.b.c", expires_at: NOW / 1000 + 3_600, user: { id: "u1" } },
  me: { userId: "u1", me: { boutiques: [{ boutique_id: "b1" }] } },
  boutique: null as string | null,
};

beforeEach(() => vi.useFakeTimers({ now: NOW, toFake: ["Date"] }));
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("what a page asks before its scripts are there", () => {
  it("is what Today shows", () =>
    expect(asked("/")).toEqual([ORDERS, `${ORIGIN}/api/v1/boutiques/b1/today`]));
  it("is of the boutique that was chosen, where there are several", () => {
    const two = { ...kept.me, me: { boutiques: [{ boutique_id: "b1" }, { boutique_id: "b2" }] } };
    expect(asked("/", { me: two, boutique: "b2" })[0]).toContain("/boutiques/b2/");
    expect(asked("/", { me: two })).toEqual([]);
    expect(asked("/", { me: two, boutique: "b3" })).toEqual([]);
  });
  it.each([
    ["the token is about to end", "/", { session: { ...kept.session, expires_at: NOW / 1000 + 60 } }],
    ["another person has signed in", "/", { session: { ...kept.session, user: { id: "u2" } } }],
    ["nobody is signed in", "/", { session: null }],
    ["the page has none", "/settings", {}],
    ["a part of the page is asked for", "/", { search: "?boutique=b9" }],
  ])("is nothing where %s", (_, path, over) => expect(asked(path, over)).toEqual([]));
});

describe("an answer that was asked for ahead", () => {
  it("is given once", async () => {
    const one = ahead();
    expect(await (await answerAhead(call(), one))?.text()).toBe("orders");
    expect(answerAhead(call(), one)).toBeUndefined();
  });
  it("is not given to another person, nor for a call that changes something", () => {
    expect(answerAhead(call("x.y.z"), ahead())).toBeUndefined();
    expect(answerAhead(new Request(ORDERS, { method: "POST", headers: { authorization: "Bearer a.b.c" } }), ahead())).toBeUndefined();
  });
  it("is not given when it is old", () => {
    expect(answerAhead(call(), ahead({ at: NOW - 31_000 }))).toBeUndefined();
  });
  it("is asked for again where the line was lost", async () => {
    vi.stubGlobal("fetch", () => Promise.resolve(new Response("again")));
    const one = ahead({ answers: { [ORDERS]: Promise.reject(new TypeError("Failed to fetch")) } });
    expect(await (await answerAhead(call(), one))?.text()).toBe("again");
  });
});

function call(token = "a.b.c"): Request {
  return new Request(ORDERS, { headers: { authorization: `Bearer ${token}` } });
}

function ahead(over: Partial<Ahead> = {}): Ahead {
  return { token: "a.b.c", at: NOW, answers: { [ORDERS]: Promise.resolve(new Response("orders")) }, ...over };
}

/** The addresses that the script asks for at this path. */
function asked(pathname: string, over: Partial<{ session: unknown; me: unknown; boutique: string | null; search: string }> = {}): string[] {
  const { session, me, boutique, search = "" } = { ...kept, ...over };
  const items: Record<string, string | null> = {
    "sb-dukani-auth-token": JSON.stringify(session), "dukani.me": JSON.stringify(me), "dukani.boutique": boutique,
  };
  const urls: string[] = [];
  const run = new Function("localStorage", "location", "window", "fetch", AHEAD_SCRIPT) as (...given: unknown[]) => void;
  run({ getItem: (name: string) => items[name] ?? null }, { pathname, search, hash: "", href: ORIGIN + pathname }, {},
    (url: string, { headers }: { headers: { authorization: string } }) => {
      expect(headers.authorization).toBe("Bearer a.b.c");
      urls.push(url);
      return Promise.resolve(new Response());
    });
  return urls;
}

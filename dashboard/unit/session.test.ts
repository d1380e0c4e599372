import { describe, expect, it } from "vitest";

import { freshSession, isBrought } from "@/auth/kept-session";

const NOW = Date.parse("2026-11-27T09:00:00Z");
const kept = (over: object = {}) => JSON.stringify({
  access_token: "a.b.c", refresh_token: "r", expires_at: NOW / 1000 + 3_600, user: { id: "u1", email: "wanjiru@zuri.demo" }, ...over,
});

describe("the session that a browser keeps", () => {
  it("is known at once while its token counts", () => {
    expect(freshSession(kept(), NOW)?.user.id).toBe("u1");
  });
  it.each([
    ["there is none", null],
    ["its token has ended", kept({ expires_at: NOW / 1000 - 1 })],
    ["its token ends before it could be used", kept({ expires_at: NOW / 1000 + 60 })],
    ["it is no session", "null"],
    ["it cannot be read", "{"],
    ["it is of nobody", kept({ user: null })],
    ["it has no token", kept({ access_token: undefined })],
  ])("is left to auth-js where %s", (_, found) => expect(freshSession(found, NOW)).toBeNull());
});

describe("a link from a mail", () => {
  it.each(["#access_token=a.b.c&type=invite", "#error=access_denied&error_code=otp_expired", "#sb=1&access_token=x"])(
    "brings a session or an error: %s", (hash) => expect(isBrought(hash)).toBe(true));
  it.each(["", "#orders", "#no_access_token"])("brings nothing: %s", (hash) => expect(isBrought(hash)).toBe(false));
});

import { parsePrice } from "@/shell/formats";

import type { Closed, Day, Method, Reason, Taking } from "./queries";

/** What is being typed. A person is in `alone` when she is counted by herself. */
export type Draft = {
  float: string;
  paidOut: { what: string; sum: string }[];
  left: string;
  note: string;
  alone: string[];
  counted: Record<string, string>; // by place
  reasons: Record<string, Reason>;
};
export type Place = { key: string; method: Method; userId: string | null; expected: number };

/** Begins with the float that the day before left; a day that was closed, with what was written. */
export function draftOf(day: Day, typed: (minor: number) => string): Draft {
  const { latest } = day;
  const lines = latest?.lines ?? [];
  return {
    float: typed(latest?.float_minor ?? day.float_minor),
    paidOut: (latest?.paid_out ?? []).map((one) => ({ what: one.what, sum: typed(one.amount_minor) })),
    left: latest?.left_minor === null || latest === null ? "" : typed(latest.left_minor),
    note: latest?.note ?? "",
    alone: lines.flatMap(({ user_id, method }) => (user_id && method === "cash" ? [user_id] : [])),
    counted: Object.fromEntries(lines.map((line) => [keyOf(line.method, line.user_id), typed(line.counted_minor)])),
    reasons: Object.fromEntries(lines.flatMap((line) => (line.reason ? [[keyOf(line.method, line.user_id), line.reason]] : []))),
  };
}

/** A sum as people write one, in minor units; null: it is none, or not there yet. */
export function parseSum(typed: string, digits: number): number | null {
  const text = typed.trim();
  if (/^-?0+([.,]0+)?$/.test(text)) return 0;
  if (text.startsWith("-")) {
    const below = parsePrice(text.slice(1), digits);
    return below === null ? null : -below;
  }
  return parsePrice(text, digits);
}

/** Where money is counted, and what should be there; the parts add up to the whole. */
export function placesOf(day: Day, draft: Draft, digits: number): Place[] {
  const moved = (method: Method, of: (taking: Taking) => boolean) =>
    day.takings.reduce((sum, one) => (one.method === method && of(one) ? sum + one.sum_minor : sum), 0);
  const paidOut = draft.paidOut.reduce((sum, one) => sum + (parseSum(one.sum, digits) ?? 0), 0);
  const drawer = (parseSum(draft.float, digits) ?? 0) - paidOut;
  return [
    { key: keyOf("cash", null), method: "cash", userId: null, expected: drawer + moved("cash", ({ user_id }) => !draft.alone.includes(user_id ?? "")) },
    ...draft.alone.map((userId): Place => ({
      key: keyOf("cash", userId), method: "cash", userId, expected: moved("cash", ({ user_id }) => user_id === userId),
    })),
    { key: keyOf("mpesa", null), method: "mpesa", userId: null, expected: moved("mpesa", () => true) },
  ];
}

export function keyOf(method: Method, userId: string | null): string {
  return `${method} ${userId ?? "all"}`;
}

/** Who took cash that day: only these can be counted alone. */
export function cashPeople(day: Day): Day["people"] {
  return day.people.filter(({ user_id }) => day.takings.some((one) => one.method === "cash" && one.user_id === user_id));
}

/** What was counted beyond what should have been there, or below. */
export function differenceOf(closed: Closed, method?: Method): number {
  return closed.lines.reduce((sum, one) => (method && one.method !== method ? sum : sum + one.counted_minor - one.expected_minor), 0);
}

export function nameOf(email: string | null | undefined): string | null {
  return email ? email.split("@", 1)[0] ?? null : null;
}

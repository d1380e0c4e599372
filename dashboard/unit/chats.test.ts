import { expect, test } from "vitest";

import { linesOf } from "@/app/(shop)/chats/lines";
import type { ChatMessage, Note } from "@/app/(shop)/chats/queries";
import { join } from "@/app/(shop)/chats/use-messages";

const message = (seq: number, fields: Partial<ChatMessage> = {}) =>
  ({ id: `m${seq}`, seq, author: "customer", body: "Hi", created_at: `2026-11-26T09:0${seq}:00Z`, options: [], ...fields }) as unknown as ChatMessage;
const note = (at: string) => ({ id: `n${at}`, body: "Pays late", written_by: "u", created_at: at }) as Note;
const dayKey = (at: string) => at.slice(0, 10);

test("what was read once is joined with the latest, whose ticks count", () => {
  const read = [message(3, { status: "sent" }), message(2), message(1)];
  const { rows, joined } = join(read, [message(4), message(3, { status: "read" })], false);
  expect(joined).toBe(true);
  expect(rows.map((one) => one.seq)).toEqual([1, 2, 3, 4]);
  expect(rows[2]?.status).toBe("read");
});

test("the latest are not shown beside a place far before them", () => {
  const { rows, joined } = join([message(2), message(1)], [message(9), message(8)], true);
  expect(joined).toBe(false);
  expect(rows.map((one) => one.seq)).toEqual([1, 2]);
});

test("a note stands where it was written, and days have a line", () => {
  const notes = [note("2026-11-26T09:01:30Z")];
  const later = message(2, { created_at: "2026-11-27T08:00:00Z" });
  const lines = linesOf([message(1), later], notes, { dayKey, whole: true, open: false });
  expect(lines.map((line) => line.key)).toEqual(["m1", "n2026-11-26T09:01:30Z", "m2"]);
  expect(lines.map((line) => Boolean(line.day))).toEqual([true, false, true]);
});

test("notes from before what is read wait for it", () => {
  const notes = [note("2026-11-26T09:09:00Z"), note("2026-11-26T08:00:00Z")];
  const shown = linesOf([message(1)], notes, { dayKey, whole: false, open: false });
  expect(shown.map((line) => line.key)).toEqual(["m1", "n2026-11-26T09:09:00Z"]);
});

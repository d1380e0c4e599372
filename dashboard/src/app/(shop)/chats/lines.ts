import type { ChatMessage, Note } from "./queries";

/** A message or a note among ourselves, with the day above it where a new one begins. */
export type Line = { key: string; at: string; first: boolean; day?: string; message?: ChatMessage; note?: Note };

/**
 * Messages and notes in the order of time. Unless the history is `whole`, notes from before it wait
 * until it is read so far; while it is `open` at its end, so do those from after it.
 */
export function linesOf(
  messages: ChatMessage[],
  notes: Note[],
  how: { dayKey: (at: string) => string; whole: boolean; open: boolean },
): Line[] {
  const from = how.whole ? "" : (messages[0]?.created_at ?? "9");
  const to = how.open ? (messages.at(-1)?.created_at ?? "") : "9";
  const shown = notes.filter((note) => note.created_at >= from && note.created_at <= to).reverse();
  const lines: Line[] = [];
  for (const message of messages) {
    while (shown[0] && shown[0].created_at <= message.created_at) lines.push(ofNote(shown.shift() as Note));
    lines.push({ key: message.id, at: message.created_at, first: true, message });
  }
  lines.push(...shown.map(ofNote));
  lines.forEach((line, index) => {
    const before = lines[index - 1];
    if (!before || how.dayKey(before.at) !== how.dayKey(line.at)) line.day = line.at;
    const same = before?.message && before.message.author === line.message?.author;
    line.first = Boolean(line.day) || !same;
  });
  return lines;
}

function ofNote(note: Note): Line {
  return { key: note.id, at: note.created_at, first: true, note };
}

/** About how high a line is, until it is drawn. */
export function estimate(line: Line | undefined): number {
  if (!line) return 60;
  const text = line.message?.body ?? line.note?.body ?? "";
  const picture = line.message?.media_url && line.message.kind !== "document" && line.message.kind !== "audio" ? 300 : 0;
  const rows = text.split("\n").reduce((sum, row) => sum + 1 + Math.floor(row.length / 38), 0);
  return 38 + rows * 22 + picture + (line.day ? 50 : 0) + (line.message?.options.length ?? 0) * 56;
}

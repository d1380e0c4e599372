import { differenceOf, nameOf } from "./count";
import { type Closed, type Day, METHODS } from "./queries";

export type Words = {
  title: string; // with the shop and the day
  method: (method: Closed["lines"][number]["method"]) => string;
  person: (name: string | null) => string;
  line: (expected: string, counted: string) => string;
  difference: (minor: number) => string;
  reason: (reason: NonNullable<Closed["lines"][number]["reason"]>) => string;
  paidOut: (what: string, sum: string) => string;
  left: (sum: string) => string;
  closedBy: (version: number) => string;
  money: (minor: number) => string;
};

/** The close as a message: what was expected, what was counted, and each difference by its name. */
export function closeAsText(closed: Closed, people: Day["people"], words: Words): string {
  const lines = METHODS.flatMap((method) => {
    const of = closed.lines.filter((line) => line.method === method);
    const sum = (which: "expected_minor" | "counted_minor") => of.reduce((all, line) => all + line[which], 0);
    return [
      `*${words.method(method)}*: ${words.line(words.money(sum("expected_minor")), words.money(sum("counted_minor")))} · ${words.difference(differenceOf(closed, method))}`,
      ...of.flatMap((line) => {
        const name = line.user_id ? words.person(nameOf(people.find(({ user_id }) => user_id === line.user_id)?.email)) : null;
        const minor = line.counted_minor - line.expected_minor;
        if (!name && !line.reason) return [];
        return [`– ${[name, words.difference(minor), line.reason && words.reason(line.reason)].filter(Boolean).join(", ")}`];
      }),
    ];
  });
  return [
    words.title,
    ...lines,
    ...closed.paid_out.map((one) => words.paidOut(one.what, words.money(one.amount_minor))),
    ...(closed.left_minor === null ? [] : [words.left(words.money(closed.left_minor))]),
    ...(closed.note ? [closed.note] : []),
    words.closedBy(closed.version),
  ].join("\n");
}

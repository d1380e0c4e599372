import type { Schemas } from "@/api/client";

export type Group = Schemas["WrittenGroup"];
export type Condition = Schemas["WrittenCondition"];
export type Part = Group | Condition;
export type FieldName = Condition["field"];
export type Comparison = Condition["comparison"];
export type Kind = "text" | "several" | "number" | "day" | "yes_or_no";

/** As the API has them: a field's type says by what it is compared. */
export const KINDS: Record<FieldName, Kind> = {
  orders: "number", spent_minor: "number", pieces: "number", owes_minor: "number",
  last_order_on: "day", first_order_on: "day", last_message_on: "day", known_since: "day",
  category: "several", category_lately: "several", colour: "several", size: "several", piece: "several", tag: "several",
  zone: "text", language: "text", name: "text", marketing: "yes_or_no",
};
export const FIELDS = Object.keys(KINDS) as FieldName[];
export const COMPARISONS: Record<Kind, Comparison[]> = {
  number: ["gte", "lte", "eq", "neq", "gt", "lt", "between"],
  day: ["in_last_days", "lt", "gte", "between", "eq", "exists", "gt", "lte"],
  several: ["eq", "neq", "in", "contains", "exists"],
  text: ["eq", "neq", "in", "contains", "exists"],
  yes_or_no: ["eq"],
};

export const isGroup = (part: Part): part is Group => "of" in part;

/** A condition of a field as it begins, with a value that can be counted at once where there is one. */
export function begin(field: FieldName): Condition {
  const comparison = COMPARISONS[KINDS[field]][0] ?? "eq";
  return { field, comparison, value: firstValue(KINDS[field], comparison) };
}

export function compared(condition: Condition, comparison: Comparison): Condition {
  return { ...condition, comparison, value: firstValue(KINDS[condition.field], comparison) };
}

function firstValue(kind: Kind, comparison: Comparison): unknown {
  if (comparison === "exists" || kind === "yes_or_no") return true;
  if (comparison === "in_last_days") return 30;
  if (comparison === "in") return [];
  if (comparison === "between") return kind === "number" ? [1, 10] : ["", ""];
  return kind === "number" ? 1 : "";
}

/** Whether it says something that can be asked for. */
export function isWhole(part: Part): boolean {
  if (isGroup(part)) return part.of.every(isWhole);
  const { value } = part;
  if (Array.isArray(value)) return value.length > 0 && value.every((one) => one !== "" && one !== null);
  return value !== "" && value !== null && !(typeof value === "number" && Number.isNaN(value));
}

export function replaced(group: Group, index: number, part: Part | null): Group {
  const of = [...group.of];
  if (part === null) of.splice(index, 1);
  else of[index] = part;
  return { ...group, of };
}

"use client";

import { useTranslations } from "use-intl";

import { useFormats } from "@/shell/formats";

import { usePeople } from "../../chats/queries";
import type { Change, ChangedField } from "./queries";

const DONE = /_(insert|update|delete)$/;
const MOMENT = /^\d{4}-\d\d-\d\dT/;

/** A change in a sentence: who, by which way, and what was done to which thing. */
export function useSentence() {
  const t = useTranslations("changes");
  const who = useWho();
  const field = useFieldName();
  return (change: Change): string => {
    const did = `did.${change.action}` as never;
    const what = (table: string) => {
      const thing = `things.${table}` as never;
      return t(t.has(thing) ? thing : "things.other", { name: change.label ?? "none" });
    };
    if (t.has(did)) return t(did, { who: who(change), what: what(change.thing.split(":")[0] ?? "") } as never);
    const table = change.action.replace(DONE, "");
    const said = { who: who(change), what: what(table) };
    if (change.action.endsWith("_insert")) return t("said.added", said);
    if (change.action.endsWith("_delete")) return t("said.removed", said);
    const [first, ...others] = change.fields;
    return first && others.length === 0 ? t("said.one", { ...said, field: field(first.name) }) : t("said.some", said);
  };
}

export function useWho() {
  const t = useTranslations("changes.actors");
  const { me, nameOf } = usePeople();
  return (by: { actor: string; actor_id: string | null; actor_email?: string | null }): string => {
    if (by.actor_id && by.actor_id === me) return t("you");
    const name = nameOf(by.actor_id) ?? by.actor_email?.split("@")[0];
    if (name) return name.charAt(0).toUpperCase() + name.slice(1);
    const kind = by.actor as never;
    return t.has(kind) ? t(kind) : by.actor;
  };
}

/** How a change came, where no person made it in the dashboard; empty: one did. */
export function useVia() {
  const t = useTranslations("changes.via");
  return (change: Change): string =>
    change.via === "dashboard" || change.via === "system" ? "" : t(change.via, { name: change.key_name ?? "?" });
}

export function useFieldName() {
  const t = useTranslations("changes.fields");
  return (name: string): string => {
    const known = name as never;
    return t.has(known) ? t(known) : name.replace(/_minor$|_at$/, "").replaceAll("_", " ");
  };
}

/** What was in a column, as people write it: money, times, yes and no. */
export function useValue() {
  const t = useTranslations("changes");
  const { money, full } = useFormats();
  const told = (name: string, value: unknown): string => {
    if (value === null || value === undefined || value === "") return t("nothing");
    if (typeof value === "boolean") return t(value ? "yes" : "no");
    if (typeof value === "number") return name.endsWith("_minor") ? money(value) : String(value);
    if (typeof value === "string") return MOMENT.test(value) ? full(value) : value;
    if (Array.isArray(value)) return value.map((one) => told(name, one)).join(", ") || t("nothing");
    return Object.entries(value).map(([key, one]) => `${key}: ${told(key, one)}`).join("; ");
  };
  return told;
}

/** What differs within a column that holds several things, such as the shop's facts. */
export function partsOf(field: ChangedField): { name: string; was: unknown; now: unknown }[] {
  const { was, now } = field;
  if (!isPlain(was) || !isPlain(now)) return [field];
  const names = [...new Set([...Object.keys(was), ...Object.keys(now)])];
  return names.filter((name) => JSON.stringify(was[name]) !== JSON.stringify(now[name]))
    .map((name) => ({ name: `${field.name}.${name}`, was: was[name], now: now[name] }));
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

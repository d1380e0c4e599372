"use client";

import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { useBoutiquePath } from "@/shell/boutique";
import { Section } from "@/shell/detail";
import { useFormats } from "@/shell/formats";

import { usePeople } from "../chats/queries";
import { CUSTOMER } from "./queries";

/** Who saw the number, took the file away or changed something, and when. */
export function Log({ id }: { id: string }) {
  const t = useTranslations("customers.log");
  const { full } = useFormats();
  const path = useBoutiquePath();
  const { me, nameOf } = usePeople();
  const lines = api.useQuery("get", `${CUSTOMER}/log`, { params: { path: { ...path, customer_id: id } } }).data?.items ?? [];
  if (lines.length === 0) return null;
  const who = (actor: string) => {
    const person = actor.split(":")[1] ?? null;
    return person === me ? t("you") : nameOf(person) ?? t("system");
  };
  return (
    <Section title={t("title")}>
      <ul aria-label={t("title")} className="divide-y">
        {lines.map((line, index) => {
          const action = `actions.${line.action}` as never;
          return (
            <li key={index} className="flex flex-wrap items-baseline gap-x-2 px-4 py-2.5">
              <span className="min-w-0 flex-1">{t.has(action) ? t(action) : t("changed")}</span>
              <span className="text-xs text-soft">{who(line.actor)} · {full(line.created_at)}</span>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}

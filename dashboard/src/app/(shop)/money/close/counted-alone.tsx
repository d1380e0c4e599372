"use client";

import { useTranslations } from "use-intl";

import { Switch } from "@/components/ui/switch";
import { Section } from "@/shell/detail";

import { cashPeople, nameOf } from "./count";
import type { Day } from "./queries";

/** Where several took cash, each may answer for her own. */
export function CountedAlone({ day, alone, onChange }: { day: Day; alone: string[]; onChange: (alone: string[]) => void }) {
  const t = useTranslations("dailyClose");
  const people = cashPeople(day);
  if (people.length < 2 && alone.length === 0) return null;
  return (
    <Section title={t("alone")}>
      <ul className="divide-y">
        {people.map(({ user_id, email }) => (
          <li key={user_id} className="flex items-center gap-3 px-4 py-3">
            <span aria-hidden className="min-w-0 flex-1 truncate">{nameOf(email) ?? t("gone")}</span>
            <Switch label={nameOf(email) ?? t("gone")} checked={alone.includes(user_id)}
              onChange={(on) => onChange(on ? [...alone, user_id] : alone.filter((one) => one !== user_id))} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

"use client";

import type { ReactNode } from "react";
import { useTranslations } from "use-intl";

import { cn } from "@/components/cn";
import { Field, Input } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { useFormats } from "@/shell/formats";

import type { Place } from "./count";
import { who } from "./expected";
import { type Day, type Reason, REASONS } from "./queries";

/** One count: what should be there, what was counted, and the difference with its name. */
export function PlaceCount(props: {
  place: Place;
  day: Day;
  alone: boolean; // somebody is counted by herself, so that this is of the others
  typed: string;
  sum: number | null;
  reason: Reason | null;
  onType: (typed: string) => void;
  onReason: (reason: Reason) => void;
  children?: ReactNode;
}) {
  const t = useTranslations("dailyClose");
  const { money } = useFormats();
  const { place, sum } = props;
  const person = place.userId && (who(props.day, place.userId) ?? t("gone"));
  const name = person ? t("cashOf", { name: person }) : place.method === "cash" && props.alone ? t("cashOfOthers") : t(`counted.${place.method}`);
  return (
    <div className="flex flex-col gap-3 p-4">
      <Field label={name}>
        {(wired) => <Input {...wired} inputMode="decimal" autoComplete="off" value={props.typed} onChange={({ target }) => props.onType(target.value)} />}
      </Field>
      {props.children}
      <p className="flex gap-3 text-xs">
        <span className="flex-1 text-soft">{t("expected", { sum: money(place.expected) })}</span>
        {sum !== null && <Difference minor={sum - place.expected} />}
      </p>
      {sum !== null && sum !== place.expected && (
        <Field label={t("why")}>
          {(wired) => (
            <Select {...wired} value={props.reason ?? ""} onChange={({ target }) => props.onReason(target.value as Reason)}>
              <option value="" disabled>{t("chooseReason")}</option>
              {REASONS[place.method].map((one) => <option key={one} value={one}>{t(`reasons.${one}`)}</option>)}
            </Select>
          )}
        </Field>
      )}
    </div>
  );
}

export function Difference({ minor, className }: { minor: number; className?: string }) {
  const t = useTranslations("dailyClose");
  const { money } = useFormats();
  const tone = minor === 0 ? "text-green-ink" : minor < 0 ? "text-red" : "text-amber";
  return <span className={cn("font-medium tabular-nums", tone, className)}>{minor === 0 ? t("agrees") : t(minor < 0 ? "short" : "over", { sum: money(Math.abs(minor)) })}</span>;
}

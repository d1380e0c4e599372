"use client";

import { useId } from "react";
import { useTranslations } from "use-intl";

import { Switch } from "@/components/ui/switch";

import { type AlertKind, KINDS } from "./queries";

/** A switch for each kind of alert. */
export function Kinds(props: { label: string; muted: AlertKind[]; onChange: (muted: AlertKind[]) => void; disabled?: boolean }) {
  const t = useTranslations("alerts.kinds");
  const id = useId();
  return (
    <ul aria-label={props.label} className="divide-y">
      {KINDS.map((kind) => (
        <li key={kind} className="flex min-h-14 items-center gap-4 px-4 py-3">
          <label htmlFor={`${id}-${kind}`} className="min-w-0 flex-1">
            <span className="block font-medium">{t(`${kind}.name`)}</span>
            <span className="block text-xs text-soft">{t(`${kind}.text`)}</span>
          </label>
          <Switch id={`${id}-${kind}`} checked={!props.muted.includes(kind)} disabled={props.disabled}
            onChange={(on) => props.onChange(on ? props.muted.filter((one) => one !== kind) : [...props.muted, kind])} />
        </li>
      ))}
    </ul>
  );
}

"use client";

import { useTranslations } from "use-intl";

import { Notice } from "@/components/ui/notice";

import type { RuleWarning } from "./queries";

/** What would stop a message of it, each said once. */
export function WarningsOf({ warnings }: { warnings: RuleWarning[] }) {
  const t = useTranslations("automations.warning");
  const said = [...new Set(warnings.map(({ code, value }) => t(code, { value: value ?? "" })))];
  if (said.length === 0) return null;
  return <Notice tone="waits"><ul className="flex flex-col gap-1">{said.map((one) => <li key={one}>{one}</li>)}</ul></Notice>;
}

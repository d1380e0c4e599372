"use client";

import { useTranslations } from "use-intl";

import { useTold } from "../told";
import type { Results } from "./queries";

/** Why messages were not sent, the commonest reason first. */
export function WhyNot({ reasons }: { reasons: Results["reasons"] }) {
  const t = useTranslations("ruleResults");
  const { reason } = useTold();
  return (
    <ul className="divide-y">
      {reasons.map((one) => (
        <li key={`${one.verdict}-${one.reason}`} className="flex items-baseline gap-3 px-4 py-3">
          <span className="min-w-0 flex-1">{reason(one.reason)} <span className="text-xs text-soft">{t(`verdicts.${one.verdict}`)}</span></span>
          <span className="font-medium tabular-nums">{one.times.toLocaleString("en-KE")}</span>
        </li>
      ))}
    </ul>
  );
}

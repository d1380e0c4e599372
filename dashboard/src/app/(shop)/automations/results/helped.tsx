"use client";

import { useTranslations } from "use-intl";

import { liftOf, type Summary } from "./queries";
import { RateBars } from "./rate-bars";

/** Those written to against those left out by lot: what would have happened anyway, and what did not. */
export function Helped({ summary }: { summary: Summary }) {
  const t = useTranslations("ruleResults");
  const { lift } = summary;
  const said = liftOf(lift);
  const difference = lift?.differences[0];
  return (
    <div className="flex flex-col gap-4 p-4">
      <p className="text-pretty text-xs text-soft">{t("helpedText")}</p>
      <RateBars rates={[
        { key: "treated", name: t("treated"), rate: summary.bought },
        ...(lift ? [{ key: "holdout", name: t("holdout"), rate: summary.bought_held_out }] : []),
      ]} />
      <p className="text-pretty rounded-xl bg-sunk p-3">
        {said && lift ? t(`verdict.${said}`, { size: lift.planned_size, winner: "" }) : t("noHoldout")}
        {difference && lift?.verdict !== "too_early" && (
          <span className="mt-1 block text-xs text-soft">{t("difference", { share: points(difference.share), low: points(difference.low), high: points(difference.high) })}</span>
        )}
        {lift?.uneven && <span className="mt-1 block text-amber">{t("uneven")}</span>}
      </p>
    </div>
  );
}

const points = (share: number) => (share * 100).toFixed(1);

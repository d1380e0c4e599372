"use client";

import { useTranslations } from "use-intl";

import { cn } from "@/components/cn";
import { Badge, type Tone } from "@/components/ui/badge";
import { Row } from "@/components/ui/row";

import { useMoney } from "./money-card";
import { type Lift, liftOf, type Summary } from "./queries";
import { TriggerIcon } from "./trigger-icon";

const TONES: Record<Lift, Tone> = { too_early: "waits", undecided: "plain", helped: "good", harmed: "risk" };

/** A rule: what it sold, to how many it was sent, and whether it helped. */
export function RuleLine({ of: one, open, onOpen }: { of: Summary; open: boolean; onOpen: () => void }) {
  const t = useTranslations("ruleResults");
  const money = useMoney();
  const lift = liftOf(one.lift);
  const most = [...one.money].sort((a, b) => b.orders - a.orders)[0]; // hardly any shop sells in two currencies
  return (
    <Row open={open} onOpen={onOpen}
      before={
        <span className={cn("grid size-12 shrink-0 place-items-center rounded-xl", one.rule.is_on ? "bg-green-soft text-green-ink" : "bg-sunk text-soft")}>
          <TriggerIcon trigger={one.rule.trigger} />
        </span>
      }
      title={one.rule.name}
      aside={most ? <span className="shrink-0 font-medium tabular-nums text-green-ink">{money(most)}{one.money.length > 1 && " +"}</span> : undefined}
      below={t("line", { sent: one.total.sent, bought: one.total.converted })}
      belowAside={lift ? <Badge tone={TONES[lift]}>{t(`badge.${lift}`)}</Badge> : !one.rule.is_on ? <Badge>{t("off")}</Badge> : undefined} />
  );
}

"use client";

import { useTranslations } from "use-intl";

import { cn } from "@/components/cn";
import { Badge } from "@/components/ui/badge";
import { Row } from "@/components/ui/row";
import { Switch } from "@/components/ui/switch";
import { useBoutique } from "@/shell/boutique";
import { useFormats } from "@/shell/formats";

import type { Rule } from "./queries";
import { useTold } from "./told";
import { TriggerIcon } from "./results/trigger-icon";
import { useSwitch } from "./use-switch";

/** A rule: its name and what it sold, when it writes, and its switch. */
export function RuleRow({ rule, open, onOpen }: { rule: Rule; open: boolean; onOpen: () => void }) {
  const t = useTranslations("automations");
  const { money } = useFormats();
  const told = useTold();
  const owner = useBoutique().role === "owner";
  const flip = useSwitch(rule);
  const { definition, lately } = rule;
  return (
    <div className={cn("flex items-center pr-4", open && "bg-green-soft/70")}>
      <div className="min-w-0 flex-1">
        <Row open={open} onOpen={onOpen}
          before={
            <span className={cn("grid size-12 shrink-0 place-items-center rounded-xl", flip.isOn ? "bg-green-soft text-green-ink" : "bg-sunk text-soft")}>
              <TriggerIcon trigger={definition.trigger} />
            </span>
          }
          title={definition.name}
          aside={lately.sold_minor > 0 ? <span className="font-medium text-green-ink">{money(lately.sold_minor)}</span> : undefined}
          below={told.rule(definition)}
          belowAside={lately.sent > 0
            ? <span className="tabular-nums">{t("sentLately", { count: lately.sent })}</span>
            : definition.class === "service" && <Badge tone="good">{t("class.service")}</Badge>} />
      </div>
      {owner
        ? <Switch label={t("switch", { name: definition.name })} checked={flip.isOn} disabled={flip.busy} onChange={flip.to} />
        : <Badge tone={rule.is_on ? "good" : "plain"}>{t(rule.is_on ? "on" : "off")}</Badge>}
    </div>
  );
}

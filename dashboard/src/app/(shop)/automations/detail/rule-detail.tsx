"use client";

import { FlaskConical, PencilLine, Send } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { later } from "@/components/later";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Segmented } from "@/components/ui/segmented";
import { Skeleton } from "@/components/ui/skeleton";
import { Switch } from "@/components/ui/switch";
import { useBoutique } from "@/shell/boutique";
import { DetailHead } from "@/shell/detail";
import { useFormats } from "@/shell/formats";
import { useUrl } from "@/shell/url";

import { type Rule, useRule } from "../queries";
import { useTold } from "../told";
import { useSwitch } from "../use-switch";
import { WarningsOf } from "../warnings";
import { RuleLog } from "./rule-log";
import { RuleMore } from "./rule-more";
import { StepsTold } from "./steps-told";

const DryRunSheet = later(() => import("../trying/dry-run-sheet").then((part) => part.DryRunSheet));
const ResultsOfRule = later(() => import("../results/results-of-rule").then((part) => part.ResultsOfRule), <Skeleton className="h-72 rounded-2xl" />);
const SendSheet = later(() => import("../trying/send-sheet").then((part) => part.SendSheet));

export function RuleDetail({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useTranslations("automations");
  const told = useTold();
  const { data, error } = useRule(id);
  if (!data) {
    return (
      <>
        <DetailHead title={t("rule")} onClose={onClose} />
        <div className="space-y-4 p-5">
          {error ? <p role="alert">{t("gone")}</p> : [0, 1, 2].map((n) => <Skeleton key={n} className="h-28 rounded-2xl" />)}
        </div>
      </>
    );
  }
  const { rule } = data;
  return (
    <>
      <DetailHead title={rule.definition.name} below={told.rule(rule.definition)} onClose={onClose}
        actions={<RuleMore rule={rule} onGone={onClose} />} />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-160 flex-col gap-5 p-4 wide:p-6">
          <Head rule={rule} />
          <WarningsOf warnings={rule.warnings} />
          <Views rule={rule} />
        </div>
      </div>
      <Actions rule={rule} />
    </>
  );
}

const VIEWS = ["says", "results", "log"] as const;

function Views({ rule }: { rule: Rule }) {
  const t = useTranslations("automations");
  const { params, change } = useUrl();
  const asked = params.get("view");
  const view = VIEWS.find((one) => one === asked) ?? "says";
  return (
    <>
      <div className="px-4">
        <Segmented label={t("view")} value={view} onChange={(next) => change({ view: next === "says" ? null : next }, "replace")}
          segments={VIEWS.map((value) => ({ value, label: t(`views.${value}`) }))} />
      </div>
      {view === "says" && <StepsTold rule={rule} />}
      {view === "results" && <ResultsOfRule ruleId={rule.id} />}
      {view === "log" && <RuleLog ruleId={rule.id} />}
    </>
  );
}

/** Its switch, and what it brought in thirty days. */
function Head({ rule }: { rule: Rule }) {
  const t = useTranslations("automations");
  const { money } = useFormats();
  const owner = useBoutique().role === "owner";
  const flip = useSwitch(rule);
  const { lately, definition } = rule;
  return (
    <section className="rounded-2xl border bg-surface">
      <div className="flex items-center gap-3 border-b p-4">
        <label htmlFor="rule-on" className="min-w-0 flex-1">
          <span className="block font-medium">{t(flip.isOn ? "on" : "off")}</span>
          <span className="block text-xs text-soft">{t(flip.isOn ? "onText" : "offText")}</span>
        </label>
        {owner
          ? <Switch id="rule-on" checked={flip.isOn} disabled={flip.busy} onChange={flip.to} />
          : <Badge tone={rule.is_on ? "good" : "plain"}>{t(rule.is_on ? "on" : "off")}</Badge>}
      </div>
      <dl className="grid grid-cols-3 gap-2 p-4">
        <Figure name={t("lately.sent")} value={String(lately.sent)} />
        <Figure name={t("lately.sales")} value={String(lately.sales)} />
        <Figure name={t("lately.sold")} value={money(lately.sold_minor)} />
      </dl>
      <p className="border-t px-4 py-3 text-xs text-soft">
        {t(`class.${definition.class}`)} · {t("goesBefore", { precedence: definition.precedence })} · {t("lately.text")}
      </p>
    </section>
  );
}

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-soft">{name}</dt>
      <dd className="text-lg font-semibold tabular-nums">{value}</dd>
    </div>
  );
}

function Actions({ rule }: { rule: Rule }) {
  const t = useTranslations("automations");
  const owner = useBoutique().role === "owner";
  const [open, setOpen] = useState<"try" | "send" | null>(null);
  const close = () => setOpen(null);
  return (
    <footer className="flex shrink-0 flex-wrap gap-2 border-t bg-surface px-4 pb-[max(0.75rem,env(safe-area-inset-bottom))] pt-3 *:flex-1">
      <Button look="outline" onClick={() => setOpen("try")}><FlaskConical aria-hidden /> {t("try.open")}</Button>
      {owner && <Button look="outline" onClick={() => setOpen("send")}><Send aria-hidden /> {t("send.open")}</Button>}
      {owner && <Button asChild><Link href={`/automations/write?id=${rule.id}`}><PencilLine aria-hidden /> {t("edit")}</Link></Button>}
      {open === "try" && <DryRunSheet ruleId={rule.id} onClose={close} />}
      {open === "send" && <SendSheet rule={rule} onClose={close} />}
    </footer>
  );
}

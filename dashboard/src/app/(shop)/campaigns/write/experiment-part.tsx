"use client";

import { ChevronDown, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { cn } from "@/components/cn";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { useBoutiquePath } from "@/shell/boutique";

import type { Written } from "../queries";
import { type Arm, armsOf, BASES, type Differs, MEASURES, withArms } from "./arms";
import type { Writing } from "./use-writing";
import { isApproved, useTemplates } from "./use-templates";

const HOLDOUTS = [0, 0.05, 0.1, 0.2];
const DIFFERENCES = [0.01, 0.02, 0.05, 0.1];

/** What is tried: arms that differ in one thing, and customers kept apart to compare with. */
export function ExperimentPart({ writing, written }: { writing: Writing; written: Written }) {
  const t = useTranslations("campaigns.write.experiment");
  const { experiment } = written;
  const [open, setOpen] = useState(experiment !== null && experiment !== undefined);
  const arms = armsOf(written);
  const now = experiment ?? withArms(null, []);
  const set = (next: typeof now) => writing.change({ experiment: next.variants.length === 0 && next.holdout === 0 ? null : next });
  return (
    <section className="rounded-2xl border bg-surface">
      <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}
        className="flex min-h-16 w-full items-center gap-3 rounded-2xl px-4 py-3 text-left hover:bg-ink/4">
        <span className="min-w-0 flex-1">
          <span className="block font-medium">{t("title")}</span>
          <span className="block text-xs text-soft">{experiment ? t("on") : t("text")}</span>
        </span>
        <ChevronDown aria-hidden className={cn("size-5 text-soft transition-transform duration-150", open && "rotate-180")} />
      </button>
      {open && (
        <div className="flex flex-col gap-4 border-t p-4">
          <Field label={t("holdout")} hint={t("holdoutText")}>
            {(wired) => (
              <Select {...wired} value={now.holdout} onChange={(event) => set({ ...now, holdout: Number(event.target.value) })}>
                {HOLDOUTS.map((share) => <option key={share} value={share}>{share === 0 ? t("nobody") : t("percent", { share: share * 100 })}</option>)}
              </Select>
            )}
          </Field>
          {arms.map((arm, index) => (
            <ArmCard key={arm.key} arm={arm} first={index === 0} onRemove={() => set(withArms(now, arms.filter((one) => one !== arm)))}
              onChange={(differs) => set(withArms(now, arms.map((one) => (one === arm ? { ...one, differs } : one))))} />
          ))}
          {arms.length < 4 && (
            <div>
              <Button look="outline" size="sm" onClick={() => set(withArms(now, arms.length === 0 ? [first("a"), second("b")] : [...arms, second("abcd"[arms.length] ?? "d")]))}>
                <Plus aria-hidden /> {t(arms.length === 0 ? "begin" : "add")}
              </Button>
            </div>
          )}
          {arms.length > 1 && (
            <>
              <Field label={t("measure")}>
                {(wired) => (
                  <Select {...wired} value={now.measure} onChange={(event) => set({ ...now, measure: event.target.value as typeof now.measure })}>
                    {MEASURES.map((one) => <option key={one} value={one}>{t(`measures.${one}`)}</option>)}
                  </Select>
                )}
              </Field>
              <Field label={t("difference")} hint={t("differenceText")}>
                {(wired) => (
                  <Select {...wired} value={now.least_difference} onChange={(event) => set({ ...now, least_difference: Number(event.target.value) })}>
                    {DIFFERENCES.map((one) => <option key={one} value={one}>{t("points", { count: one * 100 })}</option>)}
                  </Select>
                )}
              </Field>
              <Size base={BASES[now.measure]} difference={now.least_difference} arms={arms.length} />
            </>
          )}
        </div>
      )}
    </section>
  );
}

const first = (key: string): Arm => ({ key, differs: { in: "nothing" } });
const second = (key: string): Arm => ({ key, differs: { in: "collage" } });

function ArmCard(props: { arm: Arm; first: boolean; onChange: (differs: Differs) => void; onRemove: () => void }) {
  const t = useTranslations("campaigns.write.experiment");
  const { groups } = useTemplates();
  const { arm } = props;
  const [other] = groups?.filter(isApproved) ?? [];
  const begin: Record<Differs["in"], Differs> = {
    nothing: { in: "nothing" }, collage: { in: "collage" }, hour: { in: "hour", hour: 18 }, template: { in: "template", template: other?.name ?? "" },
  };
  return (
    <div className="flex flex-col gap-2 rounded-2xl border bg-raised p-3">
      <div className="flex min-h-10 items-center gap-2">
        <span className="grid size-8 place-items-center rounded-full bg-ink font-semibold uppercase text-paper">{arm.key}</span>
        <span className="min-w-0 flex-1 font-medium">{props.first ? t("firstArm") : t("otherArm")}</span>
        <Button look="quiet" size="small" aria-label={t("remove", { key: arm.key.toUpperCase() })} onClick={props.onRemove}><Trash2 aria-hidden /></Button>
      </div>
      <Select aria-label={t("differs")} value={arm.differs.in} onChange={(event) => props.onChange(begin[event.target.value as Differs["in"]])}>
        {(["nothing", "collage", "hour", "template"] as const).map((one) => <option key={one} value={one}>{t(`differsIn.${one}`)}</option>)}
      </Select>
      {arm.differs.in === "hour" && (
        <Select aria-label={t("hour")} value={arm.differs.hour} onChange={(event) => props.onChange({ in: "hour", hour: Number(event.target.value) })}>
          {Array.from({ length: 12 }, (_, index) => index + 9).map((hour) => <option key={hour} value={hour}>{String(hour).padStart(2, "0")}:00</option>)}
        </Select>
      )}
      {arm.differs.in === "template" && (
        <Select aria-label={t("template")} value={arm.differs.template} onChange={(event) => props.onChange({ in: "template", template: event.target.value })}>
          {groups?.map((one) => <option key={one.name} value={one.name}>{one.name.replaceAll("_", " ")}</option>)}
        </Select>
      )}
    </div>
  );
}

/** Told before it begins: how many each arm needs for the difference to be seen. */
function Size(props: { base: number; difference: number; arms: number }) {
  const t = useTranslations("campaigns.write.experiment");
  const path = useBoutiquePath();
  const { data } = api.useQuery("get", "/boutiques/{boutique_id}/sample-size", { params: { path, query: props } });
  return <p className="rounded-xl bg-green-soft p-3 text-green-ink">{data ? t("size", { count: data.each_arm }) : "…"}</p>;
}

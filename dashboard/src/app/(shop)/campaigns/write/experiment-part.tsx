"use client";

import { ChevronDown, Plus } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { cn } from "@/components/cn";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { useBoutique, useBoutiquePath } from "@/shell/boutique";

import type { Written } from "../queries";
import { toInstant, toLocal } from "../zoned";
import { ArmCard } from "./arm-card";
import { type Arm, armsOf, BASES, MEASURES, withArms } from "./arms";
import type { Writing } from "./use-writing";

const HOLDOUTS = [0, 0.05, 0.1, 0.2];
const DECIDED_AFTER_DAYS = 5; // for so long an order counts for the message
const DIFFERENCES = [0.01, 0.02, 0.05, 0.1];

/** What is tried: arms that differ in one thing, and customers kept apart to compare with. */
export function ExperimentPart({ writing, written }: { writing: Writing; written: Written }) {
  const t = useTranslations("campaigns.write.experiment");
  const { timezone } = useBoutique();
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
              <Field label={t("decideBy")} hint={t("decideByText", { days: DECIDED_AFTER_DAYS })}>
                {(wired) => (
                  <Input {...wired} type="datetime-local" value={now.decide_by ? toLocal(now.decide_by, timezone) : ""} min={toLocal(new Date(), timezone)}
                    onChange={({ target }) => set({ ...now, decide_by: target.value ? toInstant(target.value, timezone) : null })} />
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

/** Told before it begins: how many each arm needs for the difference to be seen. */
function Size(props: { base: number; difference: number; arms: number }) {
  const t = useTranslations("campaigns.write.experiment");
  const path = useBoutiquePath();
  const { data } = api.useQuery("get", "/boutiques/{boutique_id}/sample-size", { params: { path, query: props } });
  return <p className="rounded-xl bg-green-soft p-3 text-green-ink">{data ? t("size", { count: data.each_arm }) : "…"}</p>;
}

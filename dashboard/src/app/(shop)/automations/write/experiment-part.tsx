"use client";

import { Minus, Plus } from "lucide-react";
import { useTranslations } from "use-intl";

import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";

import { NO_EXPERIMENT, orNone, withOneLess, withOneMore } from "./arms";
import { Part } from "./part";
import type { Editing } from "./use-editing";

const HOLDOUTS = [0, 0.05, 0.1, 0.2];
const MOST = 4;

/** What is tried: other words for some, and customers who get nothing, to compare with. */
export function ExperimentPart({ editing }: { editing: Editing }) {
  const t = useTranslations("automations.write.trial");
  const { written, change, remedy } = editing;
  const now = written.experiment ?? NO_EXPERIMENT;
  const arms = now.variants.length;
  const holdouts = HOLDOUTS.includes(now.holdout) ? HOLDOUTS : [...HOLDOUTS, now.holdout];
  const told = written.experiment ? t("on", { count: arms, percent: Math.round(now.holdout * 100) }) : t("text");
  return (
    <Part title={t("title")} told={told} open={Boolean(remedy("experiment.variants"))}>
      <Field label={t("holdout")} hint={t("holdoutText")}>
        {(wired) => (
          <Select {...wired} value={now.holdout} onChange={(event) => change({ experiment: orNone({ ...now, holdout: Number(event.target.value) }) })}>
            {holdouts.map((share) => <option key={share} value={share}>{share === 0 ? t("nobody") : t("percent", { share: Math.round(share * 100) })}</option>)}
          </Select>
        )}
      </Field>
      <p className="text-xs text-soft">{arms === 0 ? t("armsText") : t("armsTold", { count: arms })}</p>
      {remedy("experiment.variants") && <p role="alert" className="text-xs text-red">{remedy("experiment.variants")}</p>}
      <div className="flex flex-wrap gap-2">
        {arms < MOST && <Button look="outline" size="sm" onClick={() => change({ experiment: withOneMore(now) })}><Plus aria-hidden /> {t(arms === 0 ? "begin" : "add")}</Button>}
        {arms > 0 && <Button look="quiet" size="sm" onClick={() => change({ experiment: orNone(withOneLess(now)) })}><Minus aria-hidden /> {t(arms <= 2 ? "end" : "less")}</Button>}
      </div>
    </Part>
  );
}

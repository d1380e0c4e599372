"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { Button } from "@/components/ui/button";

import { MINUTES } from "../told";
import { StepCard } from "./step-card";
import type { Editing } from "./use-editing";

const MOST = 5;

/** Its messages in their order; one is open at a time. */
export function StepsPart({ editing }: { editing: Editing }) {
  const t = useTranslations("automations.write");
  const { written, change, remedy } = editing;
  const [open, setOpen] = useState(0);
  const add = () => {
    const last = written.steps.at(-1);
    if (!last) return;
    change({ steps: [...written.steps, { after_minutes: Math.min(last.after_minutes + MINUTES.days, 30 * MINUTES.days), message: last.message }] });
    setOpen(written.steps.length);
  };
  return (
    <section aria-labelledby="steps" className="flex flex-col gap-3">
      <h2 id="steps" className="px-1 text-xs font-medium text-soft">{t("steps")}</h2>
      {remedy("steps") && <p role="alert" className="px-1 text-xs text-red">{remedy("steps")}</p>}
      {written.steps.map((_, index) => (
        <StepCard key={index} editing={editing} index={index} open={index === open} onOpen={() => setOpen(index === open ? -1 : index)}
          onRemoved={() => setOpen(Math.max(0, index - 1))} />
      ))}
      {written.steps.length < MOST && (
        <div><Button look="outline" size="sm" onClick={add}><Plus aria-hidden /> {t("addStep")}</Button></div>
      )}
    </section>
  );
}

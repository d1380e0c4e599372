"use client";

import { ChevronDown, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { cn } from "@/components/cn";
import { Button } from "@/components/ui/button";
import { Segmented } from "@/components/ui/segmented";
import { useLanguage } from "@/i18n";

import { useTold } from "../told";
import { messageOf, withMessage, withoutStep } from "./arms";
import { MessageFields } from "./message-fields";
import type { Editing } from "./use-editing";
import { WaitField } from "./wait-field";

type Props = { editing: Editing; index: number; open: boolean; onOpen: () => void; onRemoved: () => void };

/** One message: after which wait, and what it says, with how it will look beside it. */
export function StepCard({ editing, index, open, onOpen, onRemoved }: Props) {
  const t = useTranslations("automations.write");
  const told = useTold();
  const { language: mine } = useLanguage();
  const { written, change, remedy } = editing;
  const arms = written.experiment?.variants ?? [];
  const [chosen, choose] = useState<string | null>(null);
  const arm = arms.find(({ key }) => key === chosen)?.key ?? arms[0]?.key ?? null;
  const [language, setLanguage] = useState<"en" | "sw">(mine);
  const step = written.steps[index];
  const message = messageOf(written, index, arm);
  if (!step || !message) return null;
  const wait = (minutes: number) => change({ steps: written.steps.map((one, at) => (at === index ? { ...one, after_minutes: minutes } : one)) });
  return (
    <section aria-label={t("step", { number: index + 1 })} className="rounded-2xl border bg-surface">
      <button type="button" aria-expanded={open} onClick={onOpen} className="flex min-h-16 w-full items-center gap-3 rounded-2xl px-4 py-3 text-left hover:bg-ink/4">
        <span aria-hidden className="grid size-8 shrink-0 place-items-center rounded-full bg-green-soft text-sm font-semibold text-green-ink">{index + 1}</span>
        <span className="min-w-0 flex-1">
          <span className="block font-medium">{told.when(written.trigger, step.after_minutes)}</span>
          {!open && <span className="block truncate text-xs text-soft">{message.text[language] || Object.values(message.text)[0] || t("nothingSaid")}</span>}
        </span>
        <ChevronDown aria-hidden className={cn("size-5 shrink-0 text-soft transition-transform duration-150", open && "rotate-180")} />
      </button>
      {open && (
        <div className="flex flex-col gap-4 border-t p-4">
          <WaitField key={`${index}`} minutes={step.after_minutes} onChange={wait} label={t("wait")} error={remedy(`steps.${index}.after_minutes`)} />
          {arms.length > 0 && (
            <Segmented label={t("arm")} value={arm ?? ""} onChange={choose}
              segments={arms.map(({ key }) => ({ value: key, label: t("armNamed", { name: key.toUpperCase() }) }))} />
          )}
          <MessageFields content={message} trigger={written.trigger} channels={written.channels} language={language} onLanguage={setLanguage}
            onChange={(next) => change(withMessage(written, index, arm, next))}
            remedy={(field) => remedy(`${placeOf(index, arms.findIndex(({ key }) => key === arm))}.${field}`)} />
          {written.steps.length > 1 && (
            <div><Button look="danger" size="sm" onClick={() => { change(withoutStep(written, index)); onRemoved(); }}><Trash2 aria-hidden /> {t("removeStep")}</Button></div>
          )}
        </div>
      )}
    </section>
  );
}

/** Where the message is in what is sent: the first arm's is the rule's own. */
const placeOf = (step: number, arm: number) => (arm < 1 ? `steps.${step}.message` : `experiment.variants.${arm}.messages.${step}`);

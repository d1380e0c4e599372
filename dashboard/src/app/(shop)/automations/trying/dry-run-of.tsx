"use client";

import { Check, X } from "lucide-react";
import { useTranslations } from "use-intl";

import type { Schemas } from "@/api/client";
import { Badge, type Tone } from "@/components/ui/badge";
import { useFormats } from "@/shell/formats";

import { useTold } from "../told";
import { TriggerIcon } from "../results/trigger-icon";

type Run = Schemas["RuleDryRun"];

const TONES: Record<Run["would"], Tone> = { send: "good", wait: "waits", not: "plain" };

/** One rule's answer: whether it would write, the first reason why not, its words, and every check. */
export function DryRunOf({ run }: { run: Run }) {
  const t = useTranslations("automations.try");
  const told = useTold();
  const { full } = useFormats();
  return (
    <section aria-label={run.name} className="rounded-2xl border bg-raised">
      <div className="flex items-start gap-3 p-4">
        <span className="grid size-10 shrink-0 place-items-center rounded-xl bg-sunk text-soft"><TriggerIcon trigger={run.trigger} /></span>
        <div className="min-w-0 flex-1">
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1"><span className="min-w-0 font-medium">{run.name}</span><Badge tone={TONES[run.would]}>{t(`would.${run.would}`)}</Badge></p>
          {run.reason && <p className="mt-1">{told.reason(run.reason)}</p>}
          {run.until && <p className="mt-0.5 text-xs text-soft">{t("until", { at: full(run.until) })}</p>}
        </div>
      </div>
      {run.text && (
        <figure className="border-t p-4">
          <figcaption className="mb-1 text-xs text-soft">{t(`asIs.${run.channel ?? "whatsapp"}`)}</figcaption>
          <blockquote className="whitespace-pre-line break-words rounded-2xl bg-green-soft px-4 py-3 text-ink">{run.text}</blockquote>
        </figure>
      )}
      <details className="border-t">
        <summary className="min-h-11 cursor-pointer px-4 py-3 text-sm font-medium">{t("checks", { count: run.checks.length })}</summary>
        <ul className="divide-y border-t">
          {run.checks.map((one, index) => (
            <li key={`${one.name}-${index}`} className="flex items-start gap-3 px-4 py-2.5">
              {one.passed
                ? <Check aria-label={t("passed")} className="mt-0.5 size-4 shrink-0 text-green-ink" />
                : <X aria-label={t("failed")} className="mt-0.5 size-4 shrink-0 text-red" />}
              <span className="min-w-0">
                <span className="block text-sm">{one.passed ? checkName(t, one.name) : told.reason(one.name)}</span>
                {one.detail && <span className="block break-words text-xs text-soft">{detail(t, one.detail)}</span>}
              </span>
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}

type Words = ReturnType<typeof useTranslations<"automations.try">>;

const checkName = (t: Words, name: string) => (t.has(`check.${name}` as never) ? t(`check.${name}` as never) : name.replaceAll("_", " "));

/** What closes each channel, as `whatsapp:no_template, sms:no_consent`. */
function detail(t: Words, text: string): string {
  return text.split(", ").map((one) => {
    const [channel, why] = one.split(":").map((part) => part.trim());
    const key = `closed.${why ?? channel}`;
    const said = t.has(key as never) ? t(key as never) : (why ?? channel ?? "").replaceAll("_", " ");
    return why && channel && t.has(`channel.${channel}` as never) ? `${t(`channel.${channel}` as never)}: ${said}` : said;
  }).join(" · ");
}

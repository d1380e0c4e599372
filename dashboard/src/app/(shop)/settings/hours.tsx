"use client";

import { CopyCheck, Plus, X } from "lucide-react";
import { useTranslations } from "use-intl";

import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Switch } from "@/components/ui/switch";
import { useBoutique } from "@/shell/boutique";

import { PartForm } from "./part-form";
import type { Shop } from "./queries";
import { told } from "./told";
import { usePart } from "./use-part";
import { type Day, dayProblem, DAYS, readWeek, type Span, USUAL, type Week, writeWeek } from "./week";

const SHUT = Object.fromEntries(DAYS.map((day) => [day, []])) as unknown as Week;

/** When the shop is open, by weekday; the assistant tells it so from the next message on. */
export function HoursPart({ shop, onClose }: { shop?: Shop; onClose: () => void }) {
  const t = useTranslations("settings");
  const { timezone } = useBoutique();
  const part = usePart<Week>("hours",
    (read) => readWeek(read.shop_info.hours) ?? SHUT,
    (week) => ({ shop: { hours: DAYS.some((day) => week[day].length) ? writeWeek(week) : null } }));
  const stored = shop?.shop_info.hours;
  const words = stored && !readWeek(stored) ? told(stored).en : null;
  return (
    <PartForm part={part} title={t("hours.title")} text={t("hours.text", { zone: timezone })} onClose={onClose}>
      {(week) => (
        <>
          {words && !part.edited && <Notice tone="waits">{t("hours.inWords", { words })}</Notice>}
          {part.remedy("hours") && <Notice tone="risk">{part.remedy("hours")}</Notice>}
          <ul className="divide-y rounded-2xl border bg-surface">
            {DAYS.map((day) => (
              <DayRow key={day} day={day} spans={week[day]}
                onChange={(spans) => part.set({ ...week, [day]: spans })}
                onCopy={() => part.set(Object.fromEntries(DAYS.map((one) => [one, week[one].length || one === day ? week[day] : []])) as Week)} />
            ))}
          </ul>
        </>
      )}
    </PartForm>
  );
}

function DayRow(props: { day: Day; spans: Span[]; onChange: (spans: Span[]) => void; onCopy: () => void }) {
  const t = useTranslations("settings");
  const name = t(`days.${props.day}`);
  const open = props.spans.length > 0;
  const problem = dayProblem(props.spans);
  const set = (index: number, changes: Partial<Span>) =>
    props.onChange(props.spans.map((span, nth) => (nth === index ? { ...span, ...changes } : span)));
  return (
    <li className="flex flex-col gap-2 p-3 pl-4">
      <div className="flex min-h-10 items-center gap-3">
        <span className="w-24 font-medium">{name}</span>
        <span className="flex-1 text-soft">{!open && t("hours.closed")}</span>
        <Switch label={t("hours.isOpen", { day: name })} checked={open}
          onChange={(on) => props.onChange(on ? [USUAL] : [])} />
      </div>
      {props.spans.map((span, index) => (
        <div key={index} className="flex items-center gap-2">
          <Input type="time" required aria-label={t("hours.opens", { day: name })} className="min-w-0 flex-1 px-2.5"
            value={span.opens} onChange={(event) => set(index, { opens: event.target.value })} />
          <span aria-hidden className="text-soft">–</span>
          <Input type="time" required aria-label={t("hours.closes", { day: name })} className="min-w-0 flex-1 px-2.5"
            value={span.closes} onChange={(event) => set(index, { closes: event.target.value })} />
          {index > 0 && (
            <Button look="quiet" size="small" aria-label={t("hours.removeSpan", { day: name })}
              onClick={() => props.onChange(props.spans.filter((_, nth) => nth !== index))}>
              <X aria-hidden />
            </Button>
          )}
        </div>
      ))}
      {problem && <p role="alert" className="text-xs text-red">{t(`hours.${problem}`)}</p>}
      {open && (
        <div className="-mx-2 flex flex-wrap gap-1">
          <Button look="quiet" size="sm" onClick={() => props.onChange([...props.spans, { opens: "", closes: "" }])}>
            <Plus aria-hidden /> {t("hours.addSpan")}
          </Button>
          <Button look="quiet" size="sm" aria-label={t("hours.copyOf", { day: name })} onClick={props.onCopy}>
            <CopyCheck aria-hidden /> {t("hours.copy")}
          </Button>
        </div>
      )}
    </li>
  );
}

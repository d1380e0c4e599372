"use client";

import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { cn } from "@/components/cn";
import { Field, Input } from "@/components/ui/field";
import { Segmented } from "@/components/ui/segmented";
import { Select } from "@/components/ui/select";
import { useWords } from "@/components/words";
import kinds from "@/messages/en/kinds.json";
import { useBoutiquePath } from "@/shell/boutique";
import { parsePrice, useFormats } from "@/shell/formats";
import { useState } from "react";

import type { Written } from "../queries";
import { hasKinds, hasTotal } from "../triggers";
import { Part } from "./part";
import type { Editing } from "./use-editing";

const BUYERS = ["all", "new", "returning"] as const;

/** For whom and for what: all that is said here must hold when a message leaves. */
export function ConditionsPart({ editing }: { editing: Editing }) {
  const t = useTranslations("automations.write");
  const { written, remedy } = editing;
  const { conditions, trigger } = written;
  const change = (part: Partial<Written["conditions"]>) => editing.change({ conditions: { ...conditions, ...part } });
  const set = [conditions.least_total_minor, conditions.least_drop_percent, conditions.segment_id, conditions.kinds.length || null, conditions.buyers === "all" ? null : 1]
    .filter((one) => one !== null && one !== undefined).length;
  return (
    <Part title={t("conditions")} told={set === 0 ? t("noConditions") : t("conditionsSet", { count: set })} open={Boolean(remedy("conditions.segment_id"))}>
      <div>
        <p className="mb-1 text-xs font-medium text-soft">{t("buyers")}</p>
        <Segmented label={t("buyers")} value={conditions.buyers} onChange={(buyers) => change({ buyers })}
          segments={BUYERS.map((value) => ({ value, label: t(`whichBuyers.${value}`) }))} />
      </div>
      {hasTotal(trigger) && <LeastTotal minor={conditions.least_total_minor ?? null} onChange={(least_total_minor) => change({ least_total_minor })} />}
      {trigger === "price_dropped" && (
        <Field label={t("leastDrop")} hint={t("leastDropHint")} error={remedy("conditions.least_drop_percent")}>
          {(wired) => (
            <Input {...wired} type="number" inputMode="numeric" min={1} max={90} value={conditions.least_drop_percent ?? ""}
              onChange={(event) => change({ least_drop_percent: event.target.value ? Number(event.target.value) : null })} />
          )}
        </Field>
      )}
      {hasKinds(trigger) && <Kinds chosen={conditions.kinds} onChange={(chosen) => change({ kinds: chosen })} />}
      <SegmentField id={conditions.segment_id ?? null} error={remedy("conditions.segment_id")} onChange={(segment_id) => change({ segment_id })} />
    </Part>
  );
}

function LeastTotal({ minor, onChange }: { minor: number | null; onChange: (minor: number | null) => void }) {
  const t = useTranslations("automations.write");
  const { digits, currency } = useFormats();
  const [typed, type] = useState(minor === null ? "" : String(minor / 10 ** digits));
  return (
    <Field label={t("leastTotal", { currency })} hint={t("leastTotalHint")}>
      {(wired) => (
        <Input {...wired} inputMode="decimal" value={typed} onChange={(event) => {
          type(event.target.value);
          onChange(parsePrice(event.target.value, digits));
        }} />
      )}
    </Field>
  );
}

function Kinds({ chosen, onChange }: { chosen: string[]; onChange: (chosen: string[]) => void }) {
  const t = useTranslations("automations.write");
  const words = useWords();
  const known = [...new Set([...Object.keys(kinds).map((key) => key.replaceAll("_", " ")), ...chosen])];
  return (
    <div role="group" aria-label={t("kinds")}>
      <p className="mb-1.5 text-xs font-medium text-soft">{t("kinds")} · {t("kindsHint")}</p>
      <div className="flex flex-wrap gap-1.5">
        {known.map((kind) => {
          const on = chosen.includes(kind);
          return (
            <button key={kind} type="button" aria-pressed={on} onClick={() => onChange(on ? chosen.filter((one) => one !== kind) : [...chosen, kind])}
              className={cn("min-h-9 rounded-full border px-3 text-xs font-medium transition-colors duration-150", on ? "border-green bg-green text-on-green" : "bg-raised hover:bg-paper")}>
              {words.kind(kind)}
            </button>
          );
        })}
      </div>
    </div>
  );
}

function SegmentField(props: { id: string | null; error?: string; onChange: (id: string | null) => void }) {
  const t = useTranslations("automations.write");
  const path = useBoutiquePath();
  const { data } = api.useQuery("get", "/boutiques/{boutique_id}/segments", { params: { path } });
  return (
    <Field label={t("segment")} error={props.error}>
      {(wired) => (
        <Select {...wired} value={props.id ?? ""} onChange={(event) => props.onChange(event.target.value || null)}>
          <option value="">{t("everySegment")}</option>
          {data?.items.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}
        </Select>
      )}
    </Field>
  );
}

"use client";

import { FolderPlus, Plus, Trash2 } from "lucide-react";
import { useTranslations } from "use-intl";

import { cn } from "@/components/cn";
import { Button } from "@/components/ui/button";
import { Segmented } from "@/components/ui/segmented";
import { Select } from "@/components/ui/select";

import { ConditionValue } from "./condition-value";
import { begin, compared, type Comparison, COMPARISONS, type Condition, type FieldName, FIELDS, type Group, isGroup, KINDS, replaced } from "./rule";

const DEEPEST = 3;

/** Conditions that all hold, or of which one does; a group may lie in another. */
export function GroupEditor(props: { group: Group; onChange: (group: Group) => void; onRemove?: () => void; depth: number }) {
  const t = useTranslations("campaigns.segments");
  const { group, onChange, depth } = props;
  return (
    <div role="group" aria-label={t(`match.${group.match ?? "all"}`)} className={cn("flex flex-col gap-3", depth > 1 && "rounded-2xl border border-line-strong/40 bg-paper p-3")}>
      <div className="flex items-center gap-2 px-4">
        <div className="min-w-0 flex-1">
          <Segmented label={t("matchLabel")} value={group.match ?? "all"} onChange={(match) => onChange({ ...group, match })}
            segments={(["all", "any"] as const).map((value) => ({ value, label: t(`match.${value}`) }))} />
        </div>
        {props.onRemove && (
          <Button look="quiet" size="small" aria-label={t("removeGroup")} onClick={props.onRemove}><Trash2 aria-hidden /></Button>
        )}
      </div>
      {group.of.map((part, index) => (
        isGroup(part)
          ? <GroupEditor key={index} group={part} depth={depth + 1} onChange={(next) => onChange(replaced(group, index, next))}
              onRemove={() => onChange(replaced(group, index, null))} />
          : <ConditionEditor key={index} condition={part} onChange={(next) => onChange(replaced(group, index, next))}
              onRemove={() => onChange(replaced(group, index, null))} />
      ))}
      <div className="flex flex-wrap gap-2">
        <Button look="outline" size="sm" onClick={() => onChange({ ...group, of: [...group.of, begin("last_order_on")] })}>
          <Plus aria-hidden /> {t("addCondition")}
        </Button>
        {depth < DEEPEST && (
          <Button look="quiet" size="sm" onClick={() => onChange({ ...group, of: [...group.of, { match: group.match === "any" ? "all" : "any", of: [begin("category")] }] })}>
            <FolderPlus aria-hidden /> {t("addGroup")}
          </Button>
        )}
      </div>
    </div>
  );
}

function ConditionEditor(props: { condition: Condition; onChange: (condition: Condition) => void; onRemove: () => void }) {
  const t = useTranslations("campaigns.segments");
  const { condition, onChange } = props;
  const kind = KINDS[condition.field];
  return (
    <div className="flex flex-col gap-2 rounded-2xl border bg-raised p-3">
      <div className="flex gap-2">
        <div className="min-w-0 flex-1">
          <Select aria-label={t("field")} value={condition.field} onChange={(event) => onChange(begin(event.target.value as FieldName))}>
            {FIELDS.map((field) => <option key={field} value={field}>{t(`fields.${field}`)}</option>)}
          </Select>
        </div>
        <Button look="quiet" size="icon" aria-label={t("removeCondition", { field: t(`fields.${condition.field}`) })} onClick={props.onRemove}><Trash2 aria-hidden /></Button>
      </div>
      <div className="grid grid-cols-1 gap-2 sm:grid-cols-2">
        {kind !== "yes_or_no" && (
          <Select aria-label={t("comparison")} value={condition.comparison} onChange={(event) => onChange(compared(condition, event.target.value as Comparison))}>
            {COMPARISONS[kind].map((one) => <option key={one} value={one}>{t(`compared.${kind === "day" ? "day" : "other"}.${one}` as never)}</option>)}
          </Select>
        )}
        <ConditionValue condition={condition} onChange={(value) => onChange({ ...condition, value })} />
      </div>
    </div>
  );
}

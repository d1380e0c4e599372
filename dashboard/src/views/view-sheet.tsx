"use client";

import { type FormEvent, useId, useState } from "react";
import { useTranslations } from "use-intl";

import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { Sheet } from "@/components/ui/sheet";
import { Switch } from "@/components/ui/switch";
import { WithAllWords } from "@/i18n";
import { useBoutique } from "@/shell/boutique";

import type { Screen, View } from "./queries";
import { type Fields, useSaving } from "./use-saving";

const MOST = 30;
type Props = { screen: Screen; view?: View; now: Record<string, string>; others: View[]; onClose: () => void };

/** Keeps the filters of now under a name; or changes the view that is shown, or deletes it. */
export function ViewSheet(props: Props) {
  return <WithAllWords waiting={null}><Editing {...props} /></WithAllWords>;
}

function Editing({ screen, view, now, others, onClose }: Props) {
  const t = useTranslations();
  const form = useId();
  const owner = useBoutique().role === "owner";
  const mayChange = (one: View) => owner || !one.shared;
  const [over, setOver] = useState(view);
  const [fields, setFields] = useState<Fields>(fieldsOf(view));
  const saving = useSaving(screen, onClose);
  const set = (changes: Partial<Fields>) => setFields({ ...fields, ...changes });
  const choose = (id: string) => {
    const chosen = others.find((one) => one.id === id);
    setOver(chosen);
    setFields(fieldsOf(chosen));
  };
  function save(event: FormEvent) {
    event.preventDefault();
    saving.save({ ...fields, name: fields.name.trim() }, now, over);
  }
  const readOnly = view !== undefined && !mayChange(view);
  const replaceable = view ? [] : others.filter(mayChange);
  const wrong = saving.taken ? t(others.length >= MOST ? "views.full" : "views.taken") : undefined;
  return (
    <Sheet open onOpenChange={onClose} title={t(view ? "views.titleEdit" : "views.titleNew")} close={t("common.close")}
      footer={readOnly ? undefined : (
        <>
          {view && <Button look="danger" disabled={saving.busy} onClick={() => saving.remove(view)}>{t("views.remove")}</Button>}
          <Button type="submit" form={form} busy={saving.busy} disabled={!fields.name.trim()}>{t("views.save")}</Button>
        </>
      )}>
      {readOnly ? <Notice tone="waits">{t("views.ownersChange")}</Notice> : (
        <form id={form} onSubmit={save} className="flex flex-col gap-5 pt-1">
          {replaceable.length > 0 && (
            <Field label={t("views.as")}>
              {(wired) => (
                <Select {...wired} value={over?.id ?? ""} onChange={(event) => choose(event.target.value)}>
                  <option value="">{t("views.asNew")}</option>
                  {replaceable.map((one) => <option key={one.id} value={one.id}>{t("views.asOver", { name: one.name })}</option>)}
                </Select>
              )}
            </Field>
          )}
          <Field label={t("views.name")} hint={t("views.nameHint")} error={wrong}>
            {(wired) => <Input {...wired} value={fields.name} maxLength={40} autoComplete="off" onChange={(event) => set({ name: event.target.value })} />}
          </Field>
          <Choice label={t("views.shared")} text={t(owner ? "views.sharedText" : "views.ownersShare")} disabled={!owner}
            checked={fields.shared} onChange={(shared) => set({ shared })} />
          <Choice label={t("views.first")} text={t("views.firstText")} checked={fields.opens_first} onChange={(opens_first) => set({ opens_first })} />
          {saving.failed && <p role="alert" className="text-red">{t("views.failed")}</p>}
        </form>
      )}
    </Sheet>
  );
}

const fieldsOf = (view?: View): Fields => ({ name: view?.name ?? "", shared: view?.shared ?? false, opens_first: view?.opens_first ?? false });

function Choice(props: { label: string; text: string; checked: boolean; disabled?: boolean; onChange: (checked: boolean) => void }) {
  const id = useId();
  return (
    <div className="flex items-center gap-4">
      <label htmlFor={id} className="min-w-0 flex-1">
        <span className="block font-medium">{props.label}</span>
        <span className="block text-xs text-soft">{props.text}</span>
      </label>
      <Switch id={id} checked={props.checked} disabled={props.disabled} onChange={props.onChange} />
    </div>
  );
}

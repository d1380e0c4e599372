"use client";

import { useTranslations } from "use-intl";

import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { Sheet } from "@/components/ui/sheet";

import { useSegments } from "../campaigns/write/audience/queries";
import { useTags } from "../chats/queries";

type Chosen = { tag?: string | null; group?: string | null };

/** Which customers the list shows: those with a tag, those of a group that was kept. */
export function FilterSheet(props: { tag: string | null; segment: string | null; onChoose: (chosen: Chosen) => void; onClose: () => void }) {
  const t = useTranslations();
  const tags = useTags();
  const segments = useSegments().data?.items ?? [];
  return (
    <Sheet open onOpenChange={props.onClose} title={t("customers.filter")} close={t("common.close")}
      footer={
        <>
          <Button look="outline" onClick={() => { props.onChoose({ tag: null, group: null }); props.onClose(); }}>{t("customers.showAll")}</Button>
          <Button onClick={props.onClose}>{t("customers.showThese")}</Button>
        </>
      }>
      <div className="flex flex-col gap-5 pt-1">
        <Field label={t("customers.group")}>
          {(wired) => (
            <Select {...wired} value={props.segment ?? ""} onChange={(event) => props.onChoose({ group: event.target.value || null })}>
              <option value="">{t("customers.everyone")}</option>
              {segments.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}
            </Select>
          )}
        </Field>
        <Field label={t("customers.tag")}>
          {(wired) => (
            <Select {...wired} value={props.tag ?? ""} onChange={(event) => props.onChoose({ tag: event.target.value || null })}>
              <option value="">{t("customers.anyTag")}</option>
              {tags.map((one) => <option key={one.tag} value={one.tag}>#{one.tag} ({one.customers})</option>)}
            </Select>
          )}
        </Field>
      </div>
    </Sheet>
  );
}

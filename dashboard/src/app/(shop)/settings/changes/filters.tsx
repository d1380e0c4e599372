"use client";

import { ArrowDownToLine } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { isProblem } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toaster";
import { save } from "@/receipts/file";
import { useBoutique } from "@/shell/boutique";
import { useUrl } from "@/shell/url";

import { type Asked, fetchTable, useChangers } from "./queries";
import { useWho } from "./words";

/** By whom and on which days; and what they leave, as a table. */
export function Filters({ asked }: { asked: Asked }) {
  const t = useTranslations("changes");
  const { change } = useUrl();
  const who = useWho();
  const people = useChangers();
  const set = (name: string) => ({ target }: { target: { value: string } }) => change({ [name]: target.value || null, id: null }, "replace");
  return (
    <div className="grid grid-cols-2 gap-3 wide:grid-cols-[minmax(0,2fr)_minmax(0,1.7fr)_minmax(0,1.7fr)_auto] wide:items-end">
      <div className="col-span-2 wide:col-span-1">
        <Field label={t("who")}>
          {(wired) => (
            <Select {...wired} value={asked.who ?? ""} onChange={set("who")}>
              <option value="">{t("everybody")}</option>
              {people.map((one) => {
                const value = one.actor_id ?? one.actor;
                return <option key={`${one.actor} ${value}`} value={value}>{who({ ...one, actor_email: one.email })}</option>;
              })}
            </Select>
          )}
        </Field>
      </div>
      <Field label={t("from")}>{(wired) => <Input {...wired} type="date" max={asked.until} value={asked.since ?? ""} onChange={set("since")} />}</Field>
      <Field label={t("to")}>{(wired) => <Input {...wired} type="date" min={asked.since} value={asked.until ?? ""} onChange={set("until")} />}</Field>
      <Download asked={asked} />
    </div>
  );
}

function Download({ asked }: { asked: Asked }) {
  const t = useTranslations();
  const { boutique_id } = useBoutique();
  const [saving, setSaving] = useState(false);
  const download = async () => {
    setSaving(true);
    try {
      save(await fetchTable(boutique_id, asked, t("changes.title")));
    } catch (error) {
      toast.error(isProblem(error) ? error.detail : t("common.failed"));
    } finally {
      setSaving(false);
    }
  };
  return (
    <Button look="outline" className="col-span-2 wide:col-span-1" busy={saving} onClick={() => void download()}>
      <ArrowDownToLine aria-hidden /> {t("changes.download")}
    </Button>
  );
}

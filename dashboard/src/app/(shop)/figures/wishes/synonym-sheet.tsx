"use client";

import { useId, useState } from "react";
import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { isProblem, remedyFor } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { Sheet } from "@/components/ui/sheet";
import { useWords } from "@/components/words";
import { useBoutiquePath } from "@/shell/boutique";

import { KINDS } from "../../pieces/add/sizes";
import { SYNONYMS, useTaught } from "./queries";

/** What customers call a thing, in words that the assistant knows; a tap takes a kind of piece. */
export function SynonymSheet(props: { said: string; onSaved: () => void; onClose: () => void }) {
  const t = useTranslations();
  const { kind } = useWords();
  const path = useBoutiquePath();
  const taught = useTaught();
  const form = useId();
  const [said, setSaid] = useState(props.said.slice(0, 60));
  const [means, setMeans] = useState("");
  const create = api.useMutation("post", SYNONYMS, { onSuccess: () => { void taught(); props.onSaved(); } });
  const { error } = create;
  const beside = remedyFor(error, "said") ?? remedyFor(error, "means");

  function save(event: React.FormEvent) {
    event.preventDefault();
    create.mutate({ params: { path }, body: { said, means } });
  }
  return (
    <Sheet open onOpenChange={props.onClose} title={t("wishes.synonym.title")} close={t("common.close")}
      footer={<Button type="submit" form={form} busy={create.isPending} disabled={said.trim().length < 2 || !means.trim()}>{t("wishes.synonym.save")}</Button>}>
      <form id={form} onSubmit={save} className="flex flex-col gap-4 pt-1">
        <Field label={t("wishes.synonym.said")} error={remedyFor(error, "said")}>
          {(wired) => <Input {...wired} required minLength={2} maxLength={60} autoCapitalize="none" autoComplete="off" value={said} onChange={({ target }) => setSaid(target.value)} />}
        </Field>
        <Field label={t("wishes.synonym.means")} hint={t("wishes.synonym.meansHint")} error={remedyFor(error, "means")}>
          {(wired) => <Input {...wired} required maxLength={80} autoCapitalize="none" autoComplete="off" value={means} onChange={({ target }) => setMeans(target.value)} />}
        </Field>
        <div role="group" aria-label={t("wishes.synonym.kinds")} className="flex flex-wrap gap-2">
          {KINDS.map((one) => (
            <button key={one} type="button" aria-pressed={means === one} onClick={() => setMeans(one)}
              className="min-h-10 rounded-full border px-3 text-xs font-medium hover:bg-sunk aria-pressed:border-ink aria-pressed:bg-ink aria-pressed:text-paper">
              {kind(one)}
            </button>
          ))}
        </div>
        {error && !beside && <p role="alert" className="text-xs text-red">{isProblem(error) ? error.detail : t("common.failed")}</p>}
      </form>
    </Sheet>
  );
}

"use client";

import { type FormEvent, useId, useState } from "react";
import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { isProblem, remedyFor } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { Sheet } from "@/components/ui/sheet";
import { toast } from "@/components/ui/toaster";
import { useWords } from "@/components/words";
import { useBoutiquePath } from "@/shell/boutique";

import { Chips, ordered } from "./add/chips";
import { COLOURS } from "./add/sizes";
import { type Piece, usePiecesChanged } from "./queries";

/** Another name for a colour, in all its sizes and pictures: one of ours, or the shop's own word. */
export function ColourSheet(props: { piece: Piece; version: string; colour: string; onClose: () => void }) {
  const t = useTranslations();
  const form = useId();
  const { colour } = useWords();
  const path = { ...useBoutiquePath(), product_id: props.piece.id, colour: props.colour };
  const changed = usePiecesChanged();
  const [name, setName] = useState(props.colour);
  const rename = api.useMutation("patch", "/boutiques/{boutique_id}/products/{product_id}/colours/{colour}", {
    onSuccess: () => {
      toast.success(t("pieces.saved"));
      props.onClose();
      void changed();
    },
    onError: (error) => { if (!isProblem(error) || !error.errors) toast.error(isProblem(error) ? error.detail : t("pieces.notSent")); },
  });
  const wanted = name.trim().toLowerCase();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    rename.mutate({ params: { path, header: { "if-match": props.version } }, body: { name: wanted } });
  };
  return (
    <Sheet open onOpenChange={props.onClose} close={t("common.close")} title={t("pieces.renameColour", { colour: colour(props.colour) })}
      footer={<Button type="submit" form={form} busy={rename.isPending} disabled={!wanted || wanted === props.colour}>{t("common.save")}</Button>}>
      <form id={form} onSubmit={submit} className="flex flex-col gap-5">
        <Field label={t("pieces.colour")} hint={t("pieces.renameText")} error={remedyFor(rename.error, "name")}>
          {(wired) => <Input {...wired} maxLength={40} autoComplete="off" value={name} onChange={(event) => setName(event.target.value)} />}
        </Field>
        <Chips label={t("pieces.allColours")} values={ordered(COLOURS, [], COLOURS.length)} chosen={[wanted]} name={colour} onToggle={setName} />
      </form>
    </Sheet>
  );
}

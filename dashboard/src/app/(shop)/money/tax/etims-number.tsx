"use client";

import { FileCheck } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { Button } from "@/components/ui/button";
import { WithAllWords } from "@/i18n";

import { NumberSheet } from "./number-sheet";
import { useTaxDocument, useTaxSettings } from "./queries";

/** KRA's number of one sale, beside its receipt: only in a shop that said its PIN. */
export function EtimsNumber({ id }: { id: string }) {
  const settings = useTaxSettings();
  const document = useTaxDocument(id, Boolean(settings?.kra_pin));
  return document ? <WithAllWords waiting={null}><Shown document={document} /></WithAllWords> : null;
}

function Shown({ document }: { document: NonNullable<ReturnType<typeof useTaxDocument>> }) {
  const t = useTranslations("tax");
  const [noting, setNoting] = useState(false);
  return (
    <>
      <Button look="outline" className="basis-full" onClick={() => setNoting(true)}><FileCheck aria-hidden /> {document.etims_number ? t("numberIs", { number: document.etims_number }) : t("note")}</Button>
      {noting && <NumberSheet document={document} onClose={() => setNoting(false)} />}
    </>
  );
}

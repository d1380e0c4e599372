"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";

import { isProblem } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Sheet } from "@/components/ui/sheet";

const LEAST = 5; // characters of a reason, as the API wants them

/** Asks for the reason of what is about to be done. */
export function AskReason(props: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  text: string;
  action: string;
  busy: boolean;
  error: unknown;
  onGiven: (reason: string) => void;
}) {
  const t = useTranslations();
  const [reason, setReason] = useState("");
  const given = reason.trim();
  return (
    <Sheet open={props.open} onOpenChange={props.onOpenChange} title={props.title} close={t("common.close")}
      footer={<Button busy={props.busy} disabled={given.length < LEAST} onClick={() => props.onGiven(given)}>{props.action}</Button>}>
      <div className="flex flex-col gap-4">
        <p className="text-soft">{props.text}</p>
        <Field label={t("works.reason")} hint={t("works.reasonHint")}>
          {(wired) => <Input {...wired} maxLength={300} value={reason} onChange={({ target }) => setReason(target.value)} />}
        </Field>
        <Refused error={props.error} />
      </div>
    </Sheet>
  );
}

/** What the API says against it. */
export function Refused({ error }: { error: unknown }) {
  const t = useTranslations("common");
  if (!error) return null;
  return <Notice tone="risk">{isProblem(error) ? error.detail : t("failed")}</Notice>;
}

"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";

import { isProblem } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { Field, Textarea } from "@/components/ui/field";

import { type Customer, phonesIn, usePasted } from "./use-customers";

const MOST = 1000; // in one go

/** Numbers from a sheet or a chat: customers among them are ticked, the others are told. */
export function PastedNumbers({ onFound }: { onFound: (customers: Customer[]) => void }) {
  const t = useTranslations();
  const [text, setText] = useState("");
  const ask = usePasted((found) => {
    onFound(found.items);
    setText([...found.unknown, ...found.unreadable].join("\n"));
  });
  const { data: found } = ask;
  const count = phonesIn(text).length;
  return (
    <div className="mb-4 flex flex-col gap-3 rounded-2xl border bg-raised p-3">
      <Field label={t("campaigns.hand.numbers")} hint={t("campaigns.hand.numbersHint")} error={count > MOST ? t("campaigns.hand.tooMany", { count: MOST }) : undefined}>
        {(wired) => <Textarea {...wired} rows={4} inputMode="tel" value={text} placeholder={"0712 345 678\n0722 000 111"} onChange={(event) => setText(event.target.value)} />}
      </Field>
      <div><Button look="outline" size="sm" busy={ask.isPending} disabled={count === 0 || count > MOST} onClick={() => ask.mutate(text)}>{t("campaigns.hand.find", { count })}</Button></div>
      {ask.isError && <p role="alert" className="text-red">{isProblem(ask.error) ? ask.error.detail : t("common.failed")}</p>}
      {found && (
        <div role="status" className="text-xs">
          <p className="text-green-ink">{t("campaigns.hand.found", { count: found.items.length })}</p>
          {found.unknown.length > 0 && <p className="mt-1 text-amber">{t("campaigns.hand.unknown", { count: found.unknown.length })}</p>}
          {found.unreadable.length > 0 && <p className="mt-1 text-amber">{t("campaigns.hand.unreadable", { count: found.unreadable.length })}</p>}
        </div>
      )}
    </div>
  );
}

"use client";

import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { isProblem } from "@/api/problem";
import { cn } from "@/components/cn";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { Sheet } from "@/components/ui/sheet";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toaster";
import { useBoutique, useBoutiquePath } from "@/shell/boutique";
import { useFormats } from "@/shell/formats";

import { TakeBack } from "./take-back";
import { type Debt, type Entry, useDebt, useWritingOff } from "./queries";

/** A sale of which something is owed; opened, what became of it so far. */
export function DebtOfSale({ debt }: { debt: Debt }) {
  const t = useTranslations("credit");
  const { money, full } = useFormats();
  const [open, setOpen] = useState(false);
  return (
    <li>
      <button type="button" aria-expanded={open} onClick={() => setOpen(!open)} className="flex min-h-16 w-full items-center gap-3 px-4 py-3 text-left hover:bg-ink/4">
        <span className="min-w-0 flex-1">
          <span className="block font-medium">{debt.number}</span>
          <span className="block text-xs text-soft">{full(debt.created_at)} · {t("of_total", { sum: money(debt.total_minor) })}</span>
        </span>
        <span className="font-medium tabular-nums">{money(debt.owed_minor)}</span>
        <ChevronDown aria-hidden className={cn("size-5 text-soft transition-transform duration-150", open && "rotate-180")} />
      </button>
      {open && <Entries debt={debt} />}
    </li>
  );
}

function Entries({ debt }: { debt: Debt }) {
  const t = useTranslations("credit");
  const owner = useBoutique().role === "owner";
  const entries = useDebt(debt.id)?.entries;
  const [writingOff, setWritingOff] = useState(false);
  if (!entries) return <div className="p-4 pt-0"><Skeleton className="h-16 rounded-xl" /></div>;
  return (
    <div className="border-t bg-sunk/60 px-4 py-2">
      <ul>{entries.map((entry) => <EntryLine key={entry.id} entry={entry} stands={!entries.some((one) => one.kind === "taken_back" && one.payment_id === entry.payment_id)} />)}</ul>
      {owner && <Button look="quiet" size="sm" className="-mx-3.5" onClick={() => setWritingOff(true)}>{t("writeOff")}</Button>}
      {writingOff && <WriteOff debt={debt} onClose={() => setWritingOff(false)} />}
    </div>
  );
}

/** `stands`: a payment that was not taken back. */
function EntryLine({ entry, stands }: { entry: Entry; stands: boolean }) {
  const t = useTranslations("credit");
  const { money, full } = useFormats();
  const owner = useBoutique().role === "owner";
  const [taking, setTaking] = useState(false);
  const how = entry.kind === "taken_back" ? entry.reason : entry.method ? t(`by.${entry.method}`) : entry.reason;
  return (
    <li className="flex gap-3 py-2 text-xs">
      <span className="min-w-0 flex-1 break-words text-soft">{[t(`kinds.${entry.kind}`), how, entry.reference, full(entry.created_at)].filter(Boolean).join(" · ")}</span>
      <span className={cn("shrink-0 tabular-nums", entry.amount_minor < 0 && "text-green-ink")}>{money(entry.amount_minor)}</span>
      {owner && stands && entry.kind === "payment" && entry.payment_id && (
        <button type="button" onClick={() => setTaking(true)} className="-my-2 shrink-0 py-2 text-green-ink underline underline-offset-2">{t("takeBack")}</button>
      )}
      {taking && entry.payment_id && <TakeBack paymentId={entry.payment_id} sum={money(-entry.amount_minor)} onClose={() => setTaking(false)} />}
    </li>
  );
}

/** What will not come, with its reason: it stays in the ledger and is owed no more. */
function WriteOff({ debt, onClose }: { debt: Debt; onClose: () => void }) {
  const t = useTranslations();
  const path = useBoutiquePath();
  const { money } = useFormats();
  const writing = useWritingOff();
  const [reason, setReason] = useState("");
  const write = () => writing.mutate({ params: { path: { ...path, debt_id: debt.id } }, body: { reason: reason.trim() } }, {
    onSuccess: () => { toast.success(t("credit.isWrittenOff")); onClose(); },
  });
  return (
    <Sheet open onOpenChange={onClose} title={t("credit.writeOffTitle", { sum: money(debt.owed_minor) })} close={t("common.close")}
      footer={<Button look="danger" busy={writing.isPending} disabled={!reason.trim()} onClick={write}>{t("credit.writeOff")}</Button>}>
      <p className="mb-4 text-soft">{t("credit.writeOffText")}</p>
      <Field label={t("credit.reason")} error={writing.isError ? (isProblem(writing.error) ? writing.error.detail : t("common.failed")) : undefined}>
        {(wired) => <Input {...wired} autoFocus maxLength={200} value={reason} onChange={({ target }) => setReason(target.value)} />}
      </Field>
    </Sheet>
  );
}

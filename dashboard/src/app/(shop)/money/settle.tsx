"use client";

import { useState } from "react";
import { toast } from "sonner";
import { useTranslations } from "use-intl";

import { isProblem } from "@/api/problem";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { Sheet } from "@/components/ui/sheet";
import { Skeleton } from "@/components/ui/skeleton";
import { useBoutique, useBoutiquePath } from "@/shell/boutique";
import { Section } from "@/shell/detail";
import { useFormats } from "@/shell/formats";

import { type Line, REASONS, type SetAside, useLine, useMatch, useSetAside } from "./queries";

/** Money of a statement that belongs to nothing known: what it may be for, each with one tap. */
export function Settle({ lineId }: { lineId: string }) {
  const t = useTranslations();
  const path = useBoutiquePath();
  const owner = useBoutique().role === "owner";
  const line = useLine(lineId);
  const match = useMatch();
  const [aside, setAside] = useState(false);
  if (!line) return <Skeleton className="h-32 rounded-2xl" />;
  if (line.state !== "left") return null;
  if (!owner) return <p className="text-xs text-soft">{t("money.settle.ownersOnly")}</p>;
  const choose = ({ order_id, sale_id, debt_payment_id, debtor_id }: Line["choices"][number]) => match.mutate(
    { params: { path: { ...path, line_id: lineId } }, body: { order_id, sale_id, debt_payment_id, debtor_id } },
    { onSuccess: () => toast.success(t("money.settle.done")) },
  );
  return (
    <Section title={t("money.settle.title")}>
      {line.details && <p className="break-words border-b px-4 py-3 text-xs text-soft">{line.details}</p>}
      {match.isError && <div className="p-3"><Notice tone="risk">{isProblem(match.error) ? match.error.detail : t("common.failed")}</Notice></div>}
      {line.choices.length === 0 && <p className="px-4 py-3 text-soft">{t("money.settle.noChoice")}</p>}
      <ul className="divide-y">
        {line.choices.map((one) => (
          <Choice key={one.order_id ?? one.sale_id ?? one.debt_payment_id ?? one.debtor_id} one={one} busy={match.isPending} onChoose={() => choose(one)} />
        ))}
      </ul>
      <div className="border-t p-3">
        <Button look="outline" className="w-full" onClick={() => setAside(true)}>{t("money.settle.aside")}</Button>
      </div>
      <Aside lineId={lineId} open={aside} onOpenChange={setAside} />
    </Section>
  );
}

function Choice(props: { one: Line["choices"][number]; busy: boolean; onChoose: () => void }) {
  const t = useTranslations("money");
  const { full } = useFormats();
  const { one } = props;
  return (
    <li className="flex items-center gap-3 px-4 py-3">
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{one.name ?? t("nobody")}</span>
        <span className="block truncate text-xs text-soft">{one.debtor_id ? t("settle.owes", { when: full(one.at) }) : t(`sources.${one.order_id ? "order" : one.sale_id ? "counter" : "debt"}`, { number: one.number ?? "" })}</span>
        {!one.debtor_id && <span className="block text-xs text-soft">{full(one.at)}</span>}
        {one.same_phone && <Badge tone="good" className="mt-1">{t("settle.samePhone")}</Badge>}
      </span>
      <Button size="sm" busy={props.busy} onClick={props.onChoose}>{t("settle.pays")}</Button>
    </li>
  );
}

function Aside(props: { lineId: string; open: boolean; onOpenChange: (open: boolean) => void }) {
  const t = useTranslations();
  const path = useBoutiquePath();
  const setAside = useSetAside();
  const [reason, setReason] = useState<SetAside>("personal");
  const [note, setNote] = useState("");
  const save = () => setAside.mutate({ params: { path: { ...path, line_id: props.lineId } }, body: { reason, note } }, {
    onSuccess: () => { props.onOpenChange(false); toast.success(t("money.settle.done")); },
  });
  return (
    <Sheet open={props.open} onOpenChange={props.onOpenChange} title={t("money.settle.aside")} close={t("common.close")}
      footer={<Button busy={setAside.isPending} onClick={save}>{t("money.settle.setAside")}</Button>}>
      <div className="flex flex-col gap-4">
        <p className="text-soft">{t("money.settle.asideText")}</p>
        <Field label={t("money.settle.reason")}>
          {(wired) => (
            <Select {...wired} value={reason} onChange={({ target }) => setReason(target.value as SetAside)}>
              {REASONS.map((one) => <option key={one} value={one}>{t(`money.settle.reasons.${one}`)}</option>)}
            </Select>
          )}
        </Field>
        <Field label={t("money.settle.note")}>
          {(wired) => <Input {...wired} maxLength={200} value={note} onChange={({ target }) => setNote(target.value)} />}
        </Field>
        {setAside.isError && <Notice tone="risk">{isProblem(setAside.error) ? setAside.error.detail : t("common.failed")}</Notice>}
      </div>
    </Sheet>
  );
}

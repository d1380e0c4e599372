"use client";

import { Banknote, BellRing, CircleHelp } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { DetailHead, Section, WaitingDetail } from "@/shell/detail";
import { useFormats } from "@/shell/formats";

import { DebtOfSale } from "./debt-of-sale";
import { PaymentSheet } from "./payment-sheet";
import { type ShownDebtor, useDebtor } from "./queries";
import { ReminderSheet } from "./reminder-sheet";

/** Somebody who owes: her sales, what she paid of them, and what there is to do. */
export function DebtorDetail({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useTranslations("credit");
  const { data: debtor, isError } = useDebtor(id);
  if (isError) return <><DetailHead title="" onClose={onClose} /><Empty picture={<CircleHelp aria-hidden />} text={t("gone")} /></>;
  return debtor ? <Shown debtor={debtor} onClose={onClose} /> : <WaitingDetail />;
}

function Shown({ debtor, onClose }: { debtor: ShownDebtor; onClose: () => void }) {
  const t = useTranslations("credit");
  const { money, full } = useFormats();
  const [doing, setDoing] = useState<"pay" | "remind" | null>(null);
  return (
    <>
      <DetailHead title={debtor.name} below={debtor.phone} onClose={onClose} />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-160 flex-col gap-5 p-4 pb-8">
          <div>
            <p className="text-2xl font-semibold tabular-nums tracking-tight">{money(debtor.owed_minor)}</p>
            <p className="text-xs text-soft">{t("since", { days: debtor.days, sales: debtor.sales })}</p>
          </div>
          <div className="flex flex-wrap gap-2 *:flex-1">
            <Button onClick={() => setDoing("pay")}><Banknote aria-hidden /> {t("pay")}</Button>
            <Button look="outline" onClick={() => setDoing("remind")}><BellRing aria-hidden /> {t("remind")}</Button>
          </div>
          {debtor.reminded_at && <p className="text-xs text-soft">{t("remindedAt", { when: full(debtor.reminded_at) })}</p>}
          <Section title={t("of")}>
            <ul className="divide-y">{debtor.debts.map((debt) => <DebtOfSale key={debt.id} debt={debt} />)}</ul>
          </Section>
          {debtor.customer_id && <Button asChild look="outline"><Link href={`/customers?id=${debtor.customer_id}`}>{t("customer")}</Link></Button>}
        </div>
      </div>
      {doing === "pay" && <PaymentSheet debtor={debtor} onClose={() => setDoing(null)} onPaidOff={onClose} />}
      {doing === "remind" && <ReminderSheet debtor={debtor} onClose={() => setDoing(null)} />}
    </>
  );
}

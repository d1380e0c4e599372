"use client";

import { CircleCheck, CircleHelp, Clock, Undo2 } from "lucide-react";
import Link from "next/link";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";

import { cn } from "@/components/cn";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { useBoutique } from "@/shell/boutique";
import { DetailHead, Section, WaitingDetail } from "@/shell/detail";
import { useFormats } from "@/shell/formats";

import { TakeBack } from "./credit/take-back";
import { useAbout } from "./payment-row";
import { type Payment, type State, usePayment } from "./queries";
import { Settle } from "./settle";

const LOOKS: Record<State, { icon: typeof Clock; className: string }> = {
  matched: { icon: CircleCheck, className: "bg-green-soft text-green-ink" },
  unclaimed: { icon: CircleHelp, className: "bg-amber-soft text-amber" },
  under_review: { icon: CircleHelp, className: "bg-red-soft text-red" },
  reversed: { icon: Undo2, className: "bg-red-soft text-red" },
  in_flight: { icon: Clock, className: "bg-sunk" },
  failed: { icon: Clock, className: "bg-sunk" },
  set_aside: { icon: CircleCheck, className: "bg-sunk" },
};

/** A payment: what it means, and what there is to do. */
export function PaymentDetail({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useTranslations("money");
  const { data: payment, isError } = usePayment(id);
  if (isError) return <><DetailHead title="" onClose={onClose} /><Empty picture={<CircleHelp aria-hidden />} text={t("gone")} /></>;
  return payment ? <Shown payment={payment} onClose={onClose} /> : <WaitingDetail />;
}

function Shown({ payment, onClose }: { payment: Payment; onClose: () => void }) {
  const t = useTranslations("money");
  const { money, full } = useFormats();
  const { icon: Icon, className } = LOOKS[payment.state];
  const about = useAbout(payment);
  return (
    <>
      <DetailHead title={money(payment.amount_minor)} below={about} onClose={onClose} />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-160 flex-col gap-5 p-4 pb-8">
          <p role="status" className={cn("flex gap-3 rounded-2xl p-4", className)}><Icon aria-hidden className="size-6 shrink-0" /> <Meaning payment={payment} /></p>
          {payment.source === "statement" && payment.state !== "set_aside" && payment.line_id && <Settle lineId={payment.line_id} />}
          {payment.order_id && (
            <Button asChild look={payment.state === "under_review" || payment.state === "reversed" ? "main" : "outline"}>
              <Link href={`/orders?filter=all&id=${payment.order_id}`}>{t("openOrder", { number: payment.order_number ?? "" })}</Link>
            </Button>
          )}
          {payment.source === "debt" && payment.state === "reversed" && <OwedAgain payment={payment} />}
          {payment.source === "counter" && <Button asChild look="outline"><Link href="/sell/today">{t("openSales")}</Link></Button>}
          <Section title={about}>
            <dl className="divide-y">
              <Fact name={t("when")}>{full(payment.at)}</Fact>
              {payment.name && <Fact name={t("phone")}>{[payment.name, payment.phone].filter(Boolean).join(" · ")}</Fact>}
              {!payment.name && payment.phone && <Fact name={t("phone")}>{payment.phone}</Fact>}
              {payment.receipt && <Fact name={t("receipt")}><span className="font-mono">{payment.receipt}</span></Fact>}
              {payment.result_text && <Fact name={t("mpesaSaid")}>{payment.result_text}</Fact>}
              <Fact name={t("onStatement")}>{t(payment.line_id ? "yes" : "notYet")}</Fact>
            </dl>
          </Section>
        </div>
      </div>
    </>
  );
}

/** M-Pesa took a debt's payment back: she owes it again, once an owner says so. */
function OwedAgain({ payment }: { payment: Payment }) {
  const t = useTranslations("credit");
  const { money } = useFormats();
  const owner = useBoutique().role === "owner";
  const [taking, setTaking] = useState(false);
  if (!owner) return null;
  return (
    <>
      <Button onClick={() => setTaking(true)}>{t("takeBack")}</Button>
      {taking && <TakeBack paymentId={payment.id} sum={money(payment.amount_minor)} onClose={() => setTaking(false)} />}
    </>
  );
}

function Meaning({ payment }: { payment: Payment }) {
  const t = useTranslations();
  if (payment.state !== "under_review") return <span>{t(`money.meaning.${payment.state}`)}</span>;
  if (payment.review_reason === "sale_undone") return <span>{t("money.undone")}</span>;
  const reason = `orders.review.${payment.review_reason}` as never;
  return <span>{t.has(reason) ? t(reason) : t("money.states.under_review")}</span>;
}

function Fact(props: { name: string; children: ReactNode }) {
  return (
    <div className="flex items-baseline gap-4 px-4 py-3">
      <dt className="w-28 shrink-0 text-xs text-soft">{props.name}</dt>
      <dd className="min-w-0 flex-1 break-words">{props.children}</dd>
    </div>
  );
}

"use client";

import { useTranslations } from "use-intl";

import { Badge } from "@/components/ui/badge";
import { Section } from "@/shell/detail";
import { useFormats } from "@/shell/formats";

import type { OrderData } from "./queries";

/** Money that came in, whoever paid it, and money that went back. */
export function Payments({ order }: { order: OrderData }) {
  const t = useTranslations("orders");
  const { money, full } = useFormats();
  if (order.payments.length === 0 && order.refunds.length === 0) return null;
  return (
    <Section title={t("payments")}>
      <ul className="divide-y">
        {[...order.refunds].reverse().map((refund) => (
          <Entry key={`refund ${refund.number}`} amount={`−${money(refund.amount_minor)}`}
            badge={<Badge>{t("refunded")}</Badge>}
            below={[t(`refund.reasons.${refund.reason}`), refund.words, t(`refund.methods.${refund.method}`), refund.reference, full(refund.created_at)]} />
        ))}
        {order.payments.map((payment) => (
          <Entry key={payment.id} amount={money(payment.received_minor ?? payment.amount_minor)}
            badge={
              <Badge tone={payment.status === "succeeded" ? "good" : payment.status === "needs_review" ? "risk" : "plain"}>
                {t(`payment.${payment.status}`)}
              </Badge>
            }
            below={[payment.payer_name, payment.phone, payment.receipt, full(payment.created_at)]} />
        ))}
      </ul>
    </Section>
  );
}

function Entry(props: { amount: string; badge: React.ReactNode; below: (string | null)[] }) {
  return (
    <li className="p-4">
      <p className="flex items-center gap-3">
        <span className="flex-1 font-medium">{props.amount}</span>
        {props.badge}
      </p>
      <p className="mt-1 text-xs text-soft">{props.below.filter(Boolean).join(" · ")}</p>
    </li>
  );
}

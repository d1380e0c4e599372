"use client";

import { FileText, HandCoins, Smartphone, Store } from "lucide-react";
import { useTranslations } from "use-intl";

import { cn } from "@/components/cn";
import { Badge } from "@/components/ui/badge";
import { Row } from "@/components/ui/row";
import { useFormats } from "@/shell/formats";

import { TONES } from "./payment-state";
import type { Payment } from "./queries";

const ICONS = { order: Smartphone, counter: Store, debt: HandCoins, statement: FileText };

/** Who paid how much, when and for what; its state is beside it where there is something to do. */
export function PaymentRow(props: { payment: Payment; open: boolean; onOpen: () => void }) {
  const t = useTranslations("money");
  const { money, when } = useFormats();
  const { payment } = props;
  const Icon = ICONS[payment.source];
  const gone = payment.state === "failed" || payment.state === "reversed";
  return (
    <Row
      open={props.open}
      onOpen={props.onOpen}
      before={<span className="grid size-10 shrink-0 place-items-center rounded-xl bg-sunk"><Icon aria-hidden className="size-5" /></span>}
      title={payment.name ?? payment.phone ?? t("nobody")}
      aside={<span className={cn("shrink-0 font-medium tabular-nums", gone && "text-soft line-through")}>{money(payment.amount_minor)}</span>}
      below={[when(payment.at), useAbout(payment)].join(" · ")}
      belowAside={payment.state !== "matched" && <Badge tone={TONES[payment.state]}>{t(`states.${payment.state}`)}</Badge>}
    />
  );
}

/** What it is for, in a few words. */
export function useAbout(payment: Payment): string {
  const t = useTranslations("money.sources");
  return t(payment.source, { number: payment.order_number ?? payment.sale_number ?? "" });
}

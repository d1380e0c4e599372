"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";

import { Button } from "@/components/ui/button";

import { OrderMove } from "./order-moves";
import { Cancel, PaidOutside, Settle } from "./order-sheets";
import type { OrderData } from "./queries";
import { SendPart } from "./send-part";

/** What can be done with the order as it stands; the next step is the green one. */
export function OrderActions({ order }: { order: OrderData }) {
  const t = useTranslations("orders");
  const [asked, ask] = useState<"paid" | "cancel" | "settled" | "part" | null>(null);
  const close = () => ask(null);
  const may = (step: OrderData["steps"][number]) => order.steps.includes(step);
  const review = may("end_review");
  const step = review ? null : may("send") ? "sent" : may("deliver") ? "delivered" : null;
  const left = order.items.reduce((all, item) => all + item.left, 0);
  if (order.steps.length === 0) return null;
  return (
    <footer className="flex shrink-0 flex-wrap gap-2 border-t bg-surface px-4 pb-[max(0.75rem,env(safe-area-inset-bottom))] pt-3 *:flex-1 wide:justify-end wide:px-6 wide:*:flex-none">
      {review && <Button look="outline" onClick={() => ask("settled")}>{t("settle")}</Button>}
      {may("cancel") && !review && <Button look="outline" onClick={() => ask("cancel")}>{t("cancel")}</Button>}
      {step === "sent" && left > 1 && <Button look="outline" onClick={() => ask("part")}>{t("sendPart")}</Button>}
      {step && <OrderMove order={order} step={step} />}
      {may("take_payment") && <Button onClick={() => ask("paid")}>{t("paidOutside")}</Button>}
      <PaidOutside order={order} open={asked === "paid"} onClose={close} />
      <Settle order={order} open={asked === "settled"} onClose={close} />
      <Cancel order={order} open={asked === "cancel"} onClose={close} />
      {asked === "part" && <SendPart order={order} onClose={close} />}
    </footer>
  );
}

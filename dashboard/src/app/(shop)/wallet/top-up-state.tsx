"use client";

import { CircleCheck, CircleHelp, CircleX, LoaderCircle } from "lucide-react";
import { useTranslations } from "use-intl";

import { type TopUp, useTopUp } from "./queries";

const LOOKS = {
  waiting: { icon: LoaderCircle, className: "animate-spin text-amber" },
  paid: { icon: CircleCheck, className: "text-green-ink" },
  failed: { icon: CircleX, className: "text-red" },
  unanswered: { icon: CircleHelp, className: "text-amber" },
  review: { icon: CircleHelp, className: "text-amber" },
};

/** How far a purchase is, followed until M-Pesa has told its end. */
export function TopUpState({ topUp }: { topUp: TopUp }) {
  const t = useTranslations();
  const now = useTopUp(topUp.id) ?? topUp;
  const { icon: Icon, className } = LOOKS[now.state];
  const reason = `settings.mpesa.reasons.${now.reason}` as never;
  const words = {
    waiting: () => t("wallet.states.waiting", { phone: now.phone ?? "" }),
    paid: () => t("wallet.states.paid", { count: now.tokens }),
    failed: () => t.has(reason) ? t(reason) : t("wallet.states.failed"),
    unanswered: () => t("wallet.states.unanswered"),
    review: () => t("wallet.states.review"),
  };
  return (
    <p role="status" className="flex items-center gap-3 rounded-2xl border bg-sunk p-4">
      <Icon aria-hidden className={`size-6 shrink-0 ${className}`} />
      <span className="min-w-0 flex-1">
        {words[now.state]()}
        {now.receipt && <span className="block text-xs text-soft">{t("wallet.receipt", { receipt: now.receipt })}</span>}
      </span>
    </p>
  );
}

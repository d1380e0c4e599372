"use client";

import { Check } from "lucide-react";
import { useTranslations } from "use-intl";

import { cn } from "@/components/cn";
import { Avatar } from "@/components/ui/avatar";

import type { Customer } from "./use-customers";

/** A customer to be ticked, and whether offers may go to her. */
export function CustomerTick({ customer, on, onToggle }: { customer: Customer; on: boolean; onToggle: () => void }) {
  const t = useTranslations("campaigns.hand");
  const told = [customer.phone, customer.paid_orders > 0 && t("orders", { count: customer.paid_orders })].filter(Boolean).join(" · ");
  return (
    <label className="flex min-h-16 cursor-pointer items-center gap-3 rounded-lg py-2 has-focus-visible:outline-2 has-focus-visible:outline-green">
      <input type="checkbox" checked={on} onChange={onToggle} className="sr-only" />
      <Avatar name={customer.name ?? "?"} className="size-10" />
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{customer.name ?? t("noName")}</span>
        <span className="block truncate text-xs text-soft">{told}</span>
        {!customer.may_market && <span className="block text-xs text-amber">{t("noYes")}</span>}
      </span>
      <span aria-hidden className={cn("grid size-6 shrink-0 place-items-center rounded-md border-2", on ? "border-green bg-green text-on-green" : "border-line-strong")}>
        {on && <Check className="size-4" />}
      </span>
    </label>
  );
}

import { BadgePercent, CircleX, CreditCard, Eye, Headset, type LucideIcon, PackageCheck, PackageOpen, ShoppingBasket, ShoppingCart } from "lucide-react";

import type { Summary } from "./queries";

type Trigger = Summary["rule"]["trigger"];

const ICONS: Record<Trigger, typeof Eye> = {
  cart_abandoned: ShoppingBasket, price_dropped: BadgePercent, back_in_stock: PackageOpen,
  checkout_started: CreditCard, payment_failed: CircleX, order_delivered: PackageCheck,
  view_product: Eye, add_to_cart: ShoppingCart, support_message: Headset,
};

export function TriggerIcon({ trigger, className }: { trigger: Trigger; className?: string }) {
  const Icon = ICONS[trigger];
  return <Icon aria-hidden className={className ?? "size-5"} />;
}

/** Of an event that begins rules; none for another. */
export function triggerIconOf(kind: string): LucideIcon | undefined {
  return (ICONS as Partial<Record<string, LucideIcon>>)[kind];
}

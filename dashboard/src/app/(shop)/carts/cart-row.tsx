"use client";

import { ChevronRight } from "lucide-react";
import { useTranslations } from "use-intl";

import { Badge } from "@/components/ui/badge";
import { useFormats } from "@/shell/formats";

import type { LeftCart } from "./queries";

export function CartRow({ cart, onOpen }: { cart: LeftCart; onOpen: () => void }) {
  const t = useTranslations();
  const { money, when } = useFormats();
  return (
    <button type="button" onClick={onOpen}
      className="flex w-full items-center gap-3 px-4 py-3 text-left transition-colors hover:bg-ink/4 focus-visible:-outline-offset-2">
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{cart.customer_name ?? cart.phone ?? t("chats.customer")}</span>
        <span className="block truncate text-xs text-soft">
          {cart.first_piece}{cart.pieces > 1 && ` · ${t("carts.pieces", { count: cart.pieces })}`} · {when(cart.changed_at)}
        </span>
        {cart.reminded_at && <Badge tone="good">{t("carts.reminded")}</Badge>}
      </span>
      <span className="font-semibold tabular-nums">{money(cart.total_minor)}</span>
      <ChevronRight aria-hidden className="size-5 text-soft" />
    </button>
  );
}

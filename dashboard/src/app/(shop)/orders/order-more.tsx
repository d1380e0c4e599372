"use client";

import { EllipsisVertical, History, Share2, Undo2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { Button } from "@/components/ui/button";
import { Menu, MenuItem } from "@/components/ui/menu";
import { toast } from "@/components/ui/toaster";
import { useWords } from "@/components/words";
import { useBoutique } from "@/shell/boutique";

import { mapLink } from "./map-link";
import type { OrderData } from "./queries";
import { Refund } from "./refund";

/** What is done with an order now and then: share it with who delivers, give money back. */
export function OrderMore({ order }: { order: OrderData }) {
  const t = useTranslations("orders");
  const { role } = useBoutique();
  const share = useShare(order);
  const router = useRouter();
  const common = useTranslations("common");
  const [refunding, setRefunding] = useState(false);
  return (
    <>
      <Menu align="end" trigger={<Button look="quiet" size="icon" aria-label={t("more")}><EllipsisVertical aria-hidden /></Button>}>
        <MenuItem onSelect={() => void share()}><Share2 aria-hidden /> {t("share")}</MenuItem>
        {role === "owner" && (
          <MenuItem onSelect={() => router.push(`/settings/changes?thing=order:${order.number}`)}><History aria-hidden /> {common("changes")}</MenuItem>
        )}
        {role === "owner" && order.refundable_minor > 0 && (
          <MenuItem danger onSelect={() => setRefunding(true)}><Undo2 aria-hidden /> {t("refund.title")}</MenuItem>
        )}
      </Menu>
      {refunding && <Refund order={order} onClose={() => setRefunding(false)} />}
    </>
  );
}

/** What a rider needs: pieces, name, phone, address and the way there; copied where nothing shares. */
function useShare(order: OrderData) {
  const t = useTranslations("orders");
  const { colour } = useWords();
  return async () => {
    const pieces = order.items.map((item) => `${item.quantity} × ${item.name} (${colour(item.colour)}, ${item.size})`);
    const who = [order.customer_name, order.customer_phone].filter(Boolean).join(" · ");
    const text = [order.number, ...pieces, who, order.address, order.note, mapLink(order)].filter(Boolean).join("\n");
    try {
      if (typeof navigator.share === "function") await navigator.share({ title: order.number, text });
      else {
        await navigator.clipboard.writeText(text);
        toast.success(t("copied"));
      }
    } catch (error) {
      // Who closes the device's sheet has changed her mind; anything else is told.
      if (!(error instanceof DOMException && error.name === "AbortError")) toast.error(t("notShared"));
    }
  };
}

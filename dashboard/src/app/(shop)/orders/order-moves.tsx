"use client";

import { PackageCheck, Truck } from "lucide-react";
import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { isProblem } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toaster";
import { useBoutiquePath } from "@/shell/boutique";

import { type OrderData, useOrdersChanged } from "./queries";

/** The next step of a paid order. The customer is told, so there is no way back by a tap. */
export function OrderMove({ order, step }: { order: OrderData; step: "sent" | "delivered" }) {
  const t = useTranslations();
  const path = useBoutiquePath();
  const changed = useOrdersChanged();
  const params = { path: { ...path, order_id: order.id } };
  const options = {
    onSuccess: () => {
      toast.success(t(`orders.is.${step}`, { name: order.customer_name ?? t("orders.customer") }));
      void changed();
    },
    onError: (error: unknown) => void toast.error(isProblem(error) ? error.detail : t("common.failed")),
  };
  const sent = api.useMutation("post", "/boutiques/{boutique_id}/orders/{order_id}/sent", options);
  const delivered = api.useMutation("post", "/boutiques/{boutique_id}/orders/{order_id}/delivered", options);
  const move = step === "sent" ? sent : delivered;
  return (
    <Button busy={move.isPending} onClick={() => move.mutate({ params })}>
      {step === "sent" ? <Truck aria-hidden /> : <PackageCheck aria-hidden />}
      {t(`orders.mark.${step}`)}
    </Button>
  );
}

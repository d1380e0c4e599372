"use client";

import { useTranslations } from "use-intl";

import { isProblem } from "@/api/problem";
import { toast } from "@/components/ui/toaster";
import { useBoutiquePath } from "@/shell/boutique";

import { type OrderData, useOrdersChanged } from "./queries";

/**
 * What every action on an order has in common: its address, and what happens after it. A refusal
 * that names fields is shown beside them; any other is told at once, and what was typed stays.
 */
export function useDone(order: OrderData, onClose: () => void) {
  const t = useTranslations("common");
  const path = useBoutiquePath();
  const changed = useOrdersChanged();
  return {
    params: { path: { ...path, order_id: order.id } },
    options: {
      onSuccess: () => { onClose(); void changed(); },
      onError: (error: unknown) => {
        const problem = isProblem(error) ? error : null;
        if (!problem?.errors?.length) toast.error(problem?.detail ?? t("failed"));
        if (problem?.status === 409) void changed();
      },
    },
  };
}

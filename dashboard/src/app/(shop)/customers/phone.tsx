"use client";

import { Eye } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { isProblem } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toaster";
import { useBoutiquePath } from "@/shell/boutique";

import { CUSTOMER, useCustomersChanged } from "./queries";

/** The whole number, for owners, with one tap that the log keeps. */
export function RevealPhone({ id }: { id: string }) {
  const t = useTranslations();
  const path = useBoutiquePath();
  const changed = useCustomersChanged();
  const [phone, setPhone] = useState<string | null>(null);
  const reveal = api.useMutation("post", `${CUSTOMER}/reveal-phone`, {
    onSuccess: (found) => { setPhone(found.phone ?? t("customers.noNumber")); void changed(); },
    onError: (error) => void toast.error(isProblem(error) ? error.detail : t("common.failed")),
  });
  if (phone) {
    return phone.startsWith("+")
      ? <Button asChild look="outline"><a href={`tel:${phone}`} className="tabular-nums">{phone}</a></Button>
      : <p className="text-soft">{phone}</p>;
  }
  return (
    <Button look="outline" busy={reveal.isPending} onClick={() => reveal.mutate({ params: { path: { ...path, customer_id: id } } })}>
      <Eye aria-hidden /> {t("customers.reveal")}
    </Button>
  );
}

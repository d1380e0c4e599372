"use client";

import { useMutation } from "@tanstack/react-query";
import { Download, History, MoreVertical, UserX } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { client } from "@/api/client";
import { isProblem } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { Menu, MenuItem } from "@/components/ui/menu";
import { toast } from "@/components/ui/toaster";
import { save } from "@/receipts/file";
import { useBoutiquePath } from "@/shell/boutique";

import { EraseSheet } from "./erase-sheet";
import { CUSTOMER, useCustomersChanged } from "./queries";

/** What an owner does for a customer who asks what is kept of her, or wants it gone. */
export function CustomerMenu(props: { id: string; name: string; onErased: () => void }) {
  const t = useTranslations();
  const path = useBoutiquePath();
  const router = useRouter();
  const changed = useCustomersChanged();
  const [erasing, setErasing] = useState(false);
  const download = useMutation({
    mutationFn: async () => {
      const { data, error } = await client.POST(`${CUSTOMER}/export`, { params: { path: { ...path, customer_id: props.id } }, parseAs: "blob" });
      if (!data) throw error;
      return new File([data as Blob], `${props.name}.zip`, { type: "application/zip" });
    },
    onSuccess: (file) => { save(file); void changed(); },
    onError: (error) => void toast.error(isProblem(error) ? error.detail : t("common.failed")),
  });
  return (
    <>
      <Menu align="end" trigger={
        <Button look="quiet" size="icon" aria-label={t("customers.more")} busy={download.isPending}>{!download.isPending && <MoreVertical aria-hidden />}</Button>
      }>
        <MenuItem onSelect={() => download.mutate()}><Download aria-hidden /> {t("customers.export")}</MenuItem>
        <MenuItem onSelect={() => router.push(`/settings/changes?thing=customers:${props.id}`)}><History aria-hidden /> {t("common.changes")}</MenuItem>
        <MenuItem danger onSelect={() => setErasing(true)}><UserX aria-hidden /> {t("customers.erase")}</MenuItem>
      </Menu>
      {erasing && <EraseSheet id={props.id} name={props.name} onClose={() => setErasing(false)} onErased={props.onErased} />}
    </>
  );
}

"use client";

import { Send } from "lucide-react";
import { useRef } from "react";
import { useTranslations } from "use-intl";

import { newKey } from "@/api/once";
import { isProblem } from "@/api/problem";
import { Copyable } from "@/components/copyable";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Sheet } from "@/components/ui/sheet";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toaster";
import { useBoutiquePath } from "@/shell/boutique";

import { type ShownDebtor, useReminder, useReminding } from "./queries";

/** What she will read, before it is sent; where it may not be, why, and the words to send oneself. */
export function ReminderSheet({ debtor, onClose }: { debtor: ShownDebtor; onClose: () => void }) {
  const t = useTranslations();
  const path = useBoutiquePath();
  const key = useRef(newKey());
  const reminder = useReminder(debtor.id, true).data;
  const reminding = useReminding();
  const send = () => reminding.mutate({ params: { path: { ...path, debtor_id: debtor.id }, header: { "idempotency-key": key.current } } }, {
    onSuccess: () => { toast.success(t("credit.isReminded")); onClose(); },
    onError: (error) => { if (isProblem(error)) key.current = newKey(); },
  });
  const obstacle = reminder?.obstacle;
  return (
    <Sheet open onOpenChange={onClose} title={t("credit.remindTitle", { name: debtor.name })} close={t("common.close")}
      footer={reminder && !obstacle && <Button busy={reminding.isPending} onClick={send}><Send aria-hidden /> {t("credit.send")}</Button>}>
      {!reminder ? <Skeleton className="h-32 rounded-2xl" /> : (
        <div className="flex flex-col gap-4">
          {obstacle && <Notice tone="waits">{t(`credit.obstacles.${obstacle}`)}</Notice>}
          {obstacle && obstacle !== "opted_out"
            ? <Copyable label={t("credit.words")} text={reminder.text} />
            : <p className="rounded-2xl rounded-tl-md bg-green-soft p-4 text-green-ink">{reminder.text}</p>}
          {!obstacle && <p className="text-xs text-soft">{t("credit.remindHint")}</p>}
          {reminding.isError && <Notice tone="risk">{isProblem(reminding.error) ? reminding.error.detail : t("common.failed")}</Notice>}
        </div>
      )}
    </Sheet>
  );
}

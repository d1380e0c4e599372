"use client";

import { useTranslations } from "use-intl";

import { isProblem } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { Sheet } from "@/components/ui/sheet";
import { toast } from "@/components/ui/toaster";
import { useBoutiquePath } from "@/shell/boutique";

import { Connect } from "./connect";
import { useDisconnect } from "./queries";

/** Another catalogue, or none. */
export function ChangeSheet({ current, onClose }: { current: string; onClose: () => void }) {
  const t = useTranslations();
  const path = useBoutiquePath();
  const part = useDisconnect();
  const disconnect = () => part.mutate({ params: { path } }, {
    onSuccess: onClose,
    onError: (error) => void toast.error(isProblem(error) ? error.detail : t("common.failed")),
  });
  return (
    <Sheet open onOpenChange={(open) => !open && onClose()} title={t("catalogue.change")} close={t("common.close")}>
      <div className="flex flex-col gap-6">
        <Connect current={current} onDone={onClose} />
        <div className="flex flex-col gap-3">
          <p className="text-soft">{t("catalogue.disconnectText")}</p>
          <Button look="danger" className="self-start" busy={part.isPending} onClick={disconnect}>{t("catalogue.disconnect")}</Button>
        </div>
      </div>
    </Sheet>
  );
}

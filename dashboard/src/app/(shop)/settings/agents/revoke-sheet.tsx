"use client";

import { useTranslations } from "use-intl";

import { Button } from "@/components/ui/button";
import { Sheet } from "@/components/ui/sheet";
import { useBoutiquePath } from "@/shell/boutique";

import { type AgentKey, useRevoking } from "./queries";

export function RevokeSheet({ of, onClose }: { of: AgentKey; onClose: () => void }) {
  const t = useTranslations("agents");
  const tCommon = useTranslations("common");
  const path = useBoutiquePath();
  const revoking = useRevoking();
  const revoke = () => revoking.mutate({ params: { path: { ...path, key_id: of.id } } }, { onSuccess: onClose });
  return (
    <Sheet open onOpenChange={onClose} title={of.name} close={tCommon("close")}
      footer={<Button look="danger" busy={revoking.isPending} onClick={revoke}>{t("keys.revoke")}</Button>}>
      <p className="pt-1 text-soft">{t("keys.revokeMeans")}</p>
    </Sheet>
  );
}

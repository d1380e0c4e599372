"use client";

import { Zap } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { useBoutique, useBoutiquePath } from "@/shell/boutique";

import { AUTOMATIONS, useAutomationsChanged } from "../automations/queries";
import { Outcome } from "../automations/trying/outcome";
import { refusal } from "../automations/trying/refusal";
import { isToldWhy, NOTHING_PASSED, type Passing, PassOver } from "../automations/trying/pass-over";

/** The message of the shop's rule for left carts, sent now; for owners. */
export function RecoverNow({ cartId }: { cartId: string }) {
  const t = useTranslations();
  const path = useBoutiquePath();
  const owner = useBoutique().role === "owner";
  const changed = useAutomationsChanged();
  const [passing, pass] = useState<Passing>(NOTHING_PASSED);
  const recover = api.useMutation("post", `${AUTOMATIONS}/recover`, { onSuccess: () => changed() });
  if (!owner) return null;
  return (
    <section aria-label={t("automations.send.recover")} className="flex flex-col gap-3 border-t pt-4">
      <p className="text-soft">{t("automations.send.recoverText")}</p>
      <PassOver passing={passing} onChange={pass} />
      <div>
        <Button look="outline" busy={recover.isPending} disabled={!isToldWhy(passing) || Boolean(recover.data?.send_id)}
          onClick={() => recover.mutate({ params: { path }, body: { cart_id: cartId, override: passing.override, reason: passing.reason.trim() || null } })}>
          <Zap aria-hidden /> {t("automations.send.recover")}
        </Button>
      </div>
      <Outcome result={recover.data} />
      {recover.error && <Notice tone="waits">{refusal(t, recover.error)}</Notice>}
    </section>
  );
}

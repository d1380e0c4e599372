"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Sheet } from "@/components/ui/sheet";
import { useBoutiquePath } from "@/shell/boutique";

import { ONE_RULE, type Rule, useAutomationsChanged } from "../queries";
import { type Chosen, CustomerChoice } from "./customer-choice";
import { Outcome } from "./outcome";
import { type Passing, NOTHING_PASSED, isToldWhy, PassOver } from "./pass-over";
import { refusal } from "./refusal";

/** One message of a rule to one customer now. What she agreed to counts, whoever asks. */
export function SendSheet({ rule, onClose }: { rule: Rule; onClose: () => void }) {
  const t = useTranslations();
  const path = useBoutiquePath();
  const changed = useAutomationsChanged();
  const [chosen, choose] = useState<Chosen | null>(null);
  const [passing, pass] = useState<Passing>(NOTHING_PASSED);
  const send = api.useMutation("post", `${ONE_RULE}/send`, { onSuccess: () => changed() });
  return (
    <Sheet open onOpenChange={(open) => !open && onClose()} close={t("common.close")} title={t("automations.send.title", { name: rule.definition.name })}
      footer={
        <Button busy={send.isPending} disabled={!chosen || !isToldWhy(passing) || Boolean(send.data?.send_id)}
          onClick={() => chosen && send.mutate({
            params: { path: { ...path, rule_id: rule.id } },
            body: { customer_id: chosen.id, override: passing.override, reason: passing.reason.trim() || null },
          })}>
          {t("automations.send.now")}
        </Button>
      }>
      <div className="flex flex-col gap-4">
        <p className="text-soft">{t("automations.send.text")}</p>
        <CustomerChoice chosen={chosen} onChoose={(next) => { choose(next); send.reset(); }} />
        {chosen && <PassOver passing={passing} onChange={pass} />}
        <Outcome result={send.data} />
        {send.error && <Notice tone="risk">{refusal(t, send.error)}</Notice>}
      </div>
    </Sheet>
  );
}

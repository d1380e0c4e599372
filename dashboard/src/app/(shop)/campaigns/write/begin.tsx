"use client";

import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { newKey } from "@/api/once";
import { isProblem, remedyFor } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { useBoutique, useBoutiquePath } from "@/shell/boutique";
import { useUrl } from "@/shell/url";

import { useCampaignsChanged } from "../queries";
import { StepFrame } from "./frame";
import { NameStep } from "./name-step";
import { CAMPAIGN_TEMPLATE } from "./use-templates";

/** The first step: once it has a name, the draft is kept. */
export function Begin() {
  const t = useTranslations();
  const router = useRouter();
  const path = useBoutiquePath();
  const { role } = useBoutique();
  const { change } = useUrl();
  const changed = useCampaignsChanged();
  const key = useRef(newKey());
  const [name, setName] = useState("");
  const create = api.useMutation("post", "/boutiques/{boutique_id}/campaigns", {
    onSuccess: (made) => {
      void changed();
      change({ id: made.id, step: "message" }, "replace");
    },
    onError: () => { key.current = newKey(); },
  });
  const remedy = remedyFor(create.error, "name");
  return (
    <StepFrame name={t("campaigns.new")} step="name" onClose={() => router.push("/campaigns")}
      footer={
        <Button busy={create.isPending} disabled={role !== "owner" || name.trim() === ""}
          onClick={() => create.mutate({
            params: { path, header: { "idempotency-key": key.current } },
            body: { ...EMPTY, name: name.trim() },
          })}>
          {t("campaigns.write.next")}
        </Button>
      }>
      {role !== "owner" && <Notice tone="waits">{t("campaigns.ownersOnly")}</Notice>}
      <NameStep name={name} onChange={setName} error={remedy} />
      {create.error && !remedy ? <Notice tone="risk">{isProblem(create.error) ? create.error.detail : t("common.failed")}</Notice> : null}
    </StepFrame>
  );
}

/** What a campaign is until its owner says otherwise. */
const EMPTY = {
  audience: { kind: "all" as const },
  pieces: [],
  message: { template: CAMPAIGN_TEMPLATE, language: "customer" as const, variables: {} },
  schedule: { kind: "now" as const },
  pace: { per_minute: 10, opens: "09:00", closes: "21:00", skip_days: [], best_hour: false, retry_failed: true, max_retries: 3 },
  experiment: null,
};

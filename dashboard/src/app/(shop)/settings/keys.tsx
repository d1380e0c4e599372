"use client";

import { KeyRound, Plus } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { api, type Schemas } from "@/api/client";
import { isProblem } from "@/api/problem";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Row } from "@/components/ui/row";
import { Sheet } from "@/components/ui/sheet";
import { SkeletonRows } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toaster";
import { useBoutiquePath } from "@/shell/boutique";
import { useFormats } from "@/shell/formats";

import { NewKeySheet } from "./new-key-sheet";
import { PartPage } from "./part-form";
import { useApiKeys, useListChanged } from "./queries";

const KEYS = "/boutiques/{boutique_id}/api-keys";
type ApiKey = Schemas["ApiKey"];

/** Keys for programs of the shop's own. A key is shown once; a lost one is revoked and made anew. */
export function KeysPart({ onClose }: { onClose: () => void }) {
  const t = useTranslations("settings");
  const { when } = useFormats();
  const { data } = useApiKeys();
  const [making, setMaking] = useState(false);
  const [open, setOpen] = useState<ApiKey | null>(null);
  const add = <Button size="sm" onClick={() => setMaking(true)}><Plus aria-hidden /> {t("keys.add")}</Button>;
  return (
    <PartPage title={t("keys.title")} text={t("keys.text")} onClose={onClose}>
      {!data && <SkeletonRows count={2} />}
      {data?.items.length === 0 && <Empty picture={<KeyRound aria-hidden />} text={t("keys.none")} action={add} />}
      {data && data.items.length > 0 && (
        <>
          <ul aria-label={t("keys.title")} className="divide-y overflow-hidden rounded-2xl border bg-surface">
            {data.items.map((key) => (
              <li key={key.id}>
                <Row onOpen={() => !key.revoked_at && setOpen(key)} title={key.name}
                  aside={<code className="text-xs text-soft">{key.begins_with}…</code>}
                  below={key.last_used_at ? t("keys.used", { when: when(key.last_used_at) }) : t("keys.unused")}
                  belowAside={key.revoked_at
                    ? <Badge tone="risk">{t("keys.revoked")}</Badge>
                    : <Badge tone={key.may_write ? "waits" : "plain"}>{t(key.may_write ? "keys.writes" : "keys.reads")}</Badge>} />
              </li>
            ))}
          </ul>
          <div>{add}</div>
        </>
      )}
      {making && <NewKeySheet onClose={() => setMaking(false)} />}
      {open && <RevokeSheet of={open} onClose={() => setOpen(null)} />}
    </PartPage>
  );
}

function RevokeSheet({ of, onClose }: { of: ApiKey; onClose: () => void }) {
  const t = useTranslations();
  const path = useBoutiquePath();
  const changed = useListChanged(KEYS);
  const revoke = api.useMutation("delete", `${KEYS}/{key_id}`, {
    onSuccess: () => { changed(); onClose(); },
    onError: (error) => void toast.error(isProblem(error) ? error.detail : t("common.failed")),
  });
  return (
    <Sheet open onOpenChange={onClose} title={of.name} close={t("common.close")}
      footer={
        <Button look="danger" busy={revoke.isPending} onClick={() => revoke.mutate({ params: { path: { ...path, key_id: of.id } } })}>
          {t("settings.keys.revoke")}
        </Button>
      }>
      <p className="pt-1 text-soft">{t("settings.keys.revokeMeans")}</p>
    </Sheet>
  );
}

"use client";

import { KeyRound, Plus } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { later } from "@/components/later";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Row } from "@/components/ui/row";
import { useFormats } from "@/shell/formats";

import type { AgentKey, Agents } from "./queries";

const NewKeySheet = later(() => import("./new-key-sheet").then((part) => part.NewKeySheet));
const RevokeSheet = later(() => import("./revoke-sheet").then((part) => part.RevokeSheet));

/** A key for each agent, so that one can be ended without the others. */
export function Keys({ of }: { of: Agents }) {
  const t = useTranslations("agents");
  const [making, setMaking] = useState(false);
  const [open, setOpen] = useState<AgentKey | null>(null);
  const add = <Button size="sm" onClick={() => setMaking(true)}><Plus aria-hidden /> {t("keys.add")}</Button>;
  return (
    <section aria-labelledby="agents-keys" className="flex flex-col gap-3">
      <h2 id="agents-keys" className="font-medium">{t("keys.title")}</h2>
      {of.keys.length === 0 ? <Empty picture={<KeyRound aria-hidden />} text={t("keys.none")} action={add} /> : (
        <>
          <ul aria-labelledby="agents-keys" className="divide-y overflow-hidden rounded-2xl border bg-surface">
            {of.keys.map((key) => <li key={key.id}><KeyRow of={key} onOpen={() => setOpen(key)} /></li>)}
          </ul>
          <div>{add}</div>
        </>
      )}
      {making && <NewKeySheet onClose={() => setMaking(false)} />}
      {open && <RevokeSheet of={open} onClose={() => setOpen(null)} />}
    </section>
  );
}

function KeyRow({ of, onOpen }: { of: AgentKey; onOpen: () => void }) {
  const t = useTranslations("agents");
  const { when } = useFormats();
  return (
    <Row onOpen={() => !of.revoked_at && onOpen()} title={of.name}
      aside={<code className="text-xs text-soft">{of.begins_with}…</code>}
      below={of.last_called_at ? t("keys.used", { when: when(of.last_called_at) }) : t("keys.unused")}
      belowAside={of.revoked_at ? <Badge tone="risk">{t("keys.revoked")}</Badge> : <Badge tone="plain">{t("keys.calls", { count: of.calls })}</Badge>} />
  );
}

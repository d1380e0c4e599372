"use client";

import { useTranslations } from "use-intl";

import { api, type Schemas } from "@/api/client";
import { Badge } from "@/components/ui/badge";
import { useClock } from "@/platform/works/formats";
import { Section } from "@/shell/detail";

type Replay = Schemas["WebhookEventReplay"];
const TONES = { handled: "good", unchanged: "plain", refused: "waits", failed: "risk", gone: "plain" } as const;
const REASONS = [
  "handled_before", "not_verified", "nothing_in_it", "still_unknown_number", "still_unreadable", "still_ignored", "still_unmatched",
  "still_unconfirmed", "still_stored",
] as const;

/** Who replayed an event, when, and what came of it. */
export function Replays({ history }: { history: Replay[] }) {
  const t = useTranslations("works.webhooks");
  return (
    <Section title={t("history")}>
      {history.length === 0 && <p className="px-4 py-3 text-soft">{t("neverReplayed")}</p>}
      <ul className="divide-y">{history.map((one) => <ReplayRow key={one.replay_id} one={one} />)}</ul>
    </Section>
  );
}

function ReplayRow({ one }: { one: Replay }) {
  const t = useTranslations("works.webhooks");
  const { full } = useClock();
  const me = api.useQuery("get", "/me", {}, { staleTime: 300_000 }).data;
  const who = me && one.actor === `platform:${me.user_id}` ? t("you") : t("someone");
  const reason = REASONS.find((known) => known === one.reason);
  return (
    <li className="flex flex-col gap-1 px-4 py-3">
      <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="flex-1 text-xs text-soft">{t("by", { at: full(one.replayed_at), who })}</span>
        <Badge tone={TONES[one.result]}>{t(`results.${one.result}`)}</Badge>
      </span>
      {one.reason && <span className="break-words">{reason ? t(`reasons.${reason}`) : one.reason}</span>}
    </li>
  );
}

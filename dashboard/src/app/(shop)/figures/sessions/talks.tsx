"use client";

import { MessageCircleOff } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "use-intl";

import { RowList } from "@/components/rows";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { Empty } from "@/components/ui/empty";
import { Row } from "@/components/ui/row";
import { Segmented } from "@/components/ui/segmented";
import { WithAllWords } from "@/i18n";
import { useBoutique } from "@/shell/boutique";
import { useFormats } from "@/shell/formats";
import { PageHead, PageWaiting } from "@/shell/page";
import { useChoice } from "@/shell/url";

import { BackTitle } from "../back-title";
import { DaysChosen } from "../days-chosen";
import { STAGES, type Talk, useAskedDays, useTalks } from "../queries";

export function TalksPage() {
  return <WithAllWords waiting={<PageWaiting />}><Talks /></WithAllWords>;
}

/** The talks that ended somewhere, or in which something was not understood: a tap reads one. */
function Talks() {
  const t = useTranslations("figures");
  const owner = useBoutique().role === "owner";
  return (
    <>
      <PageHead title={<BackTitle title={t("talks")} />} />
      <main className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-160 flex-col gap-4 p-4 pb-8">
          {owner ? <OfDays /> : <p className="text-soft">{t("ownersOnly")}</p>}
        </div>
      </main>
    </>
  );
}

function OfDays() {
  const t = useTranslations("figures");
  const router = useRouter();
  const { days } = useAskedDays();
  const [stage, chooseStage] = useChoice("stage", STAGES);
  const [misunderstood, choose] = useChoice("misunderstood", ["no", "yes"] as const);
  const talks = useTalks(days, stage === "any" ? undefined : stage, misunderstood === "yes");
  return (
    <>
      <DaysChosen />
      <section aria-label={t("talks")} className="overflow-hidden rounded-2xl border bg-surface">
        <div className="flex flex-col gap-1 overflow-hidden border-b px-4 py-2">
          <Segmented label={t("ended")} value={stage} onChange={chooseStage} segments={STAGES.map((value) => ({ value, label: t(`stages.${value}`) }))} />
          <Segmented label={t("understood")} value={misunderstood} onChange={choose}
            segments={[{ value: "no", label: t("allTalks") }, { value: "yes", label: t("notUnderstood") }]} />
        </div>
        <RowList of={talks} label={t("talks")} row={(talk) => <TalkRow talk={talk} onOpen={() => router.push(`/chats?id=${talk.conversation_id}`)} />}
          empty={<Empty picture={<MessageCircleOff aria-hidden />} text={t("noTalksHere")} />} />
      </section>
    </>
  );
}

function TalkRow({ talk, onOpen }: { talk: Talk; onOpen: () => void }) {
  const t = useTranslations("figures");
  const { full } = useFormats();
  const name = talk.customer_name ?? t("nobody");
  return (
    <Row onOpen={onOpen} before={<Avatar name={name} />} title={name}
      aside={<span className="shrink-0 text-xs text-soft">{full(talk.started_at)}</span>}
      below={talk.last_words ? `“${talk.last_words}”` : t("wordsGone")}
      belowAside={talk.misunderstood > 0 ? <Badge tone="waits">{t("notUnderstood")}</Badge> : talk.with_person ? <Badge>{t("withPerson")}</Badge> : null} />
  );
}

"use client";

import { ArrowLeft, CloudOff, Smartphone } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";

import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Skeleton, SkeletonRows } from "@/components/ui/skeleton";
import { WithAllWords } from "@/i18n";
import { PageHead, PageWaiting } from "@/shell/page";

import { Connect } from "./connect";
import { ForeignItems } from "./foreign";
import { Pieces } from "./pieces";
import { isUnderWay, useCatalogue } from "./queries";
import { Standing } from "./standing";

export function CataloguePage() {
  return <WithAllWords waiting={<PageWaiting />}><Catalogue /></WithAllWords>;
}

/** The pieces as WhatsApp's catalogue has them: how they stand, what is refused, what differs. */
function Catalogue() {
  const t = useTranslations();
  return (
    <>
      <PageHead title={<span className="flex items-center gap-1"><Button asChild look="quiet" size="icon" className="-ml-2"><Link href="/pieces" aria-label={t("pieces.title")}><ArrowLeft aria-hidden /></Link></Button> {t("catalogue.title")}</span>} />
      <main className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-160 flex-col gap-4 p-4 pb-8"><Shown /></div>
      </main>
    </>
  );
}

function Shown() {
  const t = useTranslations();
  const { data, isError, refetch } = useCatalogue();
  if (!data && isError) {
    return (
      <Empty picture={<CloudOff aria-hidden />} text={t("common.noAnswer")}
        action={<Button look="outline" onClick={() => void refetch()}>{t("common.retry")}</Button>} />
    );
  }
  if (!data) return <><Skeleton className="h-44 rounded-2xl" /><SkeletonRows /></>;
  if (!data.catalogue) {
    return data.provider === "meta" ? <Connect />
      : <Empty picture={<Smartphone aria-hidden />} text={t("catalogue.notOnMeta")}
          action={<Button asChild look="outline"><Link href="/settings?part=channel">{t("catalogue.toChannel")}</Link></Button>} />;
  }
  return (
    <>
      <Standing catalogue={data.catalogue} />
      <Pieces counts={data.catalogue.counts} currency={data.currency} underWay={isUnderWay(data.catalogue)} readAt={data.catalogue.read_at} />
      <ForeignItems count={data.catalogue.counts.foreign} />
    </>
  );
}

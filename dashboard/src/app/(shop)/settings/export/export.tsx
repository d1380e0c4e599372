"use client";

import { ArrowDownToLine, ArrowLeft, CloudOff, PackageOpen } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";

import { isProblem } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toaster";
import { WithAllWords } from "@/i18n";
import { useBoutiquePath } from "@/shell/boutique";
import { PageHead, PageWaiting } from "@/shell/page";

import { ExportCard } from "./export-card";
import { isUnderWay, useAsking, useExports } from "./queries";

export function ExportPage() {
  return <WithAllWords waiting={<PageWaiting />}><Export /></WithAllWords>;
}

/** Everything that is kept of the shop as one file: asked for, written, fetched within a day. */
function Export() {
  const t = useTranslations();
  const path = useBoutiquePath();
  const { data, isError, refetch } = useExports();
  const asking = useAsking();
  const [latest] = data?.items ?? [];
  const ask = () => asking.mutate({ params: { path } }, {
    onError: (error) => void toast.error(isProblem(error) ? error.detail : t("common.failed")),
  });
  return (
    <>
      <PageHead title={<span className="flex items-center gap-1"><Button asChild look="quiet" size="icon" className="-ml-2"><Link href="/settings" aria-label={t("export.settings")}><ArrowLeft aria-hidden /></Link></Button> {t("export.title")}</span>} />
      <main className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-160 flex-col gap-4 p-4 pb-8">
          <p className="text-soft">{t("export.text")}</p>
          {isError && !data ? <Empty picture={<CloudOff aria-hidden />} text={t("common.noAnswer")} action={<Button look="outline" onClick={() => void refetch()}>{t("common.retry")}</Button>} />
            : !data ? <Skeleton className="h-40 rounded-2xl" />
              : latest ? <ExportCard of={latest} /> : <Empty picture={<PackageOpen aria-hidden />} text={t("export.none")} />}
          {data && !(latest && isUnderWay(latest)) && (
            <Button look={latest?.status === "done" ? "outline" : "main"} busy={asking.isPending} onClick={ask}>
              <ArrowDownToLine aria-hidden /> {t(latest ? "export.askAgain" : "export.ask")}
            </Button>
          )}
          <p className="text-xs text-soft">{t("export.leftOut")}</p>
        </div>
      </main>
    </>
  );
}

"use client";

import { CloudOff } from "lucide-react";
import { useTranslations } from "use-intl";

import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Skeleton } from "@/components/ui/skeleton";
import { WithAllWords } from "@/i18n";
import { useBoutique } from "@/shell/boutique";
import { PageHead, PageWaiting } from "@/shell/page";

import { Answers } from "./answers";
import { Assistant } from "./assistant";
import { DaysChosen } from "./days-chosen";
import { Funnel } from "./funnel";
import { Kinds } from "./kinds";
import { Numbers } from "./numbers";
import { useAskedDays, useFigures, useStep } from "./queries";
import { SalesCard } from "./sales-card";
import { Sold } from "./sold";
import { WishesCard } from "./wishes-card";

export function FiguresPage() {
  return <WithAllWords waiting={<PageWaiting />}><Figures /></WithAllWords>;
}

/** What the shop sold in some days and what came of its chats, beside as many days before. */
function Figures() {
  const t = useTranslations("figures");
  const owner = useBoutique().role === "owner";
  return (
    <>
      <PageHead title={t("title")} />
      <main className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-280 flex-col gap-4 p-4 pb-8 wide:p-6">
          {owner ? <OfDays /> : <p className="text-soft">{t("ownersOnly")}</p>}
        </div>
      </main>
    </>
  );
}

function OfDays() {
  const t = useTranslations();
  const { days, length } = useAskedDays();
  const [step, chooseStep] = useStep(length);
  const { data, isError, refetch } = useFigures(days, step);
  return (
    <>
      <DaysChosen />
      {!data && isError && (
        <Empty picture={<CloudOff aria-hidden />} text={t("figures.noAnswer")}
          action={<Button look="outline" onClick={() => void refetch()}>{t("common.retry")}</Button>} />
      )}
      {!data && !isError && <Waiting />}
      {data && (
        <div className="grid grid-cols-1 gap-4 wide:grid-cols-2 wide:gap-6">
          <div className="flex min-w-0 flex-col gap-4 wide:gap-6">
            <Sold report={data} length={length} />
            <SalesCard report={data} length={length} step={step} onStep={chooseStep} />
            <Numbers report={data} length={length} />
            <Kinds report={data} length={length} />
          </div>
          <div className="flex min-w-0 flex-col gap-4 wide:gap-6">
            <WishesCard />
            <Funnel now={data.now} />
            <Answers times={data.now.answers} />
            <Assistant report={data} />
          </div>
        </div>
      )}
    </>
  );
}

function Waiting() {
  return (
    <div aria-busy="true" className="grid grid-cols-1 gap-4 wide:grid-cols-2 wide:gap-6">
      <div className="flex flex-col gap-4 wide:gap-6">
        <Skeleton className="h-60 rounded-3xl" />
        <Skeleton className="h-96 rounded-2xl" />
        <Skeleton className="h-56 rounded-2xl" />
      </div>
      <div className="hidden flex-col gap-4 wide:flex wide:gap-6">
        <Skeleton className="h-48 rounded-2xl" />
        <Skeleton className="h-96 rounded-2xl" />
      </div>
    </div>
  );
}

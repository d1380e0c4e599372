"use client";

import { ArrowLeft, CloudOff } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";

import { Copyable } from "@/components/copyable";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Skeleton } from "@/components/ui/skeleton";
import { Switch } from "@/components/ui/switch";
import { WithAllWords } from "@/i18n";
import { useBoutiquePath } from "@/shell/boutique";
import { PageHead, PageWaiting } from "@/shell/page";

import { Calls } from "./calls";
import { Keys } from "./keys";
import { type Agents, useAgents, useSwitching } from "./queries";

export function AgentsPage() {
  return <WithAllWords waiting={<PageWaiting />}><OtherAgents /></WithAllWords>;
}

/** Whether other agents may shop here, where, with which keys, and what they did. */
function OtherAgents() {
  const t = useTranslations();
  const { data, isError, refetch } = useAgents();
  return (
    <>
      <PageHead title={<span className="flex items-center gap-1"><Button asChild look="quiet" size="icon" className="-ml-2"><Link href="/settings" aria-label={t("agents.settings")}><ArrowLeft aria-hidden /></Link></Button> {t("agents.title")}</span>} />
      <main tabIndex={0} className="min-h-0 flex-1 overflow-y-auto focus-visible:-outline-offset-2">
        <div className="mx-auto flex max-w-160 flex-col gap-6 p-4 pb-8">
          <p className="text-soft">{t("agents.text")}</p>
          {isError && !data ? <Empty picture={<CloudOff aria-hidden />} text={t("common.noAnswer")} action={<Button look="outline" onClick={() => void refetch()}>{t("common.retry")}</Button>} />
            : !data ? <Waiting />
              : <><Door of={data} /><Keys of={data} /><Calls of={data} /></>}
        </div>
      </main>
    </>
  );
}

function Door({ of }: { of: Agents }) {
  const t = useTranslations("agents");
  const path = useBoutiquePath();
  const switching = useSwitching();
  const on = switching.isPending ? switching.variables.body.on : of.on;
  return (
    <section className="flex flex-col gap-4 rounded-2xl border bg-surface p-4">
      <div className="flex min-h-12 items-center gap-3">
        <label htmlFor="agents-on" className="min-w-0 flex-1">
          <span className="block font-medium">{t("on")}</span>
          <span className="block text-xs text-soft">{t(on ? "onMeans" : "offMeans")}</span>
        </label>
        <Switch id="agents-on" checked={on} disabled={switching.isPending}
          onChange={(wanted) => switching.mutate({ params: { path }, body: { on: wanted } })} />
      </div>
      <Copyable label={t("address")} text={of.address} />
    </section>
  );
}

function Waiting() {
  return (
    <div aria-busy className="flex flex-col gap-6">
      <Skeleton className="h-36 rounded-2xl" />
      <Skeleton className="h-40 rounded-2xl" />
      <Skeleton className="h-28 rounded-2xl" />
    </div>
  );
}

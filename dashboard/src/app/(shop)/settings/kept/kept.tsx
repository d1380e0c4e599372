"use client";

import { ArrowLeft, CloudOff } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";

import { api, type Schemas } from "@/api/client";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Skeleton } from "@/components/ui/skeleton";
import { WithAllWords } from "@/i18n";
import { useBoutiquePath } from "@/shell/boutique";
import { useFormats } from "@/shell/formats";
import { PageHead, PageWaiting } from "@/shell/page";

type Kind = Schemas["KeptKind"];

export function KeptPage() {
  return <WithAllWords waiting={<PageWaiting />}><Kept /></WithAllWords>;
}

/** For how long each kind of thing is kept, when it was looked through last, and what went. */
function Kept() {
  const t = useTranslations("kept");
  const { full } = useFormats();
  const path = useBoutiquePath();
  const { data, isError, refetch } = api.useQuery("get", "/boutiques/{boutique_id}/retention", { params: { path } });
  const looked = data?.items.map((one) => one.looked_at).filter((at) => at !== null).sort().at(-1);
  return (
    <>
      <PageHead title={<span className="flex items-center gap-1"><Button asChild look="quiet" size="icon" className="-ml-2"><Link href="/settings" aria-label={t("settings")}><ArrowLeft aria-hidden /></Link></Button> {t("title")}</span>} />
      <main tabIndex={0} className="min-h-0 flex-1 overflow-y-auto focus-visible:-outline-offset-2">
        <div className="mx-auto flex max-w-160 flex-col gap-4 p-4 pb-8">
          <p className="text-soft">{t("text")} {data && (looked ? t("looked", { at: full(looked) }) : t("notYet"))}</p>
          {isError && !data ? <Failed retry={() => void refetch()} />
            : !data ? <div aria-busy className="space-y-3">{[0, 1, 2, 3].map((row) => <Skeleton key={row} className="h-20 rounded-2xl" />)}</div>
              : <ul aria-label={t("title")} className="divide-y overflow-hidden rounded-2xl border bg-surface">{data.items.map((one) => <KindRow key={one.kind} kind={one} />)}</ul>}
          <p className="text-xs text-soft">{t("forever")}</p>
        </div>
      </main>
    </>
  );
}

function KindRow({ kind }: { kind: Kind }) {
  const t = useTranslations("kept");
  const { full } = useFormats();
  const named = `kinds.${kind.kind}` as never;
  return (
    <li className="flex items-start gap-3 px-4 py-3">
      <span className="min-w-0 flex-1">
        <span className="block font-medium wrap-anywhere">{t.has(named) ? t(named) : kind.kind}</span>
        <span className="mt-0.5 block text-xs text-soft">
          {kind.deleted_at ? t("deleted", { count: kind.removed, at: full(kind.deleted_at), all: kind.removed_in_all }) : t("nothing")}
        </span>
      </span>
      <span className="shrink-0 font-medium tabular-nums">{t("days", { count: kind.days })}</span>
    </li>
  );
}

function Failed({ retry }: { retry: () => void }) {
  const t = useTranslations("common");
  return <Empty picture={<CloudOff aria-hidden />} text={t("noAnswer")} action={<Button look="outline" onClick={retry}>{t("retry")}</Button>} />;
}

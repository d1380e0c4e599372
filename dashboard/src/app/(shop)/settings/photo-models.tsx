"use client";

import { useTranslations } from "use-intl";

import { api, type Schemas } from "@/api/client";
import { Button } from "@/components/ui/button";
import { Meter } from "@/components/ui/meter";
import { Skeleton } from "@/components/ui/skeleton";
import { useBoutiquePath } from "@/shell/boutique";
import { useFormats } from "@/shell/formats";

const LOOK_MS = 10_000;

type Models = Schemas["PhotoModels"];

/** By what customers' photos are searched, and how far the next model is; for owners. */
export function PhotoModels() {
  const t = useTranslations("photoModels");
  const path = useBoutiquePath();
  const { data, isError, refetch } = api.useQuery("get", "/boutiques/{boutique_id}/models", { params: { path } },
    { staleTime: 60_000, refetchInterval: (query) => (query.state.data?.coming ? LOOK_MS : false) });
  return (
    <section aria-labelledby="photo-models" className="border-b px-4 py-3">
      <div className="flex items-baseline justify-between gap-3">
        <h2 id="photo-models" className="font-medium">{t("title")}</h2>
        {data && <span className="text-xs text-soft">{t(data.kind)}</span>}
      </div>
      {data ? <Told models={data} /> : isError ? <Failed retry={() => void refetch()} /> : <Skeleton className="mt-2 h-3 w-48" />}
    </section>
  );
}

function Told({ models }: { models: Models }) {
  const t = useTranslations("photoModels");
  const { full } = useFormats();
  const { coming, since } = models;
  if (!coming) {
    return <p className="mt-1 text-xs text-soft">{since ? t("byClip", { at: full(since) }) : t("byLocal", { pictures: models.pictures })}</p>;
  }
  return (
    <>
      <Meter label={t("meter")} now={coming.done} most={coming.pictures} />
      <p className="mt-2 text-xs text-soft">{coming.begun_at ? t("coming", { done: coming.done, pictures: coming.pictures }) : t("begins")}</p>
      {coming.unreadable > 0 && <p className="mt-1 text-xs text-amber">{t("unreadable", { count: coming.unreadable })}</p>}
    </>
  );
}

function Failed({ retry }: { retry: () => void }) {
  const t = useTranslations("common");
  return (
    <div className="mt-1 flex items-center justify-between gap-3 text-xs text-soft">
      {t("noAnswer")} <Button look="quiet" onClick={retry}>{t("retry")}</Button>
    </div>
  );
}

"use client";

import { LayoutTemplate, Plus, RefreshCw } from "lucide-react";
import Link from "next/link";
import { toast } from "sonner";
import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { isProblem } from "@/api/problem";
import { later } from "@/components/later";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Notice } from "@/components/ui/notice";
import { Row } from "@/components/ui/row";
import { SkeletonRows } from "@/components/ui/skeleton";
import { useBoutique, useBoutiquePath } from "@/shell/boutique";
import { WaitingDetail } from "@/shell/detail";
import { PageHead, Split } from "@/shell/page";
import { useUrl } from "@/shell/url";

import { ALL, type Template, useTemplates, useTemplatesChanged } from "./queries";
import { asTitle, TONES } from "./template-words";

const NewTemplate = later(() => import("./new-template").then((part) => part.NewTemplate), <WaitingDetail />);
const TemplateDetail = later(() => import("./template-detail").then((part) => part.TemplateDetail), <WaitingDetail />);

/** The messages that WhatsApp approves: the shop's own, and those that every shop has. */
export function Templates() {
  const t = useTranslations("templates");
  const { params, change } = useUrl();
  const { role } = useBoutique();
  const { data } = useTemplates();
  const owner = role === "owner";
  const own = data?.items.filter((one) => !one.standard) ?? [];
  const standard = data?.items.filter((one) => one.standard) ?? [];
  const open = params.get("id");
  const begun = owner && params.get("new") !== null;
  const shown = data?.items.filter((one) => keyOf(one) === open || one.name === open) ?? [];
  const close = () => change({ id: null, new: null });
  return (
    <Split
      list={
        <>
          <PageHead above={<Link href="/settings" className="hover:underline">{t("settings")}</Link>} title={t("title")}
            actions={owner && <Refresh />} />
          <main className="min-h-0 flex-1 overflow-y-auto pb-24 wide:pb-6">
            {!data && <SkeletonRows count={6} />}
            {data && <Missing items={standard} />}
            {data && (
              <section aria-labelledby="own-templates">
                <h2 id="own-templates" className="px-4 pb-1 pt-5 text-xs font-medium text-soft">{t("own")}</h2>
                {own.length > 0 && (
                  <ul className="divide-y border-y">
                    {own.map((one) => (
                      <li key={one.id}>
                        <Row open={keyOf(one) === open} onOpen={() => change({ id: keyOf(one), new: null })} title={asTitle(one.name)}
                          aside={<Badge tone={TONES[one.status]}>{t(`status.${one.status}`)}</Badge>}
                          below={[t(`languages.${one.language}`), t(`categories.${one.category}`)].join(" · ")}
                          belowAside={one.quality && one.quality !== "green" && <Badge tone="risk">{t(`quality.${one.quality}`)}</Badge>} />
                      </li>
                    ))}
                  </ul>
                )}
                {own.length === 0 && <p className="px-4 py-3 text-soft">{t("none")}</p>}
                {owner && (
                  <div className="px-4 pt-3">
                    <Button size="sm" look={own.length ? "outline" : "main"} onClick={() => change({ new: "1", id: null })}>
                      <Plus aria-hidden /> {t("new")}
                    </Button>
                  </div>
                )}
              </section>
            )}
            {data && <Standard items={standard} open={open} onOpen={(id) => change({ id, new: null })} />}
          </main>
        </>
      }
      detail={begun ? <NewTemplate key={params.get("new")} copied={params.get("new")} onClose={close} onMade={(id) => change({ id, new: null })} />
        : shown.length > 0 && <TemplateDetail key={open} items={shown} onClose={close} onCopy={(id) => change({ new: id, id: null })} onMade={(id) => change({ id })} />}
      empty={<Empty picture={<LayoutTemplate aria-hidden />} text={t("choose")} />}
    />
  );
}

function keyOf(one: Template): string {
  return one.standard ? one.name : (one.id ?? "");
}

/** One row for each, whatever the languages: they are approved one by one and read together. */
function Standard(props: { items: Template[]; open: string | null; onOpen: (name: string) => void }) {
  const t = useTranslations("templates");
  const names = [...new Set(props.items.map((one) => one.name))];
  return (
    <section aria-labelledby="standard-templates">
      <h2 id="standard-templates" className="px-4 pb-1 pt-6 text-xs font-medium text-soft">{t("standard")}</h2>
      <ul className="divide-y border-y">
        {names.map((name) => {
          const those = props.items.filter((one) => one.name === name);
          const worst = those.find((one) => one.status !== "approved") ?? those[0];
          return worst && (
            <li key={name}>
              <Row open={name === props.open} onOpen={() => props.onOpen(name)} title={t(`names.${name}` as "names.order_sent")}
                aside={<Badge tone={TONES[worst.status]}>{t(`status.${worst.status}`)}</Badge>}
                below={those.map((one) => t(`languages.${one.language}`)).join(", ")} />
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** What the shop cannot say yet outside the 24 hours, mended with one tap. */
function Missing({ items }: { items: Template[] }) {
  const t = useTranslations("templates");
  const c = useTranslations("common");
  const { role } = useBoutique();
  const path = useBoutiquePath();
  const changed = useTemplatesChanged();
  const submit = api.useMutation("post", `${ALL}/standard-submissions`, {
    onSuccess: ({ names }) => { toast.success(t("sent", { count: names.length })); void changed(); },
    onError: (error) => { toast.error(isProblem(error) ? error.detail : c("failed")); void changed(); },
  });
  const count = items.filter((one) => one.status === "missing").length;
  if (count === 0 || role !== "owner") return null;
  return (
    <div className="px-4 pt-4">
      <Notice tone="waits">
        <p className="font-medium">{t("missing", { count })}</p>
        <p className="mb-3 mt-1">{t("missingWhy")}</p>
        <Button size="sm" look="outline" busy={submit.isPending} onClick={() => submit.mutate({ params: { path } })}>{t("sendAll")}</Button>
      </Notice>
    </div>
  );
}

function Refresh() {
  const t = useTranslations("templates");
  const c = useTranslations("common");
  const path = useBoutiquePath();
  const changed = useTemplatesChanged();
  const sync = api.useMutation("post", `${ALL}/syncs`, {
    onSuccess: () => { toast.success(t("synced")); void changed(); },
    onError: (error) => void toast.error(isProblem(error) ? error.detail : c("failed")),
  });
  return (
    <Button look="quiet" size="icon" aria-label={t("sync")} title={t("sync")} busy={sync.isPending}
      onClick={() => sync.mutate({ params: { path } })}>
      {!sync.isPending && <RefreshCw aria-hidden />}
    </Button>
  );
}

"use client";

import { UsersRound } from "lucide-react";
import { useDeferredValue, useRef, useState } from "react";
import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { newKey } from "@/api/once";
import { isProblem, remedyFor } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { Sheet } from "@/components/ui/sheet";
import { useLanguage } from "@/i18n";
import { useBoutiquePath } from "@/shell/boutique";

import { GroupEditor } from "./group-editor";
import { type Segment, SEGMENTS, useAudiencesChanged } from "./queries";
import { begin, type Group, isWhole } from "./rule";

/** A group of customers: conditions, what they say in words, and how many it means now. */
export function SegmentSheet(props: { segment: Segment | null; onClose: () => void; onKept: (id: string) => void }) {
  const t = useTranslations();
  const path = useBoutiquePath();
  const changed = useAudiencesChanged();
  const key = useRef(newKey());
  const [name, setName] = useState(props.segment?.name ?? "");
  const [rule, setRule] = useState<Group>((props.segment?.rule as Group | undefined) ?? { match: "all", of: [begin("orders")] });
  const done = { onSuccess: ({ id }: { id: string }) => { void changed(); props.onKept(id); }, onError: () => { key.current = newKey(); } };
  const create = api.useMutation("post", SEGMENTS, done);
  const replace = api.useMutation("put", `${SEGMENTS}/{segment_id}`, done);
  const error = create.error ?? replace.error;
  const whole = isWhole(rule);

  function keep() {
    const body = { name: name.trim(), rule };
    if (props.segment) replace.mutate({ params: { path: { ...path, segment_id: props.segment.id }, header: { "if-match": "*" } }, body });
    else create.mutate({ params: { path, header: { "idempotency-key": key.current } }, body });
  }

  return (
    <Sheet open onOpenChange={props.onClose} title={props.segment?.name ?? t("campaigns.segments.new")} close={t("common.close")}
      footer={
        <Button busy={create.isPending || replace.isPending} disabled={!whole || name.trim() === ""} onClick={keep}>
          {t("campaigns.segments.keep")}
        </Button>
      }>
      <div className="flex flex-col gap-5 pt-1">
        <Field label={t("campaigns.segments.name")} error={remedyFor(error, "name")}>
          {(wired) => <Input {...wired} maxLength={80} placeholder={t("campaigns.segments.nameExample")} value={name} onChange={(event) => setName(event.target.value)} />}
        </Field>
        <GroupEditor group={rule} onChange={setRule} depth={1} />
        <Count rule={rule} whole={whole} />
        {error && !remedyFor(error, "name") ? <p role="alert" className="text-xs text-red">{isProblem(error) ? error.errors?.[0]?.remedy ?? error.detail : t("common.failed")}</p> : null}
      </div>
    </Sheet>
  );
}

function Count({ rule, whole }: { rule: Group; whole: boolean }) {
  const t = useTranslations("campaigns.segments");
  const { language } = useLanguage();
  const path = useBoutiquePath();
  const asked = useDeferredValue(rule);
  const { data, isFetching } = api.useQuery("post", "/boutiques/{boutique_id}/segment-counts",
    { params: { path }, body: { rule: asked } },
    { enabled: whole && isWhole(asked), placeholderData: (before) => before, meta: { settled: true } });
  return (
    <section aria-label={t("count")} aria-busy={isFetching || undefined} className="rounded-2xl bg-green-soft p-4 text-green-ink">
      <p className="flex items-center gap-2">
        <UsersRound aria-hidden className="size-5 shrink-0" />
        <span className="text-lg font-semibold">{whole && data ? t("customers", { count: data.customers }) : "…"}</span>
      </p>
      {whole && data && (
        <>
          <p className="mt-1">{data.said[language]}</p>
          <p className="mt-1 text-xs">{t("mayMarket", { count: data.may_market })}</p>
        </>
      )}
      {!whole && <p className="mt-1">{t("unfinished")}</p>}
    </section>
  );
}

"use client";

import { useQueryClient } from "@tanstack/react-query";
import { CircleCheck, CircleX, LoaderCircle, Smartphone } from "lucide-react";
import { useRef, useState } from "react";
import { useTranslations } from "use-intl";

import { api, type Schemas } from "@/api/client";
import { newKey } from "@/api/once";
import { isProblem, remedyFor } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { useBoutiquePath } from "@/shell/boutique";
import { useFormats } from "@/shell/formats";

const TESTS = "/boutiques/{boutique_id}/mpesa/tests";

/** One shilling from the owner's own phone, followed until it is paid, cancelled or over. */
export function MpesaTrial({ last }: { last: Schemas["MpesaTrial"] | null }) {
  const t = useTranslations("settings");
  const { money, full } = useFormats();
  const path = useBoutiquePath();
  const queries = useQueryClient();
  const key = useRef(newKey());
  const [id, setId] = useState<string | null>(last && !last.ended_at ? last.id : null);
  const begin = api.useMutation("post", TESTS, {
    onSuccess: (test) => { key.current = newKey(); setId(test.id); },
    onError: () => { key.current = newKey(); },
  });
  const followed = api.useQuery("get", `${TESTS}/{test_id}`, { params: { path: { ...path, test_id: id ?? "" } } }, {
    enabled: id !== null,
    refetchInterval: ({ state }) => {
      if (!state.data?.ended_at) return 1_500;
      void queries.invalidateQueries({ queryKey: ["get", "/boutiques/{boutique_id}/mpesa"] });
      return false;
    },
  }).data;
  const test = followed ?? begin.data ?? last;
  const open = test && !test.ended_at;
  const reason = `mpesa.reasons.${test?.reason}` as never;
  const refused = remedyFor(begin.error, "owner_phone") ?? (isProblem(begin.error) ? begin.error.detail : undefined);
  return (
    <section className="flex flex-col gap-3 rounded-2xl border bg-surface p-4">
      <h3 className="font-medium">{t("mpesa.test", { sum: money(100) })}</h3>
      <p className="text-soft">{t("mpesa.testText")}</p>
      {test && (
        <p role="status" className="flex items-center gap-3 rounded-xl bg-sunk p-3">
          {open ? <LoaderCircle aria-hidden className="size-5 animate-spin text-amber" />
            : test.reason === "paid" ? <CircleCheck aria-hidden className="size-5 text-green-ink" />
            : <CircleX aria-hidden className="size-5 text-red" />}
          <span className="min-w-0 flex-1">
            {open ? t("mpesa.open", { phone: test.phone ?? "" }) : t.has(reason) ? t(reason) : t("mpesa.reasons.unknown")}
            {test.ended_at && <span className="block text-xs text-soft">{full(test.ended_at)}{test.receipt && ` · ${test.receipt}`}</span>}
          </span>
        </p>
      )}
      {refused && <p role="alert" className="text-xs text-red">{refused}</p>}
      <Button look={test?.reason === "paid" ? "outline" : "main"} size="sm" className="self-start" busy={begin.isPending} disabled={!!open}
        onClick={() => begin.mutate({ params: { path, header: { "idempotency-key": key.current } } })}>
        <Smartphone aria-hidden /> {t("mpesa.send")}
      </Button>
    </section>
  );
}

"use client";

import { Smartphone } from "lucide-react";
import Link from "next/link";
import { toast } from "sonner";
import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { isProblem } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { useBoutiquePath } from "@/shell/boutique";
import { useFormats } from "@/shell/formats";

import { type Preview, useWallet, type Written } from "../queries";
import { useLasting } from "../use-lasting";
import { useSaid } from "../use-said";
import { SampleCollages } from "./sample-collages";
import type { Step } from "./steps";
import { isApproved, useTemplates } from "./use-templates";
import type { Writing } from "./use-writing";

/** Everything once more, in words; each line goes back to its step. */
export function ReviewStep(props: { writing: Writing; written: Written; preview: Preview | undefined; onStep: (step: Step) => void }) {
  const t = useTranslations("campaigns.write.review");
  const { written, preview } = props;
  const { money, full } = useFormats();
  const said = useSaid();
  const lasting = useLasting();
  const { groups } = useTemplates();
  const group = groups?.find((one) => one.name === written.message.template);
  const lines: { step: Step; name: string; told: string }[] = [
    { step: "message", name: t("message"), told: `${written.message.template.replaceAll("_", " ")} · ${t(`language.${written.message.language}`)}` },
    { step: "audience", name: t("audience"), told: `${said.audience(written.audience)}${preview ? ` · ${t("recipients", { count: preview.recipients })}` : ""}` },
    { step: "pieces", name: t("pieces"), told: written.pieces.length > 0 ? t("pool", { count: written.pieces.length }) : t("wholeShop") },
    { step: "schedule", name: t("when"), told: said.schedule(written.schedule) },
    { step: "schedule", name: t("pace"), told: said.pace(written.pace) },
  ];
  if (written.experiment) {
    const { variants, holdout, decide_by } = written.experiment;
    const told = t("experimentOf", { arms: variants.length, share: Math.round(holdout * 100) });
    lines.push({ step: "schedule", name: t("experiment"), told: decide_by ? t("experimentUntil", { told, at: full(decide_by) }) : told });
  }
  return (
    <>
      {groups && !(group && isApproved(group)) && <Notice tone="risk">{t("notApproved")}</Notice>}
      <ul className="divide-y overflow-hidden rounded-2xl border bg-surface">
        {lines.map((line, index) => (
          <li key={index} className="flex items-center gap-3 py-2.5 pl-4 pr-2">
            <div className="min-w-0 flex-1">
              <p className="text-xs text-soft">{line.name}</p>
              <p className="first-letter:uppercase">{line.told}</p>
            </div>
            <Button look="link" size="sm" aria-label={t("changeOf", { name: line.name })} onClick={() => props.onStep(line.step)}>{t("change")}</Button>
          </li>
        ))}
      </ul>
      {preview && (
        <section aria-label={t("cost")} className="rounded-2xl border bg-surface p-4">
          <p className="text-xs text-soft">{t("cost")}</p>
          <p className="mt-1 text-2xl font-semibold tracking-tight">
            {preview.cost_minor === null ? t("tokens", { count: preview.tokens }) : money(preview.cost_minor)}
          </p>
          <p className="mt-1 text-soft">{t("costText", { count: preview.tokens })}</p>
          {preview.ends_at && <p className="mt-3 border-t pt-3">{t("finished", { at: full(preview.ends_at), lasts: lasting(preview.lasts_minutes) })}</p>}
        </section>
      )}
      <WalletNotice needed={preview?.tokens ?? 0} />
      {preview?.recipients === 0 && <Notice tone="waits">{t("nobody")}</Notice>}
      <SampleCollages preview={preview} message={written.message} />
      <TestSend id={props.writing.id} saved={props.writing.state === "saved"} />
    </>
  );
}

/** Whether the wallet reaches; where it does not, the way to more. */
function WalletNotice({ needed }: { needed: number }) {
  const t = useTranslations("campaigns.write.review");
  const wallet = useWallet().data;
  if (!wallet) return null;
  if (wallet.available >= needed) return <p className="px-1 text-soft">{t("walletLeft", { available: wallet.available, left: wallet.available - needed })}</p>;
  return (
    <Notice tone="risk" action={<Button asChild look="outline" size="sm"><Link href="/wallet">{t("topUp")}</Link></Button>}>
      {t("walletShort", { available: wallet.available, needed })}
    </Notice>
  );
}

function TestSend({ id, saved }: { id: string; saved: boolean }) {
  const t = useTranslations();
  const path = useBoutiquePath();
  const send = api.useMutation("post", "/boutiques/{boutique_id}/campaigns/{campaign_id}/test", {
    onSuccess: () => void toast.success(t("campaigns.write.review.testSent")),
    onError: (error) => void toast.error(isProblem(error) ? error.detail : t("common.failed")),
  });
  return (
    <div className="flex items-center gap-3 rounded-2xl border bg-surface p-4">
      <Smartphone aria-hidden className="size-5 shrink-0 text-green-ink" />
      <p className="min-w-0 flex-1">{t("campaigns.write.review.testText")}</p>
      <Button look="outline" size="sm" busy={send.isPending} disabled={!saved} onClick={() => send.mutate({ params: { path: { ...path, campaign_id: id } } })}>
        {t("campaigns.write.review.test")}
      </Button>
    </div>
  );
}

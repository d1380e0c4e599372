"use client";

import { Smartphone } from "lucide-react";
import { useRef, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";

import { api } from "@/api/client";
import { newKey } from "@/api/once";
import { isProblem, remedyFor } from "@/api/problem";
import { cn } from "@/components/cn";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { Sheet } from "@/components/ui/sheet";
import { useBoutiquePath } from "@/shell/boutique";

import { type TopUp, useBuying, useTokenMoney, useTopUp, useWallet } from "./queries";
import { TopUpState } from "./top-up-state";

const AMOUNTS = [500, 1000, 2000, 5000] as const;

/** How many tokens, whose phone pays; then the prompt is out, and its end is told here. */
export function TopUpSheet(props: { open: boolean; onOpenChange: (open: boolean) => void; waiting: TopUp | null }) {
  const t = useTranslations();
  const format = useFormatter();
  const money = useTokenMoney();
  const path = useBoutiquePath();
  const wallet = useWallet();
  const hers = api.useQuery("get", "/boutiques/{boutique_id}", { params: { path } }).data?.owner_phone ?? null;
  const key = useRef(newKey());
  const buying = useBuying();
  const [amount, setAmount] = useState<number | null>(1000);
  const [typed, setTyped] = useState("");
  const [phone, setPhone] = useState<string | null>(null); // none: the owner's own
  const [begun, setBegun] = useState<TopUp | null>(null);
  const [another, setAnother] = useState(false); // the one before is over, or not answered
  const shown = begun ?? (another ? null : props.waiting);
  const state = useTopUp(shown?.id ?? null)?.state ?? shown?.state;
  const tokens = amount ?? Number(typed.replace(/[\s,]/g, ""));
  const price = tokens > 0 && Number.isInteger(tokens) ? Math.ceil(tokens * (wallet?.token_price_minor ?? 0) / 100) * 100 : 0;
  const refused = buying.error && !remedyFor(buying.error, "phone") && !remedyFor(buying.error, "tokens")
    ? (isProblem(buying.error) ? buying.error.detail : t("common.failed")) : null;

  const ask = () => buying.mutate({
    params: { path, header: { "idempotency-key": key.current } },
    body: { tokens, phone: phone ?? undefined },
  }, {
    onSuccess: (top_up) => { key.current = newKey(); setBegun(top_up); },
    // After a lost answer the same key asks again, and no second prompt leaves.
    onError: (error) => { if (isProblem(error)) key.current = newKey(); },
  });
  const anew = () => { setBegun(null); setAnother(true); buying.reset(); };
  const close = (open: boolean) => {
    props.onOpenChange(open);
    if (!open) { setBegun(null); setAnother(false); buying.reset(); }
  };
  const footer = shown
    ? (
      <>
        {state !== "waiting" && state !== "review" && (
          <Button look={state === "failed" ? "main" : "outline"} onClick={anew}>{t(state === "failed" ? "wallet.again" : "wallet.more")}</Button>
        )}
        {state !== "failed" && <Button look={state === "paid" ? "main" : "outline"} onClick={() => close(false)}>{t("common.close")}</Button>}
      </>
    )
    : (
      <Button busy={buying.isPending} disabled={price === 0 || (phone ?? hers ?? "") === ""} onClick={ask}>
        <Smartphone aria-hidden /> {t("wallet.ask", { sum: money(price) })}
      </Button>
    );
  return (
    <Sheet open={props.open} onOpenChange={close} title={t("wallet.buy")} close={t("common.close")} footer={footer}>
      {shown ? <TopUpState topUp={shown} /> : (
        <div className="flex flex-col gap-5">
          <div role="group" aria-label={t("wallet.howMany")} className="grid grid-cols-2 gap-2">
            {AMOUNTS.map((one) => (
              <Chip key={one} chosen={amount === one} onChoose={() => setAmount(one)}
                name={t("wallet.tokens", { count: one })} price={money(one * (wallet?.token_price_minor ?? 0))} />
            ))}
          </div>
          <Field label={t("wallet.another")} error={remedyFor(buying.error, "tokens")}>
            {(wired) => (
              <Input {...wired} inputMode="numeric" value={typed} placeholder={format.number(1500)}
                onFocus={() => setAmount(null)} onChange={(event) => { setAmount(null); setTyped(event.target.value); }} />
            )}
          </Field>
          {phone === null && hers ? (
            <div className="flex items-center gap-3 rounded-2xl border p-3 pl-4">
              <Smartphone aria-hidden className="size-5 text-soft" />
              <span className="min-w-0 flex-1">
                <span className="block text-xs text-soft">{t("wallet.yourPhone")}</span>
                <span className="block font-medium tabular-nums">{hers}</span>
              </span>
              <Button look="link" size="sm" onClick={() => setPhone("")}>{t("wallet.otherPhone")}</Button>
            </div>
          ) : (
            <Field label={t("wallet.phone")} hint={t("wallet.phoneHint")} error={remedyFor(buying.error, "phone")}>
              {(wired) => <Input {...wired} type="tel" autoComplete="tel" value={phone ?? ""} onChange={(event) => setPhone(event.target.value)} />}
            </Field>
          )}
          {refused && <p role="alert" className="text-xs text-red">{refused}</p>}
          <p className="text-xs text-soft">{t("wallet.how")}</p>
        </div>
      )}
    </Sheet>
  );
}

function Chip(props: { chosen: boolean; onChoose: () => void; name: string; price: string }) {
  return (
    <button type="button" aria-pressed={props.chosen} onClick={props.onChoose}
      className={cn("flex min-h-16 flex-col justify-center rounded-2xl border px-4 text-left transition-colors duration-150",
        props.chosen ? "border-green bg-green-soft text-green-ink" : "border-line bg-raised hover:bg-paper")}>
      <span className="font-medium tabular-nums">{props.name}</span>
      <span className={cn("text-xs tabular-nums", !props.chosen && "text-soft")}>{props.price}</span>
    </button>
  );
}

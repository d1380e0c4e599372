"use client";

import { Minus, Plus } from "lucide-react";
import { useId } from "react";
import { useTranslations } from "use-intl";

import { cn } from "@/components/cn";
import { Picture } from "@/components/picture";
import { Button } from "@/components/ui/button";
import { useWords } from "@/components/words";
import { parsePrice, useFormats } from "@/shell/formats";

import type { Line } from "./basket";

/** A piece on the counter: how many, and for how much; alone, its price is the large number. */
export function CounterLine(props: {
  line: Line;
  alone: boolean;
  gone: boolean;
  onPrice: (price: string) => void;
  onQuantity: (by: number) => void;
}) {
  const t = useTranslations();
  const { colour } = useWords();
  const { currency, digits } = useFormats();
  const id = useId();
  const { line } = props;
  const wrong = parsePrice(line.price, digits) === null;
  return (
    <li className={cn("flex flex-wrap items-center gap-x-3 gap-y-4 p-4", props.gone && "bg-red-soft")}>
      <Picture url={line.picture?.url ?? null} srcset={line.picture?.srcset} sizes="56px" className="h-18 w-14 rounded-xl" />
      <div className="min-w-0 flex-1">
        <p className="line-clamp-2 font-medium leading-5">{line.name}</p>
        <p className="truncate text-xs text-soft">{colour(line.colour)} · {line.size}</p>
        {props.gone && <p className="text-xs font-medium text-red">{t("sell.gone")}</p>}
      </div>
      <div className="flex items-center">
        <Button look="quiet" size="icon" aria-label={t("pieces.fewer")} onClick={() => props.onQuantity(-1)}><Minus aria-hidden /></Button>
        <output aria-label={t("sell.quantity")} className="w-6 text-center text-lg font-semibold">{line.quantity}</output>
        <Button look="quiet" size="icon" aria-label={t("pieces.oneMore")} disabled={line.quantity >= line.left}
          onClick={() => props.onQuantity(1)}><Plus aria-hidden /></Button>
      </div>
      <div className={cn("w-full", !props.alone && "pl-17")}>
        <label htmlFor={id} className="text-xs font-medium text-soft">{t("pieces.price", { currency })}</label>
        <input id={id} inputMode="decimal" autoComplete="off" value={line.price} aria-invalid={wrong || undefined}
          aria-describedby={wrong ? `${id}-wrong` : undefined}
          onFocus={(event) => event.target.select()}
          onChange={(event) => props.onPrice(event.target.value)}
          className={cn("mt-1 w-full rounded-2xl border border-line-strong/60 bg-raised px-4 font-semibold tracking-tight focus:border-green focus:outline-2 focus:outline-offset-0 focus:outline-green/30 aria-invalid:border-red",
            props.alone ? "h-18 text-2xl" : "h-12 text-lg")} />
        {wrong && <p id={`${id}-wrong`} role="alert" className="mt-1 text-xs text-red">{t("pieces.priceWrong")}</p>}
      </div>
    </li>
  );
}

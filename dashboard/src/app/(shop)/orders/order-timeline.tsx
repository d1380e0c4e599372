"use client";

import { useTranslations } from "use-intl";

import { cn } from "@/components/cn";
import { useWords } from "@/components/words";
import { Section } from "@/shell/detail";
import { useFormats } from "@/shell/formats";

import type { OrderData } from "./queries";

type Line = OrderData["timeline"][number];

/** What happened to the order, the latest first; what has no words here is left out. */
export function Timeline({ order }: { order: OrderData }) {
  const t = useTranslations("orders");
  const { full } = useFormats();
  const tell = useTold();
  const known = order.timeline.flatMap((line) => tell(line) ?? []).reverse();
  if (known.length === 0) return null;
  return (
    <Section title={t("timeline")}>
      <ol className="p-4">
        {known.map((one, index) => (
          <li key={`${one.line.at} ${one.line.what} ${index}`} className="relative flex gap-3 pb-4 last:pb-0">
            {index < known.length - 1 && <span aria-hidden className="absolute bottom-0 left-[3px] top-3.5 w-0.5 bg-line" />}
            <span aria-hidden className={cn("mt-1.5 size-2 shrink-0 rounded-full", one.risk ? "bg-red" : index === 0 ? "bg-green" : "bg-line-strong")} />
            <div className="min-w-0 flex-1">
              <p className={cn(one.risk && "text-red")}>{one.text}</p>
              {one.below && <p className="line-clamp-3 whitespace-pre-line text-xs text-soft">{one.below}</p>}
              <p className="text-xs text-soft">
                {[full(one.line.at), one.line.actor_email ?? who(one.line.actor, t)].filter(Boolean).join(" · ")}
              </p>
            </div>
          </li>
        ))}
      </ol>
    </Section>
  );
}

function who(actor: string | null, t: ReturnType<typeof useTranslations<"orders">>): string | null {
  const role = actor?.split(":")[0];
  return role && t.has(`actor.${role}` as never) ? t(`actor.${role}` as never) : null;
}

type Told = { line: Line; text: string; below?: string; risk?: boolean };

/** A line in words; none for what another line says already, or what has no words. */
function useTold(): (line: Line) => Told[] | null {
  const t = useTranslations("orders");
  const { money } = useFormats();
  const { colour } = useWords();
  return (line) => {
    const { details: d } = line;
    const key = `happened.${line.what.replaceAll(".", "_")}`;
    switch (line.what) {
      case "message": {
        const failed = d.status === "failed";
        const text = t(failed ? "happened.messageFailed" : line.actor === "customer" ? "happened.messageIn" : "happened.message");
        return [{ line, text, below: String(d.text).replaceAll("*", ""), risk: failed }];
      }
      case "stock": {
        const piece = `${String(d.name)} (${colour(String(d.colour))}, ${String(d.size)})`;
        const count = Math.abs(Number(d.delta));
        return [{ line, text: t(Number(d.delta) < 0 ? "happened.stockOut" : "happened.stockIn", { count, piece }) }];
      }
      case "customer_not_told":
        return [{ line, risk: true, text: t(`notTold.${String(d.reason)}` as never), below: t(`news.${String(d.news)}` as never) }];
      case "refunded":
        return [{ line, text: t("happened.refunded", { amount: money(Number(d.amount_minor)) }), below: t(`refund.reasons.${String(d.reason)}` as never) }];
      case "paid_outside":
        return [{ line, text: t("happened.paid_outside"), below: String(d.reference) }];
      case "review_not_paid":
      case "review_settled":
        return [{ line, text: t(`happened.${line.what}`), ...(d.note ? { below: String(d.note) } : {}) }];
      case "order_dispatched": case "order_delivered": case "order_partly_dispatched": case "order_refunded":
        // Told twice: as an event, and with who did it.
        return line.actor === null ? null : [{ line, text: t(key as never) }];
      default:
        return t.has(key as never) ? [{ line, text: t(key as never) }] : null;
    }
  };
}

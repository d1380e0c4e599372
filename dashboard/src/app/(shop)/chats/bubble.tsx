"use client";

import { Check, CheckCheck, CircleAlert, Clock3, MapPin } from "lucide-react";
import { useTranslations } from "use-intl";

import { cn } from "@/components/cn";
import { useFormats } from "@/shell/formats";

import { Formatted } from "./formatted";
import { Media } from "./media";
import type { ChatMessage } from "./queries";

export function Bubble(props: { message: ChatMessage; first: boolean; answered?: ChatMessage }) {
  const t = useTranslations("chats");
  const { time } = useFormats();
  const { message } = props;
  const ours = message.direction === "out";
  const place = placeOf(message);
  return (
    <div className={cn("flex", ours && "justify-end", props.first ? "mt-2" : "mt-0.5")}>
      <div
        className={cn(
          "max-w-[82%] rounded-2xl px-3 py-2 shadow-[0_1px_1px_rgb(0_0_0/0.08)] wide:max-w-110",
          ours ? "bg-bubble-out" : "bg-bubble-in",
          props.first && (ours ? "rounded-tr-sm" : "rounded-tl-sm"),
        )}
      >
        {ours && props.first && (
          <p className="mb-0.5 text-xs font-semibold text-bubble-soft">
            {t(message.author === "assistant" ? "assistant" : "shop")}
          </p>
        )}
        {props.answered && (
          <p className="mb-1 line-clamp-2 rounded-md border-l-4 border-green bg-ink/5 px-2 py-1 text-xs text-bubble-soft">
            {props.answered.body || t("kinds.image")}
          </p>
        )}
        <Media message={message} />
        {place && (
          <a href={`https://www.google.com/maps/search/?api=1&query=${place}`} target="_blank" rel="noreferrer"
            className="flex items-center gap-2 py-1 font-medium underline underline-offset-4">
            <MapPin aria-hidden className="size-5" /> {t("kinds.location")}
          </a>
        )}
        {message.body && <Formatted text={message.body} />}
        <Buttons message={message} />
        <p className="mt-0.5 flex items-center justify-end gap-1 text-xs text-bubble-soft">
          <time dateTime={message.created_at}>{time(message.created_at)}</time>
          {ours && <Ticks status={message.status} />}
        </p>
        {message.status === "failed" && (
          <p className="mt-1 flex items-center gap-1.5 text-xs font-medium text-red">
            <CircleAlert aria-hidden className="size-4" /> {t("notDelivered")}
          </p>
        )}
      </div>
    </div>
  );
}

function Ticks({ status }: { status: ChatMessage["status"] }) {
  const t = useTranslations("chats.ticks");
  if (status === "failed" || status === "received") return null;
  const [Icon, colour] =
    status === "read" ? ([CheckCheck, "text-tick"] as const)
    : status === "delivered" ? ([CheckCheck, ""] as const)
    : status === "sent" ? ([Check, ""] as const)
    : ([Clock3, ""] as const);
  return <Icon role="img" aria-label={t(status)} className={cn("size-4", colour)} />;
}

/** What a tap would have answered, as the customer sees it. */
function Buttons({ message }: { message: ChatMessage }) {
  const titles = titlesOf(message);
  if (titles.length === 0) return null;
  return (
    <ul className="mt-2 flex flex-col gap-1 border-t border-ink/10 pt-2">
      {titles.map((title) => (
        <li key={title} className="rounded-lg bg-ink/5 px-2 py-1 text-center text-xs font-medium">{title}</li>
      ))}
    </ul>
  );
}

function titlesOf(message: ChatMessage): string[] {
  const { buttons } = message.content as { buttons?: { title?: string; text?: string }[] };
  return (buttons ?? []).map((one) => one.title ?? one.text ?? "").filter(Boolean);
}

function placeOf(message: ChatMessage): string | null {
  const { location } = message.content as { location?: { latitude?: number; longitude?: number } };
  if (typeof location?.latitude !== "number" || typeof location.longitude !== "number") return null;
  return `${location.latitude},${location.longitude}`;
}

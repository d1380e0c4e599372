"use client";

import { MapPin } from "lucide-react";
import { useTranslations } from "use-intl";

import { cn } from "@/components/cn";
import { Picture } from "@/components/picture";
import { useFormats } from "@/shell/formats";

import { Formatted } from "./formatted";
import { Media } from "./media";
import { type ChatMessage, usePeople } from "./queries";
import { Failed, Ticks } from "./ticks";

export function Bubble(props: { message: ChatMessage; first: boolean; onQuoted: (id: string) => void }) {
  const { time } = useFormats();
  const { message } = props;
  const ours = message.direction === "out";
  const stopped = message.status === "failed";
  return (
    <div className={cn("flex", ours && "justify-end", props.first ? "pt-2" : "pt-0.5")}>
      <div
        className={cn(
          "min-w-0 max-w-[82%] rounded-2xl px-3 py-2 shadow-[0_1px_1px_rgb(0_0_0/0.08)] wide:max-w-110",
          ours ? "bg-bubble-out" : "bg-bubble-in",
          props.first && (ours ? "rounded-tr-sm" : "rounded-tl-sm"),
          stopped && "bg-surface outline-1 outline-dashed outline-line-strong",
        )}
      >
        {ours && props.first && <Author message={message} />}
        <Answered message={message} onQuoted={props.onQuoted} />
        <Media message={message} />
        <Place message={message} />
        {message.body && <Formatted text={message.body} />}
        {["options", "products"].includes(message.kind) && !message.media_url && <Options message={message} />}
        <Buttons message={message} />
        <p className="mt-0.5 flex items-center justify-end gap-1 text-xs text-bubble-soft">
          {message.channel === "sms" && <span className="font-semibold">SMS</span>}
          <time dateTime={message.created_at}>{time(message.created_at)}</time>
          {ours && <Ticks status={message.status} />}
        </p>
        {stopped && <Failed message={message} />}
      </div>
    </div>
  );
}

function Author({ message }: { message: ChatMessage }) {
  const t = useTranslations("chats");
  const { me, nameOf } = usePeople();
  const person = message.written_by && message.written_by !== me ? nameOf(message.written_by) : undefined;
  const name = message.author === "assistant" ? t("assistant") : (person ?? t("shop"));
  return <p className="mb-0.5 text-xs font-semibold text-bubble-soft">{name}</p>;
}

/** What this one answers; a tap goes there. */
function Answered(props: { message: ChatMessage; onQuoted: (id: string) => void }) {
  const t = useTranslations("chats");
  const { answered, reply_to_id: id } = props.message;
  if (!answered || !id) return null;
  return (
    <button type="button" onClick={() => props.onQuoted(id)}
      className="mb-1 flex w-full items-center gap-2 rounded-md border-l-4 border-green bg-ink/5 px-2 py-1.5 text-left text-xs text-bubble-soft">
      <span className="min-w-0 flex-1">
        <span className="block font-semibold">{t(answered.author === "customer" ? "customer" : answered.author === "assistant" ? "assistant" : "shop")}</span>
        <span className="line-clamp-2">{answered.body || t("kinds.image")}</span>
      </span>
      {answered.media_url && answered.kind !== "audio" && (
        <img src={answered.media_url} alt="" loading="lazy" className="size-10 rounded object-cover" />
      )}
    </button>
  );
}

function Place({ message }: { message: ChatMessage }) {
  const t = useTranslations("chats");
  const { location } = message.content as { location?: { latitude?: number; longitude?: number } };
  if (typeof location?.latitude !== "number" || typeof location.longitude !== "number") return null;
  return (
    <a href={`https://www.google.com/maps/search/?api=1&query=${location.latitude},${location.longitude}`}
      target="_blank" rel="noreferrer" className="flex min-h-11 items-center gap-2 font-medium underline underline-offset-4">
      <MapPin aria-hidden className="size-5" /> {t("kinds.location")}
    </a>
  );
}

/** The pieces of a list, each with its own picture, where they have none together. */
function Options({ message }: { message: ChatMessage }) {
  const { money } = useFormats();
  if (message.options.length === 0) return null;
  return (
    <ol className="mt-2 flex flex-col gap-1 border-t border-ink/10 pt-2">
      {message.options.map((option) => (
        <li key={option.number} className="flex items-center gap-2 text-xs">
          <Picture url={option.picture_url} srcset={option.picture_srcset} className="rounded-lg" />
          <span className="min-w-0 flex-1"><span className="line-clamp-1 font-medium">{option.number}. {option.name}</span>
            <span>{money(option.price_minor)}</span></span>
        </li>
      ))}
    </ol>
  );
}

/** What a tap would have answered, as the customer sees it. */
function Buttons({ message }: { message: ChatMessage }) {
  const { buttons, link } = message.content as { buttons?: { title?: string; text?: string }[]; link?: { title?: string; text?: string } };
  const titles = [...(buttons ?? []), ...(link ? [link] : [])].map((one) => one.title ?? one.text ?? "").filter(Boolean);
  if (titles.length === 0) return null;
  return (
    <ul className="mt-2 flex flex-col gap-1 border-t border-ink/10 pt-2">
      {titles.map((title) => (
        <li key={title} className="rounded-lg bg-ink/5 px-2 py-1 text-center text-xs font-medium">{title}</li>
      ))}
    </ul>
  );
}

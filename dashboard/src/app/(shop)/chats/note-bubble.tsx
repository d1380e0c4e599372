"use client";

import { StickyNote } from "lucide-react";
import { useTranslations } from "use-intl";

import { useFormats } from "@/shell/formats";

import { type Note, usePeople } from "./queries";

/** A note among the shop's people, in its place between the messages. */
export function NoteBubble({ note }: { note: Note }) {
  const t = useTranslations("chats");
  const { time } = useFormats();
  const { me, nameOf } = usePeople();
  const author = note.written_by === me ? t("shop") : (nameOf(note.written_by) ?? t("someone"));
  return (
    <div className="mt-2 flex justify-center">
      <div className="max-w-[90%] rounded-2xl border border-dashed border-amber-dot bg-amber-soft px-3 py-2 text-amber wide:max-w-110">
        <p className="mb-0.5 flex items-center gap-1.5 text-xs font-semibold">
          <StickyNote aria-hidden className="size-4" /> {t("noteBy", { name: author })}
        </p>
        <p className="whitespace-pre-wrap break-words text-ink">{note.body}</p>
        <p className="mt-0.5 text-right text-xs"><time dateTime={note.created_at}>{time(note.created_at)}</time></p>
      </div>
    </div>
  );
}

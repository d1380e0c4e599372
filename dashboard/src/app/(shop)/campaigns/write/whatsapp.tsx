"use client";

import { ExternalLink, Image as ImageIcon, Reply } from "lucide-react";
import type { ReactNode } from "react";

import { cn } from "@/components/cn";

import type { Template } from "./use-templates";

/** A template as it stands in a customer's WhatsApp, with her values. */
export function WhatsApp(props: {
  form: Template["form"];
  values: Record<string, string>;
  picture?: string | null;
  label: string;
  className?: string;
}) {
  const { form } = props;
  return (
    <figure aria-label={props.label} className={cn("rounded-2xl bg-wall p-3", props.className)}>
      <div className="ml-auto max-w-80 overflow-hidden rounded-2xl rounded-tr-sm bg-bubble-in shadow-sm">
        {form.header === "image" && (
          <div className="p-1 pb-0">
            {props.picture
              ? <img src={props.picture} alt="" className="aspect-[3/2] w-full rounded-xl bg-sunk object-cover" />
              : <div className="grid aspect-[3/2] w-full place-items-center rounded-xl bg-sunk text-soft"><ImageIcon aria-hidden className="size-8" /></div>}
          </div>
        )}
        <div className="px-3 py-2">
          {form.header === "text" && form.header_text && <p className="mb-1 font-semibold">{form.header_text}</p>}
          <p className="whitespace-pre-wrap break-words">{filled(form.body, props.values)}</p>
          {form.footer && <p className="mt-1.5 text-xs text-bubble-soft">{form.footer}</p>}
        </div>
        {(form.buttons ?? []).map((button) => (
          <p key={button.text} className="flex min-h-10 items-center justify-center gap-2 border-t px-3 font-medium text-green-ink">
            {button.kind === "url" ? <ExternalLink aria-hidden className="size-4" /> : <Reply aria-hidden className="size-4" />}
            {button.text}
          </p>
        ))}
      </div>
    </figure>
  );
}

/** The text with its values, which are set apart; what is missing stays as its name. */
function filled(body: string, values: Record<string, string>): ReactNode[] {
  return body.split(/(\{\{\s*[^{}]*?\s*\}\})/).map((part, index) => {
    const name = /^\{\{\s*([^{}]*?)\s*\}\}$/.exec(part)?.[1];
    if (name === undefined) return part;
    const value = values[name];
    return value ? <span key={index} className="font-medium">{value}</span>
      : <span key={index} className="rounded bg-amber-soft px-1 text-amber">{name}</span>;
  });
}

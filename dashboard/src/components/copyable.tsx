"use client";

import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { Button } from "@/components/ui/button";

/** A value to be pasted elsewhere: whole, selectable, and copied with one tap. */
export function Copyable({ label, text }: { label: string; text: string }) {
  const t = useTranslations("common");
  const [copied, setCopied] = useState(false);
  return (
    <div className="flex flex-col gap-1.5">
      <span className="text-xs font-medium text-soft">{label}</span>
      <div className="flex items-center gap-2 rounded-xl bg-sunk py-1 pl-4 pr-1">
        <code className="min-w-0 flex-1 select-all break-all py-2 text-xs">{text}</code>
        <Button look="quiet" size="small" aria-label={copied ? t("copied") : t("copy", { what: label })}
          onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}>
          {copied ? <Check aria-hidden className="text-green-ink" /> : <Copy aria-hidden />}
        </Button>
      </div>
    </div>
  );
}

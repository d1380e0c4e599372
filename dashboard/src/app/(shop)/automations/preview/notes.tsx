import { CircleAlert, Info } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";

import { cn } from "@/components/cn";

import type { Preview } from "./use-preview";

const RISKY: Preview["warnings"][number]["code"][] = ["template_not_approved", "template_lacks", "sms_shortened", "whatsapp_shortened"];

/** What stands in, what is left out, and what is to be minded before this is sent. */
export function Notes({ preview }: { preview: Preview }) {
  const t = useTranslations("automationPreview");
  const name = useVariables();
  const { stood_in, left_out, warnings } = preview;
  if (stood_in.length + left_out.length + warnings.length === 0) return null;
  return (
    <ul className="flex flex-col gap-1.5 text-xs" aria-label={t("notes")}>
      {warnings.map(({ code, detail }) => (
        <Note key={code} risky={RISKY.includes(code)}>{t(`warning.${code}`, { detail: code === "template_lacks" ? name(detail) : detail.replaceAll("_", " ") })}</Note>
      ))}
      {stood_in.map(({ variable, text }) => <Note key={variable}>{t("stoodIn", { variable: name(variable), text })}</Note>)}
      {left_out.map((variable) => <Note key={variable}>{t("leftOut", { variable: name(variable) })}</Note>)}
    </ul>
  );
}

/** What a variable is called in a sentence; one that nobody knows by the name it has. */
export function useVariables(): (variable: string) => string {
  const t = useTranslations("automationPreview");
  return (variable) => (t.has(`variable.${variable}` as never) ? t(`variable.${variable}` as never) : `{${variable}}`);
}

function Note({ risky = false, children }: { risky?: boolean; children: ReactNode }) {
  const Icon = risky ? CircleAlert : Info;
  return (
    <li className={cn("flex items-start gap-2", risky ? "text-amber" : "text-soft")}>
      <Icon aria-hidden className="mt-0.5 size-3.5 shrink-0" /> <span className="min-w-0 wrap-anywhere">{children}</span>
    </li>
  );
}

"use client";

import { ArrowLeft, Check } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";

import { cn } from "@/components/cn";
import { Button } from "@/components/ui/button";

import { type Step, STEPS } from "./steps";

/** What stands around each step: the way back, how far it is, and the next. */
export function StepFrame(props: {
  name: string;
  step: Step;
  told?: ReactNode;
  onStep?: (step: Step) => void;
  onClose: () => void;
  footer: ReactNode;
  aside?: ReactNode;
  children: ReactNode;
}) {
  const t = useTranslations("campaigns");
  const at = STEPS.indexOf(props.step);
  return (
    <div className="fixed inset-0 z-30 flex min-h-0 flex-1 flex-col bg-paper wide:static">
      <header className="shrink-0 border-b bg-surface px-2 pt-[env(safe-area-inset-top)] wide:px-5">
        <div className="flex min-h-16 items-center gap-1">
          <Button look="quiet" size="icon" aria-label={t("write.leave")} onClick={props.onClose}><ArrowLeft aria-hidden /></Button>
          <div className="min-w-0 flex-1">
            <h1 className="truncate text-lg font-semibold">{props.name}</h1>
            <p className="truncate text-xs text-soft" aria-live="polite">
              {t("write.stepOf", { step: at + 1, of: STEPS.length })}{props.told && <> · {props.told}</>}
            </p>
          </div>
        </div>
        <Steps step={props.step} onStep={props.onStep} />
      </header>
      <main className="flex min-h-0 flex-1">
        <div key={props.step} className="min-h-0 min-w-0 flex-1 overflow-y-auto">{/* each step begins at its top */}
          <div className="mx-auto flex max-w-160 flex-col gap-6 p-4 pb-8 wide:p-8">
            <div>
              <h2 className="text-balance text-xl font-semibold tracking-tight">{t(`write.${props.step}.title`)}</h2>
              <p className="mt-1 text-soft">{t(`write.${props.step}.text`)}</p>
            </div>
            {props.children}
          </div>
        </div>
        {props.aside && (
          <aside className="hidden min-h-0 w-90 shrink-0 overflow-y-auto border-l bg-surface p-5 xl:block">{props.aside}</aside>
        )}
      </main>
      <footer className="flex shrink-0 gap-2 border-t bg-surface px-4 pb-[max(0.75rem,env(safe-area-inset-bottom))] pt-3 *:flex-1 wide:justify-end wide:px-8 wide:*:min-w-36 wide:*:flex-none">
        {props.footer}
      </footer>
    </div>
  );
}

/** Bars on a phone, names on a wide screen; each step that has been reached is a tap away. */
function Steps({ step, onStep }: { step: Step; onStep?: (step: Step) => void }) {
  const t = useTranslations("campaigns.write");
  const at = STEPS.indexOf(step);
  return (
    <nav aria-label={t("steps")} className="flex gap-1.5 px-2 pb-2 wide:gap-2 wide:pb-3">
      {STEPS.map((one, index) => (
        <button key={one} type="button" disabled={!onStep} onClick={() => onStep?.(one)}
          aria-current={one === step ? "step" : undefined} aria-label={t(`${one}.short`)}
          className="group flex min-h-6 flex-1 flex-col justify-center gap-1.5 rounded-md wide:min-h-11">
          <span className={cn("block h-1.5 w-full rounded-full transition-colors duration-200",
            index < at ? "bg-green/55" : index === at ? "bg-green" : "bg-ink/12 group-enabled:group-hover:bg-ink/25")} />
          <span aria-hidden className={cn("flex items-center gap-1 text-xs font-medium max-wide:hidden", index === at ? "text-green-ink" : "text-soft")}>
            {index < at && <Check className="size-3.5" />} {t(`${one}.short`)}
          </span>
        </button>
      ))}
    </nav>
  );
}

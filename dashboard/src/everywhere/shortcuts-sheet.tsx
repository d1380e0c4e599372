"use client";

import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";

import { Sheet } from "@/components/ui/sheet";
import { Switch } from "@/components/ui/switch";
import { WithAllWords } from "@/i18n";

import { letterKeys, PLACES_BY_LETTER } from "./keys";
import { isMac } from "./mac";

/** Every shortcut, and the switch that turns off those without a modifier. */
export function ShortcutsSheet(props: { onClose: () => void }) {
  return <WithAllWords waiting={null}><Shortcuts {...props} /></WithAllWords>;
}

const NAMES = { t: "today", o: "orders", c: "chats", p: "pieces", u: "customers", m: "money" } as const;

function Shortcuts({ onClose }: { onClose: () => void }) {
  const t = useTranslations();
  const [on, setOn] = useState(letterKeys.on);
  const palette = isMac() ? "⌘ K" : "Ctrl K";
  const switchTo = (next: boolean) => {
    letterKeys.set(next);
    setOn(next);
  };
  return (
    <Sheet open onOpenChange={onClose} title={t("everywhere.keys.title")} close={t("common.close")}>
      <div className="flex items-center gap-4 rounded-2xl bg-sunk px-4 py-3">
        <label htmlFor="letter-keys" className="min-w-0 flex-1">
          <span className="block font-medium">{t("everywhere.keys.on")}</span>
          <span className="block text-xs text-soft">{t("everywhere.keys.onText", { palette })}</span>
        </label>
        <Switch id="letter-keys" checked={on} onChange={switchTo} />
      </div>
      <Part title={t("everywhere.keys.anywhere")}>
        <Line keys={[palette]} text={t("everywhere.keys.palette")} />
        <Line keys={["?"]} text={t("everywhere.keys.shortcuts")} off={!on} />
        <Line keys={["Esc"]} text={t("everywhere.keys.close")} />
      </Part>
      <Part title={t("everywhere.keys.goTo")}>
        {Object.keys(PLACES_BY_LETTER).map((letter) => (
          <Line key={letter} keys={["g", letter]} then={t("everywhere.keys.then")} text={t(`nav.${NAMES[letter as keyof typeof NAMES]}`)} off={!on} />
        ))}
      </Part>
      <Part title={t("everywhere.keys.inList")}>
        <Line keys={["/"]} text={t("everywhere.keys.search")} off={!on} />
        <Line keys={["j", "k"]} text={t("everywhere.keys.nextBefore")} off={!on} />
        <Line keys={["Enter"]} text={t("everywhere.keys.open")} />
        <Line keys={["n"]} text={t("everywhere.keys.new")} off={!on} />
      </Part>
    </Sheet>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="pt-4">
      <h3 className="pb-1 text-xs font-medium text-soft">{title}</h3>
      <dl className="divide-y">{children}</dl>
    </section>
  );
}

function Line(props: { keys: string[]; then?: string; text: string; off?: boolean }) {
  return (
    <div className="flex min-h-11 items-center gap-3 py-1.5">
      <dt className={props.off ? "min-w-0 flex-1 text-soft line-through" : "min-w-0 flex-1"}>{props.text}</dt>
      <dd className="flex shrink-0 items-center gap-1.5 text-xs text-soft">
        {props.keys.map((key, index) => (
          <span key={key} className="flex items-center gap-1.5">
            {index > 0 && props.then}
            <kbd className="grid h-7 min-w-7 place-items-center rounded-lg border border-line-strong/60 bg-raised px-2 font-sans text-ink">{key}</kbd>
          </span>
        ))}
      </dd>
    </div>
  );
}

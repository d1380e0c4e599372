"use client";

import { useTranslations } from "use-intl";

import { Sheet } from "@/components/ui/sheet";
import { useFormats } from "@/shell/formats";

import type { Change, ChangedField } from "./queries";
import { partsOf, useFieldName, useSentence, useValue, useVia } from "./words";

/** Each column that changed, with what was in it before and after. */
export function ChangeSheet({ change, onClose }: { change: Change; onClose: () => void }) {
  const t = useTranslations();
  const { full } = useFormats();
  const via = useVia()(change);
  return (
    <Sheet open title={t("changes.one")} close={t("common.close")} onOpenChange={(open) => !open && onClose()}>
      <p className="font-medium wrap-anywhere">{useSentence()(change)}</p>
      <p className="mt-1 text-xs text-soft">{[full(change.at), via, change.actor_email].filter(Boolean).join(" · ")}</p>
      {change.fields.length > 0 && (
        <dl className="mt-4 divide-y rounded-2xl border">
          {change.fields.flatMap((field) => (field.hidden ? [<Hidden key={field.name} field={field} />]
            : partsOf(field).map((part) => <Part key={part.name} {...part} />)))}
        </dl>
      )}
    </Sheet>
  );
}

function Part({ name, was, now }: { name: string; was: unknown; now: unknown }) {
  const t = useTranslations("changes");
  const value = useValue();
  const [, part] = name.split(".");
  const called = useFieldName()(part ?? name);
  return (
    <div className="px-4 py-3">
      <dt className="text-xs text-soft first-letter:uppercase">{called}</dt>
      <dd className="mt-1 grid grid-cols-2 gap-3 tabular-nums wrap-anywhere">
        <span><span className="block text-xs text-soft">{t("before")}</span>{value(name, was)}</span>
        <span><span className="block text-xs text-soft">{t("after")}</span>{value(name, now)}</span>
      </dd>
    </div>
  );
}

function Hidden({ field }: { field: ChangedField }) {
  const t = useTranslations("changes");
  return (
    <div className="px-4 py-3">
      <dt className="text-xs text-soft first-letter:uppercase">{useFieldName()(field.name)}</dt>
      <dd className="mt-1">{t("hidden")}</dd>
    </div>
  );
}

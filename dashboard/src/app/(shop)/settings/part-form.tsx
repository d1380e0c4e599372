"use client";

import { type FormEvent, type ReactNode } from "react";
import { useTranslations } from "use-intl";

import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Skeleton } from "@/components/ui/skeleton";
import { DetailHead } from "@/shell/detail";
import { useFormats } from "@/shell/formats";

import type { Part } from "./use-part";

/** One part of the settings: its head, what it is for, and its content. */
export function PartPage(props: { title: string; text?: string; onClose: () => void; actions?: ReactNode; children: ReactNode; footer?: ReactNode }) {
  return (
    <>
      <DetailHead title={props.title} onClose={props.onClose} actions={props.actions} />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-160 flex-col gap-5 p-4 wide:p-6">
          {props.text && <p className="text-soft">{props.text}</p>}
          {props.children}
        </div>
      </div>
      {props.footer}
    </>
  );
}

/** A part that is typed into: what is unsaved has its buttons below, wherever the page is scrolled. */
export function PartForm<Value>(props: {
  part: Part<Value>;
  title: string;
  text?: string;
  theirs?: string; // what another person saved meanwhile, at a glance
  onClose: () => void;
  children: (value: Value) => ReactNode;
}) {
  const t = useTranslations();
  const { part } = props;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    part.save();
  };
  return (
    <form onSubmit={submit} className="contents">
      <PartPage title={props.title} text={props.text} onClose={props.onClose}
        footer={part.edited && (
          <footer className="flex shrink-0 gap-2 border-t bg-surface px-4 pb-[max(0.75rem,env(safe-area-inset-bottom))] pt-3 wide:px-6">
            <Button type="submit" busy={part.saving} disabled={part.conflict !== null} className="flex-1 wide:flex-none">
              {t("common.save")}
            </Button>
            <Button look="quiet" onClick={part.discard}>{t("settings.discard")}</Button>
          </footer>
        )}>
        {part.readOnly && <Notice tone="waits">{t("settings.ownersOnly")}</Notice>}
        {part.conflict && <Conflict conflict={part.conflict} theirs={props.theirs} onTheirs={part.discard} />}
        {part.value === null ? (
          <div aria-busy="true" className="space-y-4">
            {[0, 1, 2].map((row) => <Skeleton key={row} className="h-16 rounded-xl" />)}
          </div>
        ) : (
          <fieldset disabled={part.readOnly} className="flex min-w-0 flex-col gap-5">{props.children(part.value)}</fieldset>
        )}
      </PartPage>
    </form>
  );
}

function Conflict(props: { conflict: NonNullable<Part<unknown>["conflict"]>; theirs?: string; onTheirs: () => void }) {
  const t = useTranslations("settings");
  const { full } = useFormats();
  return (
    <Notice tone="waits">
      <p className="font-medium">
        {t("conflict", { by: props.conflict.by ?? t("somebody"), at: full(props.conflict.at) })}
      </p>
      {props.theirs && <p className="mt-1">{t("theirs", { what: props.theirs })}</p>}
      <div className="mt-3 flex flex-wrap gap-2">
        <Button size="sm" look="outline" onClick={props.conflict.keepMine}>{t("keepMine")}</Button>
        <Button size="sm" look="outline" onClick={props.onTheirs}>{t("takeTheirs")}</Button>
      </div>
    </Notice>
  );
}

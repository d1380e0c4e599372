"use client";

import { MailCheck } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";

import { Empty } from "@/components/ui/empty";
import { Segmented } from "@/components/ui/segmented";
import { PlatformHead } from "@/platform/head";
import { Split } from "@/shell/page";
import { useChoice, useUrl } from "@/shell/url";

import { LetterDetail, LetterList } from "./dead";
import { KINDS, useLetters, useUnsent } from "./queries";
import { UnsentDetail, UnsentList } from "./unsent";

/** What failed for good: events that no turn could handle, and messages that did not leave. */
export function Letters() {
  const [kind] = useChoice("kind", KINDS);
  return kind === "letters" ? <DeadLetters /> : <UnsentMessages />;
}

function DeadLetters() {
  const { params, change } = useUrl();
  const found = useLetters();
  const open = found.rows.find((one) => one.id === params.get("id"));
  const close = () => change({ id: null });
  return (
    <Frame list={<LetterList of={found} openId={open?.id} onOpen={(id) => change({ id })} />}
      detail={open && <LetterDetail key={open.id} letter={open} onClose={close} />} />
  );
}

function UnsentMessages() {
  const { params, change } = useUrl();
  const found = useUnsent();
  const open = found.rows.find((one) => one.id === params.get("id"));
  const close = () => change({ id: null });
  return (
    <Frame list={<UnsentList of={found} openId={open?.id} onOpen={(id) => change({ id })} />}
      detail={open && <UnsentDetail key={open.id} message={open} onClose={close} />} />
  );
}

function Frame({ list, detail }: { list: ReactNode; detail: ReactNode }) {
  const t = useTranslations("works.letters");
  const [kind, choose] = useChoice("kind", KINDS);
  return (
    <Split
      list={
        <>
          <PlatformHead title={t("title")}>
            <div className="overflow-hidden px-4 -mx-4">
              <Segmented label={t("which")} value={kind} onChange={choose} segments={KINDS.map((value) => ({ value, label: t(value) }))} />
            </div>
          </PlatformHead>
          <main className="min-h-0 flex-1 overflow-y-auto">{list}</main>
        </>
      }
      detail={detail}
      empty={<Empty picture={<MailCheck aria-hidden />} text={t("which")} />}
    />
  );
}

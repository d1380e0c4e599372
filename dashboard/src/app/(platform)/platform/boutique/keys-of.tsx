"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";

import { api, type Schemas } from "@/api/client";
import { cn } from "@/components/cn";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toaster";
import { usePlatformFormats } from "@/platform/formats";
import { useProblemWords } from "@/platform/health";

import { KEYS, useAnew, useRefused } from "./queries";

type Kept = Schemas["KeysShown"];

/** The keys at one provider: tested there at a tap, which says in words what is wrong and what to do. */
export function KeysOf(props: { boutiqueId: string; keys: Kept; onReplace: () => void }) {
  const t = useTranslations("platformShops.keys");
  const problem = useProblemWords();
  const field = useFieldWords();
  const { full } = usePlatformFormats();
  const { keys } = props;
  const path = { boutique_id: props.boutiqueId, provider: keys.provider };
  const anew = useAnew();
  const test = api.useMutation("post", `${KEYS}/{provider}/tests`, { onSuccess: anew, onError: useRefused() });
  const hints = Object.entries(keys.hints).flatMap(([name, ends]) => (field(name) ? [`${field(name)} ${ends}`] : []));
  const wrong = test.data ? test.data.problem : keys.problem;
  return (
    <li className="flex flex-col gap-2 px-4 py-3">
      <span className="flex items-center gap-3">
        <span className="min-w-0 flex-1 font-medium">{t(`providers.${keys.provider}`)}</span>
        <Badge tone={!keys.active ? "plain" : wrong ? "risk" : keys.used ? "good" : "plain"}>
          {t(!keys.active ? "off" : keys.used ? "used" : "kept")}
        </Badge>
      </span>
      <span className="break-all text-xs text-soft">
        {[keys.account, ...hints].join(" · ")}
      </span>
      {keys.shared && <span className="text-soft">{t("shared")}</span>}
      {keys.active && (
        <p role="status" className={cn("break-words", wrong ? "text-red" : "text-soft")}>
          {wrong ? problem(wrong) : test.data ? t("works") : null}
          <span className="block text-xs text-soft">
            {test.data || keys.checked_at ? t("tested", { when: full(test.data?.tested_at ?? keys.checked_at ?? "") }) : t("untested")}
          </span>
        </p>
      )}
      <Actions keys={keys} testing={test.isPending} onTest={() => test.mutate({ params: { path } })} path={path} onReplace={props.onReplace} />
    </li>
  );
}

/** What a part of keys is called where it is typed; none for what nobody types. */
function useFieldWords() {
  const t = useTranslations("settings");
  return (name: string) => {
    const keys = [`channel.fields.${name}`, `sms.fields.${name}`, `mpesa.fields.${name}`, `mpesa.fields.paylink_${name.replace(/^api_/, "")}`];
    const known = keys.find((key) => t.has(key as never));
    return known && t(known as never);
  };
}

function Actions(props: {
  keys: Kept; path: { boutique_id: string; provider: Kept["provider"] }; testing: boolean; onTest: () => void; onReplace: () => void;
}) {
  const t = useTranslations();
  const [asked, setAsked] = useState(false);
  const anew = useAnew();
  const off = api.useMutation("delete", `${KEYS}/{provider}`, {
    onSuccess: async () => {
      await anew();
      setAsked(false);
      toast.success(t("platformShops.keys.switchedOff"));
    },
    onError: useRefused(),
  });
  const { keys } = props;
  const name = t(`platformShops.keys.providers.${keys.provider}`);
  const label = (what: "test" | "replace" | "switchOff") => `${t(`platformShops.keys.${what}`)}: ${name}`;
  if (asked) {
    return (
      <div className="flex flex-col gap-2 rounded-xl bg-red-soft p-3 text-red">
        <p>{t("platformShops.keys.switchOffSure")}</p>
        <span className="flex gap-2">
          <Button size="sm" look="danger" busy={off.isPending} onClick={() => off.mutate({ params: { path: props.path } })}>{t("platformShops.keys.switchOff")}</Button>
          <Button size="sm" look="quiet" onClick={() => setAsked(false)}>{t("common.cancel")}</Button>
        </span>
      </div>
    );
  }
  return (
    <span className="flex flex-wrap gap-2">
      {keys.active && <Button size="sm" look="outline" aria-label={label("test")} busy={props.testing} onClick={props.onTest}>{t("platformShops.keys.test")}</Button>}
      {!keys.shared && <Button size="sm" look="outline" aria-label={label("replace")} onClick={props.onReplace}>{t("platformShops.keys.replace")}</Button>}
      {keys.active && !keys.shared && <Button size="sm" look="quiet" aria-label={label("switchOff")} onClick={() => setAsked(true)}>{t("platformShops.keys.switchOff")}</Button>}
    </span>
  );
}

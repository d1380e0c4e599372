"use client";

import { keepPreviousData } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { api, type Schemas } from "@/api/client";
import { useBoutiquePath } from "@/shell/boutique";

export type Preview = Schemas["MessagePreview"];
export type Content = Schemas["Content"];
export type Language = Preview["language"];
export type Asked = {
  content: Content;
  trigger: Schemas["MessageToPreview"]["trigger"];
  ruleClass?: Schemas["MessageToPreview"]["rule_class"];
  customerId?: string | null;
  language?: Language | null;
};

const SETTLED_MS = 350; // after the last key

/** The message as each channel shows it, anew once the writer pauses; the last one stays meanwhile. */
export function usePreview(asked: Asked) {
  const path = useBoutiquePath();
  const { content, trigger, ruleClass, customerId, language } = useSettled(asked);
  const written = sendable(content);
  const query = api.useQuery("post", "/boutiques/{boutique_id}/automations/preview", {
    params: { path },
    body: {
      content: written ?? content, trigger, rule_class: ruleClass ?? null,
      customer_id: customerId ?? null, language: language ?? null,
    },
  }, { enabled: written !== null, placeholderData: keepPreviousData, retry: false, staleTime: 30_000 });
  return { ...query, isEmpty: written === null };
}

/** Without the languages in which nothing is written yet, which the API refuses; none: nothing is. */
export function sendable(content: Content): Content | null {
  const text = filled(content.text);
  if (!text) return null;
  const fallbacks = Object.entries(content.fallbacks ?? {}).flatMap(([name, texts]) => {
    const kept = texts && filled(texts);
    return kept ? [[name, kept] as const] : [];
  });
  return {
    ...content,
    text,
    sms: content.sms ? filled(content.sms) : null,
    fallbacks: Object.fromEntries(fallbacks),
    cta: content.cta ? { ...content.cta, label: filled(content.cta.label ?? {}) ?? {} } : content.cta,
  };
}

function filled<Texts extends Record<string, string>>(texts: Texts): Texts | null {
  const kept = Object.entries(texts).filter(([, text]) => text.trim());
  return kept.length ? Object.fromEntries(kept) as Texts : null;
}

/** The value once it has stayed the same for a moment. */
function useSettled<Value>(value: Value): Value {
  const told = JSON.stringify(value);
  const [settled, settle] = useState(told);
  useEffect(() => {
    const timer = setTimeout(() => settle(told), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [told]);
  return JSON.parse(settled) as Value;
}

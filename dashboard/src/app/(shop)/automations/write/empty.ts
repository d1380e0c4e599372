import type { Content, Written } from "../queries";

export const EMPTY_MESSAGE: Content = {
  text: {}, sms: null, fallbacks: {}, cta: { kind: "checkout", label: {} }, image: "product", product: "of_event", template: null,
};

/** What a rule is until its owner says otherwise. */
export function emptyRule(language: "en" | "sw"): Written {
  return {
    name: "",
    trigger: "cart_abandoned",
    class: "marketing",
    precedence: 50,
    conditions: { least_total_minor: null, least_drop_percent: null, kinds: [], segment_id: null, buyers: "all" },
    steps: [{ after_minutes: 60, message: { ...EMPTY_MESSAGE, text: { [language]: "" } } }],
    channels: "whatsapp_then_sms",
    cap: { times: 1, days: 7 },
    hours: { opens: "09:00:00", closes: "20:00:00" },
    experiment: null,
  };
}

/** Without the languages in which nothing is said: a text that is none is no text. */
export function tidied(written: Written): Written {
  const message = (content: Content): Content => ({
    ...content,
    text: said(content.text) ?? content.text,
    sms: content.sms ? said(content.sms) : null,
    fallbacks: Object.fromEntries(Object.entries(content.fallbacks).flatMap(([name, texts]) => { const kept = said(texts); return kept ? [[name, kept]] : []; })),
    cta: content.cta && { ...content.cta, label: said(content.cta.label) ?? {} },
  });
  return {
    ...written,
    name: written.name.trim(),
    steps: written.steps.map((step) => ({ ...step, message: message(step.message) })),
    experiment: written.experiment && {
      ...written.experiment,
      variants: written.experiment.variants.map((arm) => ({ ...arm, messages: arm.messages.map((one) => one && message(one)) })),
    },
  };
}

function said(texts: Record<string, string>): Record<string, string> | null {
  const kept = Object.entries(texts).filter(([, text]) => text.trim() !== "");
  return kept.length > 0 ? Object.fromEntries(kept) : null;
}

"use client";

import { createContext, type ReactNode, startTransition, useCallback, useContext, useEffect, useMemo, useState } from "react";
import { IntlProvider } from "use-intl";

import { whenStill } from "@/components/later";
import { LANGUAGE as KEPT } from "@/kept/keys";
import { forgetSeen } from "@/kept/seen";
import english from "@/messages/en/first";
import type englishRest from "@/messages/en/rest";

export type Language = "en" | "sw";
export const LANGUAGES: Record<Language, string> = { en: "English", sw: "Kiswahili" };
// As Kenya writes numbers and dates, in both languages.
const LOCALES: Record<Language, string> = { en: "en-KE", sw: "sw-KE" };
const AGAIN_MS = 3_000; // after a lost connection

type First = typeof english;
type Rest = typeof englishRest;
type Words = First & Rest;

declare module "use-intl" {
  interface AppConfig {
    Messages: Words; // a key that is none is a type error
    Locale: string;
  }
}

type Chosen = { language: Language; known: boolean; whole: boolean; complete: () => void; choose: (language: Language) => void };
const Context = createContext<Chosen>({ language: "en", known: false, whole: false, complete: () => {}, choose: () => {} });
/**
 * `known` is whether the person's words are there: what is hers need not be shown in others before.
 * `whole`: those of every screen, not only of the ones that are opened most; `complete` fetches them.
 */
export const useLanguage = () => useContext(Context);

/** The person's language: the one chosen, else the browser's; English until it is read. */
export function Translated({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState<Language>("en");
  const [first, setFirst] = useState<First>(english);
  const [rest, setRest] = useState<Rest | null>(null);
  const [known, setKnown] = useState(false);

  const complete = useCallback(() => {
    // Without a network: asked for again by a screen that needs them.
    void restOf(preference()).then((words) => startTransition(() => setRest(words)), () => {});
  }, []);
  const choose = (chosen: Language) => {
    window.localStorage.setItem(KEPT, chosen);
    forgetSeen();
    void Promise.all([firstOf(chosen), restOf(chosen)]).then(([words, others]) => {
      setFirst(words);
      setRest(others);
      setLanguage(chosen);
    });
  };
  useEffect(() => {
    const preferred = preference();
    void (early ?? firstOf(preferred)).then(
      (words) => startTransition(() => {
        setFirst(words);
        setLanguage(preferred);
        setKnown(true);
      }),
      () => startTransition(() => setKnown(true)), // without a network, in English
    );
    whenStill(complete);
  }, [complete]);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);

  const messages = useMemo(() => ({ ...first, ...rest }) as Words, [first, rest]);
  return (
    <Context.Provider value={{ language, known, whole: rest !== null, complete, choose }}>
      <IntlProvider locale={LOCALES[language]} messages={messages} timeZone="Africa/Nairobi">
        {children}
      </IntlProvider>
    </Context.Provider>
  );
}

/** Shows what may need any of the words once they are all there. */
export function WithAllWords({ children, waiting }: { children: ReactNode; waiting: ReactNode }) {
  const { whole, complete } = useLanguage();
  useEffect(() => {
    if (whole) return;
    complete();
    const again = setInterval(complete, AGAIN_MS);
    return () => clearInterval(again);
  }, [whole, complete]);
  return whole ? children : waiting;
}

function preference(): Language {
  const kept = window.localStorage.getItem(KEPT);
  if (kept === "en" || kept === "sw") return kept;
  return window.navigator.language.toLowerCase().startsWith("sw") ? "sw" : "en";
}

// Asked for as soon as this runs, before anything is shown.
const early = typeof window === "undefined" ? undefined : firstOf(preference());
early?.catch(() => {}); // told where it is waited for

async function firstOf(language: Language): Promise<First> {
  return language === "en" ? english : (await import("@/messages/sw/first")).default;
}

async function restOf(language: Language): Promise<Rest> {
  return language === "en" ? (await import("@/messages/en/rest")).default : (await import("@/messages/sw/rest")).default;
}

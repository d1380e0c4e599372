"use client";

import { createContext, type ReactNode, startTransition, useContext, useEffect, useState } from "react";
import { IntlProvider } from "use-intl";

import { LANGUAGE as KEPT } from "@/kept/keys";
import { forgetSeen } from "@/kept/seen";
import english from "@/messages/en.json";

export type Language = "en" | "sw";
export const LANGUAGES: Record<Language, string> = { en: "English", sw: "Kiswahili" };
// As Kenya writes numbers and dates, in both languages.
const LOCALES: Record<Language, string> = { en: "en-KE", sw: "sw-KE" };

declare module "use-intl" {
  interface AppConfig {
    Messages: typeof english; // a key that is none is a type error
    Locale: string;
  }
}

type Chosen = { language: Language; known: boolean; choose: (language: Language) => void };
const Context = createContext<Chosen>({ language: "en", known: false, choose: () => {} });
/** `known` is whether the person's words are there: what is hers need not be shown in others before. */
export const useLanguage = () => useContext(Context);

/** The person's language: the one chosen, else the browser's; English until it is read. */
export function Translated({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState<Language>("en");
  const [messages, setMessages] = useState(english);
  const [known, setKnown] = useState(false);

  const choose = (chosen: Language) => {
    window.localStorage.setItem(KEPT, chosen);
    forgetSeen();
    void load(chosen).then((loaded) => {
      setMessages(loaded);
      setLanguage(chosen);
    });
  };
  useEffect(() => {
    const preferred = preference();
    void (early ?? load(preferred)).then(
      (loaded) => startTransition(() => {
        setMessages(loaded);
        setLanguage(preferred);
        setKnown(true);
      }),
      () => startTransition(() => setKnown(true)), // without a network, in English
    );
  }, []);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);

  return (
    <Context.Provider value={{ language, known, choose }}>
      <IntlProvider locale={LOCALES[language]} messages={messages} timeZone="Africa/Nairobi">
        {children}
      </IntlProvider>
    </Context.Provider>
  );
}

function preference(): Language {
  const kept = window.localStorage.getItem(KEPT);
  if (kept === "en" || kept === "sw") return kept;
  return window.navigator.language.toLowerCase().startsWith("sw") ? "sw" : "en";
}

// Asked for as soon as this runs, before anything is shown.
const early = typeof window === "undefined" ? undefined : load(preference());
early?.catch(() => {}); // told where it is waited for

async function load(language: Language): Promise<typeof english> {
  return language === "en" ? english : (await import("@/messages/sw.json")).default;
}

"use client";

import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { IntlProvider } from "use-intl";

import english from "@/messages/en.json";

export type Language = "en" | "sw";
export const LANGUAGES: Record<Language, string> = { en: "English", sw: "Kiswahili" };
const KEPT = "dukani.language";
// As Kenya writes numbers and dates, in both languages.
const LOCALES: Record<Language, string> = { en: "en-KE", sw: "sw-KE" };

declare module "use-intl" {
  interface AppConfig {
    Messages: typeof english; // a key that is none is a type error
    Locale: string;
  }
}

const Context = createContext<{ language: Language; choose: (language: Language) => void }>({
  language: "en",
  choose: () => {},
});
export const useLanguage = () => useContext(Context);

/** The person's language: the one chosen, else the browser's; English until it is read. */
export function Translated({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState<Language>("en");
  const [messages, setMessages] = useState(english);

  const choose = (chosen: Language) => {
    window.localStorage.setItem(KEPT, chosen);
    void load(chosen).then((loaded) => {
      setMessages(loaded);
      setLanguage(chosen);
    });
  };
  useEffect(() => {
    const preferred = preference();
    if (preferred === "en") return;
    void load(preferred).then((loaded) => {
      setMessages(loaded);
      setLanguage(preferred);
    });
  }, []);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);

  return (
    <Context.Provider value={{ language, choose }}>
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

async function load(language: Language): Promise<typeof english> {
  return language === "en" ? english : (await import("@/messages/sw.json")).default;
}

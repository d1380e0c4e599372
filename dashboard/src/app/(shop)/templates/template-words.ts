import type { Tone } from "@/components/ui/badge";

import type { FormButton, Template } from "./queries";

export const TONES: Record<Template["status"], Tone> = {
  approved: "good",
  pending: "waits",
  draft: "plain",
  missing: "waits",
  rejected: "risk",
  paused: "risk",
  disabled: "risk",
};

const VARIABLE = /\{\{\s*([^{}]*?)\s*\}\}/g;

/** The variables of a text in the order in which they first stand there, each once. */
export function variablesOf(text: string): string[] {
  return [...new Set([...text.matchAll(VARIABLE)].map((found) => found[1] ?? ""))];
}

/** The text with its variables replaced; one without a value stays as it is. */
export function filled(text: string, values: Record<string, string | undefined>): string {
  return text.replace(VARIABLE, (whole, name: string) => values[name] || whole);
}

/** A name as WhatsApp takes it, of what was typed. */
export function asName(typed: string): string {
  return typed.toLowerCase().replace(/[^a-z0-9_]+/g, "_").replace(/^_+/, "").slice(0, 512);
}

/** A name as people read it. */
export function asTitle(name: string): string {
  const words = name.replaceAll("_", " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function hasSuffix(button: FormButton): boolean {
  return button.kind === "url" && button.url.includes("{{");
}

import type { ReactNode } from "react";

const MARKS = /(\*[^*\n]+\*|_[^_\n]+_|~[^~\n]+~)/g;

/** WhatsApp's own marks: *bold*, _italic_, ~struck through~. */
export function Formatted({ text }: { text: string }) {
  return <p className="whitespace-pre-wrap wrap-anywhere">{text.split(MARKS).map(marked)}</p>;
}

function marked(part: string, index: number): ReactNode {
  const inner = part.slice(1, -1);
  if (index % 2 === 0) return part;
  if (part.startsWith("*")) return <strong key={index} className="font-semibold">{inner}</strong>;
  if (part.startsWith("_")) return <em key={index}>{inner}</em>;
  return <s key={index}>{inner}</s>;
}

"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";

import { remedyFor } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { useWords } from "@/components/words";
import { parsePrice, useFormats } from "@/shell/formats";

import { Chips, ordered } from "./chips";
import { SizeGrid } from "./size-grid";
import { COLOURS, type Grid, type Kind, KINDS } from "./sizes";
import type { Draft } from "./use-draft";

const FEW = 8;

/** What the photo does not say: what the eye suggests comes first, and a tap decides. */
export function PieceForm(props: {
  draft: Draft;
  grid: Grid;
  suggested: string;
  problem: unknown;
  onChange: (changes: Partial<Draft> | ((now: Draft) => Partial<Draft>)) => void;
}) {
  const t = useTranslations();
  const { kind: kindWord, colour: colourWord } = useWords();
  const { currency, digits } = useFormats();
  const [all, setAll] = useState({ kinds: false, colours: false });
  const { draft, grid, onChange, problem } = props;
  const { seen, kind, colours } = draft;
  const toggle = (colour: string) => onChange((now) => ({
    colours: now.colours.includes(colour) ? now.colours.filter((one) => one !== colour) : [...now.colours, colour],
  }));
  const wrong = draft.price !== "" && parsePrice(draft.price, digits) === null;
  return (
    <div className="flex flex-col gap-6">
      <Chips label={t("add.kind")} name={kindWord} chosen={kind ? [kind] : []} onToggle={(value) => onChange({ kind: value as Kind })}
        values={ordered(KINDS, [kind, seen?.category, ...(seen?.alternatives ?? [])].filter((one) => one != null), all.kinds ? KINDS.length : FEW)} />
      {!all.kinds && <More onClick={() => setAll({ ...all, kinds: true })}>{t("add.allKinds")}</More>}
      <Chips label={t("add.colours")} name={colourWord} chosen={colours} onToggle={toggle}
        values={ordered(COLOURS, [...colours, ...(seen?.colours ?? [])], all.colours ? COLOURS.length : FEW)} />
      {!all.colours && <More onClick={() => setAll({ ...all, colours: true })}>{t("pieces.allColours")}</More>}
      <Field label={t("pieces.name")} error={remedyFor(problem, "name")}>
        {(wired) => <Input {...wired} value={draft.name ?? props.suggested} maxLength={120} autoComplete="off" onChange={(event) => onChange({ name: event.target.value })} />}
      </Field>
      <Field label={t("pieces.price", { currency })} hint={t("add.priceHint")} error={wrong ? t("pieces.priceWrong") : remedyFor(problem, "price_minor")}>
        {(wired) => <Input {...wired} inputMode="decimal" autoComplete="off" value={draft.price} onChange={(event) => onChange({ price: event.target.value })} />}
      </Field>
      {kind && colours.length > 0 && (
        <SizeGrid grid={grid} onAddSize={(size) => onChange((now) => ({ extra: [...new Set([...now.extra, size])] }))}
          onChange={(colour, size, value) => onChange((now) => ({ units: { ...now.units, [colour]: { ...now.units[colour], [size]: value } } }))} />
      )}
    </div>
  );
}

function More(props: { onClick: () => void; children: string }) {
  return <Button look="link" size="sm" className="-mt-4 self-start px-0" onClick={props.onClick}>{props.children}</Button>;
}

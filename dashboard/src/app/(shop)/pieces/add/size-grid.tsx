"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/field";
import { useWords } from "@/components/words";

import { bySize, type Grid } from "./sizes";

/** How many of each colour and size there are: a tap adds one, and a number can be typed. */
export function SizeGrid(props: {
  grid: Grid;
  onChange: (colour: string, size: string, units: number) => void;
  onAddSize: (size: string) => void;
}) {
  const t = useTranslations("add");
  const { colour: name } = useWords();
  const [more, setMore] = useState("");
  const add = () => {
    if (more.trim()) props.onAddSize(more.trim().toUpperCase());
    setMore("");
  };
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-2 text-xs font-medium text-soft">{t("sizes")}</legend>
      {Object.entries(props.grid).filter(([, sizes]) => Object.keys(sizes).length > 0).map(([colour, sizes]) => (
        <div key={colour}>
          {Object.keys(props.grid).length > 1 && <p className="mb-1.5 font-medium">{name(colour)}</p>}
          <div className="grid grid-cols-[repeat(auto-fill,minmax(6.25rem,1fr))] gap-2">
            {Object.keys(sizes).sort(bySize).map((size) => (
              <div key={size} className="flex h-12 items-center rounded-xl border bg-raised focus-within:border-green">
                <button type="button" aria-label={t("oneMore", { colour: name(colour), size })}
                  onClick={() => props.onChange(colour, size, (sizes[size] ?? 0) + 1)}
                  className="flex h-full flex-1 items-center gap-1 rounded-l-xl pl-3 font-medium focus-visible:-outline-offset-2">
                  {size} <Plus aria-hidden className="size-4 text-soft" />
                </button>
                <input type="text" inputMode="numeric" aria-label={t("unitsOf", { colour: name(colour), size })}
                  value={sizes[size] || ""} placeholder="0" onFocus={(event) => event.target.select()}
                  onChange={(event) => props.onChange(colour, size, Number(event.target.value.replace(/\D/g, "").slice(0, 4)))}
                  className="h-full w-11 rounded-r-xl bg-transparent pr-3 text-right text-input font-semibold placeholder:font-normal placeholder:text-soft focus:outline-none" />
              </div>
            ))}
          </div>
        </div>
      ))}
      <div className="flex gap-2">
        <Input aria-label={t("otherSize")} placeholder={t("otherSize")} value={more} maxLength={12}
          onChange={(event) => setMore(event.target.value)}
          onKeyDown={(event) => { if (event.key === "Enter") { event.preventDefault(); add(); } }} />
        <Button look="outline" disabled={!more.trim()} onClick={add}>{t("addSize")}</Button>
      </div>
    </fieldset>
  );
}

"use client";

import { ArrowLeft } from "lucide-react";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { toast } from "sonner";
import { useTranslations } from "use-intl";

import { isProblem, remedyFor } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Field, Input } from "@/components/ui/field";
import { useWords } from "@/components/words";
import { useBoutique } from "@/shell/boutique";
import { parsePrice, useFormats } from "@/shell/formats";

import { Chips, ordered } from "./chips";
import { Photo } from "./photo";
import { SizeGrid } from "./size-grid";
import { COLOURS, type Grid, gridOf, type Kind, KINDS, sizesOf, stockOf, unitsOf } from "./sizes";
import { useCreate } from "./use-create";
import { type Suggestion, usePhoto } from "./use-photo";

const FEW = 8;

/** A photo, a tap on what the eye suggests, a price, how many of each size: on sale. */
export function AddPiece() {
  const t = useTranslations();
  const router = useRouter();
  const { role } = useBoutique();
  const { kind: kindWord, colour: colourWord } = useWords();
  const { currency, digits } = useFormats();
  const [seen, setSeen] = useState<Suggestion | null>(null);
  const [kind, setKind] = useState<Kind | null>(null);
  const [colours, setColours] = useState<string[]>([]);
  const [name, setName] = useState<string | null>(null); // null: as suggested
  const [price, setPrice] = useState("");
  const [extra, setExtra] = useState<string[]>([]);
  const [units, setUnits] = useState<Grid>({});
  const [all, setAll] = useState({ kinds: false, colours: false });
  const { photo, url, looking, take } = usePhoto((suggestion) => {
    setSeen(suggestion);
    setKind((chosen) => chosen ?? (suggestion.category as Kind | null));
    setColours((chosen) => (chosen.length ? chosen : suggestion.colours.slice(0, 1)));
  });
  const { create, busy, problem } = useCreate();

  const sizes = [...(kind ? sizesOf(kind) : []), ...extra];
  const grid = gridOf(colours, sizes, units);
  const minor = parsePrice(price, digits);
  const suggested = kind && colours[0] ? `${colourWord(colours[0])} ${kindWord(kind).toLowerCase()}` : "";
  const called = name ?? suggested;
  const count = unitsOf(grid);
  const ready = kind !== null && minor !== null && called.trim() !== "" && count > 0;
  const toggle = (colour: string) =>
    setColours((now) => (now.includes(colour) ? now.filter((one) => one !== colour) : [...now, colour]));

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!ready) return;
    const piece = { name: called.trim(), category: kind, price_minor: minor, stock: stockOf(grid), pattern: seen?.pattern ?? "plain" };
    const id = await create({ ...piece, description: "", embroidery: false, occasions: [] }, photo, colours[0] ?? "");
    if (!id) return;
    toast.success(t("add.onSale", { name: piece.name }));
    router.push(`/pieces?id=${id}`);
  }

  if (role !== "owner") {
    return <main className="grid flex-1 place-items-center"><Empty picture={<ArrowLeft aria-hidden />} text={t("add.ownersOnly")} /></main>;
  }
  return (
    <form onSubmit={(event) => void submit(event)} className="fixed inset-0 z-30 flex min-h-0 flex-1 flex-col bg-paper wide:static">
      <header className="flex min-h-16 shrink-0 items-center gap-1 border-b bg-surface px-2 pt-[env(safe-area-inset-top)] wide:px-5">
        <Button look="quiet" size="icon" aria-label={t("common.back")} onClick={() => router.back()}><ArrowLeft aria-hidden /></Button>
        <h1 className="text-lg font-semibold">{t("add.title")}</h1>
      </header>
      <main className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto grid max-w-240 grid-cols-1 gap-6 p-4 wide:grid-cols-2 wide:gap-10 wide:p-6">
          <Photo url={url} looking={looking} onTake={(file) => void take(file)}
            seen={seen?.category ? t("add.seen", { what: [...seen.colours.slice(0, 2).map(colourWord), kindWord(seen.category)].join(" ").toLowerCase() }) : null} />
          <div className="flex flex-col gap-6">
            <Chips label={t("add.kind")} name={kindWord} chosen={kind ? [kind] : []} onToggle={(value) => setKind(value as Kind)}
              values={ordered(KINDS, [kind, seen?.category, ...(seen?.alternatives ?? [])].filter((one) => one != null), all.kinds ? KINDS.length : FEW)} />
            {!all.kinds && <Button look="link" size="sm" className="-mt-4 self-start px-0" onClick={() => setAll({ ...all, kinds: true })}>{t("add.allKinds")}</Button>}
            <Chips label={t("add.colours")} name={colourWord} chosen={colours} onToggle={toggle}
              values={ordered(COLOURS, [...colours, ...(seen?.colours ?? [])], all.colours ? COLOURS.length : FEW)} />
            {!all.colours && <Button look="link" size="sm" className="-mt-4 self-start px-0" onClick={() => setAll({ ...all, colours: true })}>{t("add.allColours")}</Button>}
            <Field label={t("pieces.name")} error={remedyFor(problem, "name")}>
              {(wired) => <Input {...wired} value={called} maxLength={120} autoComplete="off" onChange={(event) => setName(event.target.value)} />}
            </Field>
            <Field label={t("pieces.price", { currency })} hint={t("add.priceHint")}
              error={price && minor === null ? t("pieces.priceWrong") : remedyFor(problem, "price_minor")}>
              {(wired) => <Input {...wired} inputMode="decimal" autoComplete="off" value={price} onChange={(event) => setPrice(event.target.value)} />}
            </Field>
            {kind && colours.length > 0 && (
              <SizeGrid grid={grid} sizes={sizes} onAddSize={(size) => setExtra((now) => (sizes.includes(size) ? now : [...now, size]))}
                onChange={(colour, size, value) => setUnits({ ...grid, [colour]: { ...grid[colour], [size]: value } })} />
            )}
          </div>
        </div>
      </main>
      <footer className="flex shrink-0 items-center gap-3 border-t bg-surface px-4 pb-[max(0.75rem,env(safe-area-inset-bottom))] pt-3 wide:justify-end wide:px-6">
        {problem ? <p role="alert" className="min-w-0 flex-1 text-xs text-red">{isProblem(problem) ? problem.detail : t("common.failed")}</p> : null}
        <Button type="submit" busy={busy} disabled={!ready} className="flex-1 wide:flex-none">
          {count > 0 ? t("add.putOnSaleCount", { count }) : t("add.putOnSale")}
        </Button>
      </footer>
    </form>
  );
}

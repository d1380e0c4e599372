"use client";

import { ArrowLeft, RotateCcw } from "lucide-react";
import { useRouter } from "next/navigation";
import type { FormEvent } from "react";
import { useTranslations } from "use-intl";

import { isProblem } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { toast } from "@/components/ui/toaster";
import { useWords } from "@/components/words";
import { useBoutique } from "@/shell/boutique";
import { parsePrice, useFormats } from "@/shell/formats";

import { useClosing } from "../../figures/wishes/queries";
import { askedWish } from "./asked";
import { PieceForm } from "./form";
import { Photo } from "./photo";
import { gridOf, sizesOf, stockOf, unitsOf, type Kind } from "./sizes";
import { useCreate } from "./use-create";
import { useDraft } from "./use-draft";
import { usePhoto } from "./use-photo";

/** A photo, a tap on what the eye suggests, a price, how many of each size: on sale. */
export function AddPiece() {
  const t = useTranslations();
  const router = useRouter();
  const { role } = useBoutique();
  const { kind: kindWord, colour: colourWord } = useWords();
  const { digits } = useFormats();
  const camera = usePhoto({
    taken: (taken) => form.keepPhoto(taken),
    seen: (seen) => form.change((now) => ({
      seen,
      kind: now.kind ?? (seen.category as Kind | null),
      colours: now.colours.length ? now.colours : seen.colours.slice(0, 1),
    })),
  });
  const form = useDraft(camera.show);
  const { create, busy, problem } = useCreate(form.sent, form.keepSent);
  const { close } = useClosing();

  const { draft } = form;
  const grid = gridOf(draft.colours, [...(draft.kind ? sizesOf(draft.kind) : []), ...draft.extra], draft.units);
  const minor = parsePrice(draft.price, digits);
  const suggested = draft.kind && draft.colours[0] ? `${colourWord(draft.colours[0])} ${kindWord(draft.kind).toLowerCase()}` : "";
  const called = (draft.name ?? suggested).trim();
  const count = unitsOf(grid);
  const isMade = form.sent.id !== undefined; // only its photo is still to be sent
  const ready = draft.kind !== null && minor !== null && called !== "" && count > 0;

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!ready || busy) return;
    const stock = stockOf(grid);
    const piece = { name: called, category: draft.kind as Kind, price_minor: minor, stock, pattern: draft.seen?.pattern ?? "plain" };
    const first = draft.colours[0];
    const shows = first && stock[first] ? first : "";
    const id = await create({ ...piece, description: "", embroidery: false, occasions: [] }, camera.photo, shows);
    if (!id) return;
    await form.forget();
    const wish = askedWish(window.location.search);
    if (wish) void close(wish, "piece").catch((error: unknown) => console.warn("the wish is still on its list", error));
    toast.success(t("add.onSale", { name: piece.name }));
    router.push(`/pieces?id=${id}`);
  }

  const seen = draft.seen?.category && camera.url
    ? t("add.seen", { what: [...draft.seen.colours.slice(0, 2).map(colourWord), kindWord(draft.seen.category)].join(" ").toLowerCase() }) : null;

  if (role !== "owner") {
    return <main className="grid flex-1 place-items-center"><Empty picture={<ArrowLeft aria-hidden />} text={t("add.ownersOnly")} /></main>;
  }
  return (
    <form onSubmit={(event) => void submit(event)} className="fixed inset-0 z-30 flex min-h-0 flex-1 flex-col bg-paper wide:static">
      <header className="flex min-h-16 shrink-0 items-center gap-1 border-b bg-surface px-2 pt-[env(safe-area-inset-top)] wide:px-5">
        <Button look="quiet" size="icon" aria-label={t("common.back")} onClick={() => router.back()}><ArrowLeft aria-hidden /></Button>
        <h1 className="flex-1 text-lg font-semibold">{t("add.title")}</h1>
        {form.restored && (
          <Button look="quiet" size="sm" onClick={() => { camera.show(null); void form.forget(); }}><RotateCcw aria-hidden /> {t("add.startOver")}</Button>
        )}
      </header>
      <main className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto grid max-w-240 grid-cols-1 gap-6 p-4 wide:grid-cols-2 wide:gap-10 wide:p-6">
          <Photo url={camera.url} looking={camera.looking === "yes"} refused={camera.refused} onTake={(file) => void camera.take(file)}
            said={camera.looking === "yes" ? t("add.looking") : camera.looking === "failed" ? t("add.notLooked") : seen} />
          <fieldset disabled={isMade} className="min-w-0 disabled:opacity-60">
            <PieceForm draft={draft} grid={grid} suggested={suggested} problem={problem} onChange={form.change} />
          </fieldset>
        </div>
      </main>
      <footer className="shrink-0 border-t bg-surface px-4 pb-[max(0.75rem,env(safe-area-inset-bottom))] pt-3 wide:px-6">
        {problem ? <p role="alert" className="mb-2 text-xs text-red">{isMade ? `${t("add.photoNotSent")} ` : ""}{isProblem(problem) ? problem.detail : t("add.notSent")}</p> : null}
        <div className="flex wide:justify-end">
          <Button type="submit" busy={busy} disabled={!ready} className="flex-1 wide:flex-none">
            {problem ? t("common.retry") : count > 0 ? t("add.putOnSaleCount", { count }) : t("add.putOnSale")}
          </Button>
        </div>
      </footer>
    </form>
  );
}

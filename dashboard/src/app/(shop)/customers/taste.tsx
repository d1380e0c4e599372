"use client";

import Link from "next/link";
import { useTranslations } from "use-intl";

import { api, type Schemas } from "@/api/client";
import { Picture } from "@/components/picture";
import { Skeleton } from "@/components/ui/skeleton";
import { useWords } from "@/components/words";
import { useBoutiquePath } from "@/shell/boutique";
import { Section } from "@/shell/detail";
import { useFormats } from "@/shell/formats";

import { CUSTOMER } from "./queries";
import { SWATCHES } from "./swatches";

/** What she likes, by what she bought and kept; nothing where nothing is known. */
export function Taste({ id }: { id: string }) {
  const t = useTranslations("customers.taste");
  const { money } = useFormats();
  const words = useWords();
  const path = useBoutiquePath();
  const { data: taste, isError } = api.useQuery("get", `${CUSTOMER}/taste`, { params: { path: { ...path, customer_id: id } } });
  if (isError) return null;
  if (!taste) return <Skeleton className="h-28 rounded-2xl" />;
  if (taste.bought === 0) return null;
  const price = taste.mean_price_minor === null ? null : money(taste.mean_price_minor);
  const band = `bands.${taste.price_band ?? "mid"}` as never;
  return (
    <Section title={t("title")}>
      <div className="flex flex-col gap-4 p-4">
        {taste.colours.length > 0 && (
          <ul aria-label={t("colours")} className="flex flex-wrap gap-x-4 gap-y-2">
            {taste.colours.map((colour) => (
              <li key={colour} className="flex items-center gap-2">
                {SWATCHES[colour] && <span aria-hidden className="size-5 rounded-full border border-line-strong/60" style={{ background: SWATCHES[colour] }} />}
                {words.colour(colour)}
              </li>
            ))}
          </ul>
        )}
        <p className="text-soft">
          {[t("bought", { count: taste.bought }), price && t("price", { price }), t.has(band) && t(band)].filter(Boolean).join(" · ")}
        </p>
        {taste.pieces.length > 0 && (
          <div>
            <p className="mb-2 text-xs font-medium text-soft">{t("nearest")}</p>
            <ul aria-label={t("nearest")} className="grid grid-cols-2 gap-3 sm:grid-cols-3">
              {taste.pieces.map((piece) => <li key={piece.product_id}><NearPiece piece={piece} /></li>)}
            </ul>
          </div>
        )}
      </div>
    </Section>
  );
}

function NearPiece({ piece }: { piece: Schemas["NearPiece"] }) {
  const t = useTranslations("customers.taste");
  const { money } = useFormats();
  const why = piece.because_of && piece.reason !== "trend" ? t(`why.${piece.reason}`, { piece: piece.because_of }) : t("why.trend");
  return (
    <Link href={`/pieces?id=${piece.product_id}`} className="block rounded-xl transition-opacity duration-150 hover:opacity-80">
      <Picture url={piece.picture_url} sizes="160px" className="aspect-4/5 h-auto w-full" />
      <span className="mt-1.5 line-clamp-2 font-medium">{piece.name}</span>
      <span className="block tabular-nums">{money(piece.price_minor)}</span>
      <span className="block text-xs text-soft">{why}{piece.in_her_size && ` ${t("inSize")}`}</span>
    </Link>
  );
}

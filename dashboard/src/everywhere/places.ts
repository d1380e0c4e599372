import {
  Activity, Banknote, BellRing, Bot, Calculator, ChartColumn, Clock, FileCheck, FileDown, FileUp, FlaskConical, HandCoins, HandHeart, HandHelping, History, Hourglass,
  House, ImagePlus, KeyRound,
  LayoutTemplate, ListChecks, type LucideIcon, MapPin, Megaphone, MessageCircle, MessageSquareText, Package, Rocket, Ruler, Settings, Shirt,
  ShoppingBasket, Smartphone, Store, TrendingUp, Undo2, Users, UsersRound, Wallet, Zap,
} from "lucide-react";

import english from "@/messages/en/everywhere.json";
import swahili from "@/messages/sw/everywhere.json";

export type PlaceName = keyof typeof english.places;
export type Place = { name: PlaceName; href: string; icon: LucideIcon; owners?: true };

/** Every screen, and what may be begun there: what is used most comes first. */
export const PLACES: Place[] = [
  { name: "today", href: "/", icon: House },
  { name: "orders", href: "/orders", icon: Package },
  { name: "chats", href: "/chats", icon: MessageCircle },
  { name: "pieces", href: "/pieces", icon: Shirt },
  { name: "customers", href: "/customers", icon: UsersRound },
  { name: "money", href: "/money", icon: Banknote },
  { name: "figures", href: "/figures", icon: ChartColumn, owners: true },
  { name: "campaigns", href: "/campaigns", icon: Megaphone },
  { name: "automations", href: "/automations", icon: Zap },
  { name: "settings", href: "/settings", icon: Settings },
  { name: "sell", href: "/sell", icon: Banknote },
  { name: "pieceNew", href: "/pieces/add", icon: ImagePlus, owners: true },
  { name: "campaignNew", href: "/campaigns/write", icon: Megaphone, owners: true },
  { name: "automationNew", href: "/automations/write", icon: Zap, owners: true },
  { name: "close", href: "/money/close", icon: Calculator },
  { name: "ordersReview", href: "/orders?filter=review", icon: Package },
  { name: "ordersUnpaid", href: "/orders?filter=unpaid", icon: Package },
  { name: "chatsWaiting", href: "/chats?filter=waiting", icon: MessageCircle },
  { name: "piecesLow", href: "/pieces?filter=low_stock", icon: Shirt },
  { name: "piecesImport", href: "/pieces/import", icon: FileUp, owners: true },
  { name: "catalogue", href: "/pieces/catalogue", icon: Store },
  { name: "searchTester", href: "/pieces/search", icon: FlaskConical },
  { name: "segments", href: "/customers/segments", icon: UsersRound },
  { name: "sold", href: "/sell/today", icon: Banknote },
  { name: "credit", href: "/money/credit", icon: HandCoins },
  { name: "margin", href: "/money/margin", icon: TrendingUp, owners: true },
  { name: "wishes", href: "/figures/wishes", icon: HandHeart, owners: true },
  { name: "statement", href: "/money/statement", icon: FileUp, owners: true },
  { name: "tax", href: "/money/tax", icon: FileCheck },
  { name: "carts", href: "/carts", icon: ShoppingBasket },
  { name: "ruleResults", href: "/automations/results", icon: ChartColumn },
  { name: "automationLog", href: "/automations/log", icon: ListChecks },
  { name: "ruleTimeline", href: "/automations/timeline", icon: Activity },
  { name: "requests", href: "/requests", icon: HandHelping },
  { name: "templates", href: "/templates", icon: LayoutTemplate },
  { name: "wallet", href: "/wallet", icon: Wallet },
  { name: "profile", href: "/settings?part=profile", icon: Store },
  { name: "hours", href: "/settings?part=hours", icon: Clock },
  { name: "zones", href: "/settings?part=zones", icon: MapPin },
  { name: "returns", href: "/settings?part=returns", icon: Undo2 },
  { name: "sizes", href: "/settings?part=sizes", icon: Ruler },
  { name: "tone", href: "/settings?part=tone", icon: MessageSquareText },
  { name: "alerts", href: "/settings?part=alerts", icon: BellRing },
  { name: "channel", href: "/settings?part=channel", icon: Smartphone, owners: true },
  { name: "sms", href: "/settings?part=sms", icon: MessageSquareText, owners: true },
  { name: "mpesa", href: "/settings?part=mpesa", icon: Wallet, owners: true },
  { name: "people", href: "/settings?part=people", icon: Users },
  { name: "keys", href: "/settings?part=keys", icon: KeyRound, owners: true },
  { name: "agents", href: "/settings/agents", icon: Bot, owners: true },
  { name: "changes", href: "/settings/changes", icon: History, owners: true },
  { name: "keeping", href: "/settings/kept", icon: Hourglass, owners: true },
  { name: "export", href: "/settings/export", icon: FileDown, owners: true },
  { name: "live", href: "/settings?part=live", icon: Rocket, owners: true },
];

// In both languages: a person whose words are Swahili may know a screen by its English name.
const named = (name: PlaceName) => wordsOf(`${english.places[name]} ${swahili.places[name]}`);

/** Lower case, without accents. */
export function wordsOf(text: string): string[] {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Whether each word of what was typed begins one of a name's. */
export function fits(typed: string, name: string[]): boolean {
  const words = wordsOf(typed);
  return words.length > 0 && words.every((word) => name.some((one) => one.startsWith(word)));
}

/** The places that a role may go to, narrowed by what was typed; those whose name begins so come first. */
export function placesFor(role: "owner" | "staff", typed: string): Place[] {
  const open = PLACES.filter((place) => role === "owner" || !place.owners);
  if (!typed.trim()) return open;
  const begins = (place: Place) => named(place.name)[0]?.startsWith(wordsOf(typed)[0] ?? "") ? 0 : 1;
  return open.filter((place) => fits(typed, named(place.name))).sort((one, other) => begins(one) - begins(other));
}

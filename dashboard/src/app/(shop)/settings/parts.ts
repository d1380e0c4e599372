import {
  BellRing, Bot, Clock, History, Hourglass, KeyRound, LayoutTemplate, MapPin, MessageCircle, MessageSquareText, PackageOpen, Rocket, Ruler,
  Smartphone, Store, Undo2, Users, Wallet,
} from "lucide-react";

/** The places of the settings, in the order in which a shop is set up. */
export const PARTS = [
  { name: "profile", group: "shop", icon: Store, owners: false },
  { name: "hours", group: "shop", icon: Clock, owners: false },
  { name: "zones", group: "shop", icon: MapPin, owners: false },
  { name: "returns", group: "shop", icon: Undo2, owners: false },
  { name: "sizes", group: "shop", icon: Ruler, owners: false },
  { name: "tone", group: "shop", icon: MessageSquareText, owners: false },
  { name: "alerts", group: "people", icon: BellRing, owners: false },
  { name: "channel", group: "lines", icon: Smartphone, owners: true },
  { name: "sms", group: "lines", icon: MessageCircle, owners: true },
  { name: "templates", group: "lines", icon: LayoutTemplate, owners: false, page: "/templates" },
  { name: "mpesa", group: "lines", icon: Wallet, owners: true },
  { name: "people", group: "people", icon: Users, owners: false },
  { name: "keys", group: "people", icon: KeyRound, owners: true },
  { name: "agents", group: "people", icon: Bot, owners: true, page: "/settings/agents" },
  { name: "changes", group: "records", icon: History, owners: true, page: "/settings/changes" },
  { name: "keeping", group: "records", icon: Hourglass, owners: true, page: "/settings/kept" },
  { name: "takeout", group: "records", icon: PackageOpen, owners: true, page: "/settings/export" },
  { name: "live", group: "start", icon: Rocket, owners: true },
] as const;

export type PartName = (typeof PARTS)[number]["name"];
export const GROUPS = ["start", "shop", "lines", "people", "records"] as const;
/** What holds keys, or is a person's own: a platform admin who looks at the shop is refused it. */
export const CLOSED_TO_LOOKS: ReadonlySet<PartName> = new Set<PartName>(["channel", "sms", "mpesa", "keys", "alerts"]);

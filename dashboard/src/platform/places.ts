import { Store } from "lucide-react";

/** The platform's pages: `name` is their word in `platform.places`. */
export const PLATFORM_PLACES = [
  { href: "/platform", name: "boutiques", icon: Store },
] as const;

export type PlatformPlace = (typeof PLATFORM_PLACES)[number];

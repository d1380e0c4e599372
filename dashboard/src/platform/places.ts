import { Gauge, ListChecks, MailWarning, Store, Webhook } from "lucide-react";

/** The platform's pages: `name` is their word in `platform.places`. */
export const PLATFORM_PLACES = [
  { href: "/platform", name: "boutiques", icon: Store },
  { href: "/platform/queues", name: "queues", icon: Gauge },
  { href: "/platform/jobs", name: "jobs", icon: ListChecks },
  { href: "/platform/letters", name: "letters", icon: MailWarning },
  { href: "/platform/webhooks", name: "webhooks", icon: Webhook },
] as const;

export type PlatformPlace = (typeof PLATFORM_PLACES)[number];

"use client";

import { AlertsPart } from "./alerts/alerts";
import { ChannelPart } from "./channel";
import { GoLivePart } from "./go-live";
import { HoursPart } from "./hours";
import { KeysPart } from "./keys";
import { MpesaPart } from "./mpesa";
import type { PartName } from "./parts";
import { PeoplePart } from "./people";
import { ProfilePart } from "./profile";
import { useShop } from "./queries";
import { ReturnsPart } from "./returns";
import { SizesPart } from "./sizes";
import { SmsPart } from "./sms";
import { TonePart } from "./tone";
import { ZonesPart } from "./zones";

/** The part of the settings that is open. */
export function OpenPart({ part, onClose }: { part: PartName; onClose: () => void }) {
  const shop = useShop().data?.shop;
  switch (part) {
    case "profile": return <ProfilePart shop={shop} onClose={onClose} />;
    case "hours": return <HoursPart shop={shop} onClose={onClose} />;
    case "zones": return <ZonesPart onClose={onClose} />;
    case "returns": return <ReturnsPart onClose={onClose} />;
    case "sizes": return <SizesPart onClose={onClose} />;
    case "tone": return <TonePart onClose={onClose} />;
    case "alerts": return <AlertsPart onClose={onClose} />;
    case "people": return <PeoplePart onClose={onClose} />;
    case "channel": return <ChannelPart onClose={onClose} />;
    case "sms": return <SmsPart onClose={onClose} />;
    case "mpesa": return <MpesaPart onClose={onClose} />;
    case "live": return <GoLivePart onClose={onClose} />;
    case "templates":
    case "changes":
    case "keeping":
    case "takeout": return null; // pages of their own
    case "keys": return <KeysPart onClose={onClose} />;
  }
}

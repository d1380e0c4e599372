import type { Metadata } from "next";

import { BoutiquePage } from "./boutique";

export const metadata: Metadata = { title: "Boutique" };

export default function Page() {
  return <BoutiquePage />;
}

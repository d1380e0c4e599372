import type { Metadata } from "next";

import { Sell } from "./sell";

export const metadata: Metadata = { title: "Sold in the shop" };

export default function Page() {
  return <Sell />;
}

import type { Metadata } from "next";

import { Pieces } from "./pieces";

export const metadata: Metadata = { title: "Pieces" };

export default function Page() {
  return <Pieces />;
}

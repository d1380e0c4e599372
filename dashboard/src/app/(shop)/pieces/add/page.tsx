import type { Metadata } from "next";

import { AddPiece } from "./add-piece";

export const metadata: Metadata = { title: "Add a piece" };

export default function Page() {
  return <AddPiece />;
}

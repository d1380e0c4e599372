"use client";

import { useUrl } from "@/shell/url";

import { Begin } from "./begin";
import { Wizard } from "./wizard";

/** A campaign is begun with its name, and from then on kept as a draft. */
export function Write() {
  const { params } = useUrl();
  const id = params.get("id");
  return id ? <Wizard key={id} id={id} /> : <Begin />;
}

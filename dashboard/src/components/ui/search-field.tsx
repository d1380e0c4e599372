"use client";

import { Search, X } from "lucide-react";
import { useState } from "react";

export function SearchField(props: {
  label: string;
  clear: string;
  value: string;
  onChange: (value: string) => void;
}) {
  // While it has the keys it shows what was typed: an address that holds the value follows a moment
  // later, and a fast typist would lose letters to what it was before.
  const [typed, setTyped] = useState<string | null>(null);
  const value = typed ?? props.value;
  return (
    <div className="relative flex-1">
      <Search aria-hidden className="pointer-events-none absolute left-3.5 top-3.5 size-5 text-soft" />
      <input
        type="search"
        enterKeyHint="search"
        aria-label={props.label}
        placeholder={props.label}
        value={value}
        onChange={(event) => {
          setTyped(event.target.value);
          props.onChange(event.target.value);
        }}
        onBlur={() => setTyped(null)}
        className="h-12 w-full rounded-xl border border-line bg-raised pl-11 pr-11 text-input placeholder:text-soft focus:border-green focus:outline-none [&::-webkit-search-cancel-button]:hidden"
      />
      {value && (
        <button
          type="button"
          aria-label={props.clear}
          onClick={() => {
            setTyped(null);
            props.onChange("");
          }}
          className="absolute right-0 top-0 grid size-12 place-items-center text-soft">
          <X className="size-5" aria-hidden />
        </button>
      )}
    </div>
  );
}

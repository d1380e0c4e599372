import { Search, X } from "lucide-react";

export function SearchField(props: {
  label: string;
  clear: string;
  value: string;
  onChange: (value: string) => void;
}) {
  return (
    <div className="relative flex-1">
      <Search aria-hidden className="pointer-events-none absolute left-3.5 top-3.5 size-5 text-soft" />
      <input
        type="search"
        enterKeyHint="search"
        aria-label={props.label}
        placeholder={props.label}
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
        className="h-12 w-full rounded-xl border border-line bg-raised pl-11 pr-11 text-input placeholder:text-soft focus:border-green focus:outline-none [&::-webkit-search-cancel-button]:hidden"
      />
      {props.value && (
        <button type="button" aria-label={props.clear} onClick={() => props.onChange("")}
          className="absolute right-0 top-0 grid size-12 place-items-center text-soft">
          <X className="size-5" aria-hidden />
        </button>
      )}
    </div>
  );
}

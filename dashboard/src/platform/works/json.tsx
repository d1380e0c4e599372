/** Plain data as it was sent, in lines that wrap. */
export function Json({ of, label }: { of: unknown; label: string }) {
  return (
    <pre tabIndex={0} aria-label={label}
      className="max-h-80 overflow-auto whitespace-pre-wrap break-all px-4 py-3 font-mono text-xs leading-relaxed">
      {JSON.stringify(of, null, 2)}
    </pre>
  );
}

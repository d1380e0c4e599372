/** A bar of how much of a whole there is. */
export function Meter({ label, now, most, tone = "good" }: { label: string; now: number; most: number; tone?: "good" | "waits" }) {
  const shown = Math.max(0, Math.min(now, most));
  return (
    <div role="meter" aria-label={label} aria-valuemin={0} aria-valuemax={most} aria-valuenow={shown}
      className="mt-2 h-2 overflow-hidden rounded-full bg-sunk">
      <div className={tone === "waits" ? "h-full bg-amber" : "h-full bg-green"} style={{ width: `${most ? (100 * shown) / most : 100}%` }} />
    </div>
  );
}

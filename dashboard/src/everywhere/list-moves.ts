/** The first thing to open of each row of the page's list; what is not shown has no place in it. */
function rows(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("main ul > li")]
    .map((row) => row.querySelector<HTMLElement>("button, a[href]"))
    .filter((one) => one !== null && one.checkVisibility({ visibilityProperty: true })) as HTMLElement[];
}

/** Goes to the row after or before the one that has the keys, else that is open; false: there is none. */
export function moveInList(step: 1 | -1): boolean {
  const all = rows();
  const here = all.findIndex((one) => one.closest("li")?.contains(document.activeElement));
  const open = all.findIndex((one) => one.getAttribute("aria-current") !== null);
  const from = here >= 0 ? here : open;
  const next = from < 0 ? (step === 1 ? 0 : all.length - 1) : Math.min(Math.max(from + step, 0), all.length - 1);
  all[next]?.focus();
  all[next]?.scrollIntoView({ block: "nearest" });
  return all.length > 0;
}

/** Puts the cursor into the search of the page's list; false: it has none. */
export function focusSearch(): boolean {
  const field = [...document.querySelectorAll<HTMLInputElement>("input[type=search]")]
    .find((one) => one.checkVisibility({ visibilityProperty: true }));
  field?.focus();
  field?.select();
  return field !== undefined;
}

/** Whether a key pressed now would be typed, or belongs to a dialog or a menu that is open. */
export function keysAreTaken(target: EventTarget | null): boolean {
  const editable = target instanceof HTMLElement && (target.isContentEditable || target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select"));
  return editable || document.querySelector("[role=dialog], [role=alertdialog], [role=menu]") !== null;
}

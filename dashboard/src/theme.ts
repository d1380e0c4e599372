export type Theme = "system" | "light" | "dark";
const KEPT = "dukani.theme";

export function keptTheme(): Theme {
  const kept = window.localStorage.getItem(KEPT);
  return kept === "light" || kept === "dark" ? kept : "system";
}

export function chooseTheme(theme: Theme): void {
  if (theme === "system") {
    window.localStorage.removeItem(KEPT);
    delete document.documentElement.dataset.theme;
  } else {
    window.localStorage.setItem(KEPT, theme);
    document.documentElement.dataset.theme = theme;
  }
}

// Runs before the first paint, so that a page never flashes in the other theme.
export const THEME_SCRIPT = `try{var t=localStorage.getItem(${JSON.stringify(KEPT)});if(t)document.documentElement.dataset.theme=t}catch(e){}`;

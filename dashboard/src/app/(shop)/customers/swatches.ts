/** How the shop's colours look, about; what has no one look, as "multicolour", is none of them. */
export const SWATCHES: Record<string, string> = {
  black: "#1c1c1e", white: "#ffffff", ivory: "#fffff0", cream: "#fdf5dc", beige: "#e3d3b4", khaki: "#b5a677",
  brown: "#6f4527", tan: "#cba377", grey: "#8b8d91", silver: "#c3c6cb", red: "#c8202f", maroon: "#6d1220",
  burgundy: "#6f1732", pink: "#f090b4", peach: "#ffc8a3", orange: "#ec7a1c", rust: "#a8431d", yellow: "#f4cf2a",
  mustard: "#cf9c1c", gold: "#cfa53a", green: "#2f7d3b", olive: "#6d7033", mint: "#aee3c6", teal: "#0f6f70",
  turquoise: "#34c3bd", blue: "#2b5fc4", navy: "#1b2a56", "sky blue": "#8ccbf0", "royal blue": "#2341b8",
  purple: "#6d318f", lilac: "#c7a8dd", lavender: "#c9b8e8",
};

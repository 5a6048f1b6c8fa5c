/** Colours come from the stylesheet, so that they follow the theme; after six series they repeat. */
const COLORS = 6;

/** @param {number} index */
export const colorOf = (index) => `var(--chart-${(index % COLORS) + 1})`;

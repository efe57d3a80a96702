/** What a page says that holds everything itself. */
export const pageText = {
  stillNote: "A still picture. In a browser of today, with scripts, it is live.",
} as const;

/** What the dashboard as a whole says. */
export const dashboardText = {
  figure: (summary: string) => `Training dashboard: ${summary}`,
  waiting: "waiting for Python",
  summary: (step: number, loss: string, accuracy: string, parameters: string) =>
    `step ${step}, loss ${loss}, accuracy ${accuracy}, ${parameters} parameters`,
  unreadable: (why: string) => `What arrived from Python cannot be shown: ${why}`,
} as const;

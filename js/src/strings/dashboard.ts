/** What the dashboard as a whole says. */
export const dashboardText = {
  figure: (summary: string) => `Training dashboard: ${summary}`,
  waiting: "waiting for Python",
  summary: (step: number, loss: string, accuracy: string, parameters: string) =>
    `step ${step}, loss ${loss}, accuracy ${accuracy}, ${parameters} parameters`,
  unreadable: (why: string) => `What arrived from Python cannot be shown: ${why}`,
  begunAnew: "Other points or another network: training begins anew, and the runs before are gone.",
  pastUnreadable: (why: string) =>
    "The training that this page had shown before cannot be read, so it is worked out anew from " +
    `the settings: ${why}`,
} as const;

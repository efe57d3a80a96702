/** What is said of the Python behind a page. */
export const pythonText = {
  absent: "No Python behind this page: everything here runs in the browser.",
  busy: "Python is busy; what needs it waits until it is free. Training goes on here.",
  lost: "Kernel lost: training goes on here; controls that need Python wait.",
  silent: "Kernel lost or busy: training goes on here; controls that need Python wait.",
  restarted:
    "Kernel lost, another one runs: training goes on here. For controls that need Python, run the cell again.",
  back: "Python answers again.",
} as const;

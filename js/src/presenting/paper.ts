/** Whether what is shown goes to paper: there it is light, whole, and without controls. */

const media = (): MediaQueryList => matchMedia("print");

let isPrinting = false;

export const isOnPaper = (): boolean => isPrinting || media().matches;

/** Calls back before something is printed, and after: at once, since the browser does not wait. */
export function followPaper(changed: () => void, signal: AbortSignal): void {
  const print = (isBefore: boolean) => () => {
    isPrinting = isBefore;
    changed();
  };
  addEventListener("beforeprint", print(true), { signal });
  addEventListener("afterprint", print(false), { signal });
  media().addEventListener("change", changed, { signal });
}

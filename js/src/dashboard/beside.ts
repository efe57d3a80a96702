/** The run that the one on screen is compared with: the newest of the others. */
import type { Field, Session } from "../training/session.ts";

export interface Beside {
  readonly name: string;
  readonly field: Field;
}

/** Null where there is no other, or where it is not known just now. */
export function besideOf(session: Session): Beside | null {
  const run = session.others.at(-1);
  const field = run === undefined ? null : session.fieldOf(run);
  return run === undefined || field === null ? null : { name: run.name, field };
}

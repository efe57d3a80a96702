/** Units that have nothing more to say: they give the same for every point that is trained on. */
import type { Session } from "../training/session.ts";
import type { Wiring } from "./wiring.ts";

export type UnitState = "live" | "dead" | "saturated";

/** Beyond this, and for so large a share of the points, a tanh hardly changes any more. */
const SATURATED_FROM = 0.97;
const SATURATED_SHARE = 0.95;

export interface UnitStates {
  /** By node; inputs and units without an activation always live. */
  readonly states: readonly UnitState[];
  readonly dead: number;
  readonly saturated: number;
  /** Units that could be dead, and those that could be saturated. */
  readonly relus: number;
  readonly tanhs: number;
}

export function unitStatesOf({ nodes }: Wiring, session: Pick<Session, "outputs">): UnitStates {
  const states = nodes.map(({ column, place, activation }): UnitState => {
    if (activation === "none") return "live";
    const outputs = session.outputs(column - 1, place);
    if (activation === "relu") return outputs.every((x) => x === 0) ? "dead" : "live";
    const far = outputs.reduce((n, x) => (Math.abs(x) > SATURATED_FROM ? n + 1 : n), 0);
    return far >= SATURATED_SHARE * outputs.length ? "saturated" : "live";
  });
  const count = (state: UnitState) => states.filter((other) => other === state).length;
  const countOf = (activation: string) =>
    nodes.filter((node) => node.activation === activation).length;
  return {
    states,
    dead: count("dead"),
    saturated: count("saturated"),
    relus: countOf("relu"),
    tanhs: countOf("tanh"),
  };
}

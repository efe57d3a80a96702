/** The parameter that is selected on every view of the dashboard. */
import { netviewText as said } from "../strings/netview.ts";
import { oneLine, shownLabel } from "../text.ts";
import type { Network } from "../training/network.ts";
import type { Session } from "../training/session.ts";
import type { Desk } from "./part.ts";

/** Null also where there is no such parameter, as in a network of another shape. */
export function selectedParameter({ traits }: Pick<Desk, "traits">, { network }: Session) {
  const parameter = traits.get("selected_parameter");
  const isOne = typeof parameter === "number" && Number.isInteger(parameter);
  return isOne && parameter >= 0 && parameter < network.names.length ? parameter : null;
}

/** Selects it; selected already, it is let go. */
export function toggleParameter(desk: Desk, session: Session, parameter: number): void {
  const isLetGo = selectedParameter(desk, session) === parameter;
  desk.traits.set("selected_parameter", isLetGo ? null : parameter);
  desk.say(isLetGo ? said.unselected : said.selected(parameterName(session.network, parameter)));
}

export const parameterName = ({ names }: Network, parameter: number): string =>
  oneLine(shownLabel(names[parameter]!)) || `parameter ${parameter}`;

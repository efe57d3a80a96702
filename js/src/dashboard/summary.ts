/** A training in one line: step, loss, accuracy, size. */
import { dashboardText as said } from "../strings/dashboard.ts";
import { percent, plainNumber } from "../strings/figures.ts";
import { countText } from "../text.ts";
import type { Session } from "../training/session.ts";

export const summaryOf = ({ step, row, network }: Session): string =>
  said.summary(
    step,
    plainNumber(row.loss),
    percent(row.accuracy),
    countText(network.initial.length),
  );

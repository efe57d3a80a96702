/** What there is to say of a training, as it stands: nothing here is remembered. */
import { bytesOf } from "../host.ts";
import { messagesText as words } from "../strings/messages.ts";
import { stageOf } from "../training/pace.ts";
import type { Session, Status } from "../training/session.ts";
import { wordsOf } from "../training/watched.ts";
import { LEADER } from "./leading.ts";
import type { Desk } from "./part.ts";
import { numberOf } from "./wishes.ts";

export interface Finding {
  /** Closed once, it stays so until something else is said in its place. */
  readonly kind: "status" | "dead" | "thinned" | "complaint" | "watching";
  readonly words: string;
  /** Something went wrong, and whoever hears the page is told at once. */
  readonly isAlert: boolean;
  readonly isClosable: boolean;
  readonly actions: readonly { readonly label: string; readonly title?: string; act(): void }[];
}

/** How far it goes back from where a run broke off. */
const BACK = 10;

const note = (kind: Finding["kind"], said: string): Finding => ({
  kind,
  words: said,
  isAlert: false,
  isClosable: true,
  actions: [],
});

/** Always one, so that nothing below moves when it changes. */
export function statusFinding(session: Session, desk: Desk): Finding {
  const { status } = session;
  if (status.kind === "diverged") return divergedFinding(status, session, desk);
  if (status.kind === "running" && status.goal !== undefined) {
    return underWayFinding(status.goal, session);
  }
  const said = isFollowing(session, desk) ? words.follows : statusWords(status, session, desk);
  return { ...note("status", said), isClosable: false };
}

/** Whether another page with this widget plays, and takes this one along. */
const isFollowing = ({ isPlaying }: Session, { traits }: Desk): boolean =>
  !isPlaying && traits.get("playing") === true && numberOf(traits, LEADER, 0) > 0;

function underWayFinding(goal: number, session: Session): Finding {
  const said = note("status", words.underWay(stageOf(session.last, goal), goal));
  const stop = {
    label: words.stopHere,
    title: words.stopHereTitle,
    act: () => session.seek(session.last),
  };
  return { ...said, isClosable: false, actions: [stop] };
}

function statusWords(status: Exclude<Status, Diverged>, session: Session, desk: Desk): string {
  const { step, last } = session;
  switch (status.kind) {
    case "completed":
      return words.completed(last);
    case "target": {
      const target = desk.traits.get("target_loss");
      return words.target(status.step, status.loss, typeof target === "number" ? target : null);
    }
    case "running":
      return words.running;
    default:
      if (last === 0) return words.begin;
      return step < last ? words.back : words.ready;
  }
}

type Diverged = Extract<Status, { kind: "diverged" }>;

function divergedFinding(status: Diverged, session: Session, desk: Desk): Finding {
  const { step, example } = status;
  const { learningRate } = session.run.row(step);
  const { alpha } = session.run.settingsAt(step);
  const hint =
    learningRate * 2 * alpha >= 2
      ? words.tryAlpha(learningRate, alpha)
      : words.tryRate(learningRate);
  const back = Math.min(step, BACK);
  const open = {
    label: words.openExample((example ?? 0) + 1),
    title: words.openExampleTitle,
    act: () => desk.traits.set("selected_point", example),
  };
  return {
    kind: "status",
    words: `${words.diverged(step, status.words)} ${hint}`,
    isAlert: true,
    isClosable: false,
    actions: [
      ...(example === null ? [] : [open]),
      ...(back === 0
        ? []
        : [{ label: words.goBack(back), act: () => desk.session?.seek(step - back) }]),
    ],
  };
}

/** A layer all of whose units give nothing for any point; the last one is the score itself. */
export function deadFinding(session: Session): Finding | null {
  const { layers } = session.network;
  const dead = layers
    .slice(0, -1)
    .findIndex((units, layer) =>
      units.every((_, place) => session.outputs(layer, place).every((x) => x === 0)),
    );
  if (dead < 0) return null;
  return { ...note("dead", words.dead(dead + 1, layers[dead]!.length)), isAlert: true };
}

export const thinnedFinding = ({ run }: Session): Finding | null =>
  run.spacing > 1 ? note("thinned", words.thinned(run.spacing)) : null;

export function complaintFinding({ traits }: Desk): Finding | null {
  const complaint = traits.get("complaint");
  if (typeof complaint !== "string" || complaint === "") return null;
  return { ...note("complaint", words.complaint(complaint)), isAlert: true };
}

export function watchingFinding({ traits }: Desk): Finding | null {
  const states: Readonly<Record<string, string>> = words.watching;
  const state = String(traits.get("watching") ?? "");
  const said = states[state];
  if (said === undefined) return null;
  const isUnderWay = state === "running" || state === "paused";
  const stop = { label: words.stop, act: () => traits.set("watching", "stopped") };
  const more = wordsOf(bytesOf(traits.get("watched")));
  return {
    ...note("watching", more === "" ? said : `${said} ${more}`),
    isAlert: state === "failed",
    isClosable: !isUnderWay,
    actions: isUnderWay ? [stop] : [],
  };
}

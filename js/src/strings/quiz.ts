/** What the quiz asks and answers. */
import { Op } from "../arithmetic.ts";
import { countText } from "../text.ts";

export const quizText = {
  group: "Prediction",
  toggle: "Predict",
  toggleTitle: "Hide what comes next, and guess it first",
  kind: "Ask for",
  kinds: { number: "the number", sign: "its sign", parents: "which gradients change" },
  signs: { positive: "positive", zero: "zero", negative: "negative" },
  answer: "Answer",
  showMe: "Show me",
  next: "Next",
  toBackward: "To the backward pass",
  tolerance:
    "Right if it is within 1 % of the number, and of its sign. 1/3, 2e-5, nan and inf can be typed.",
  score: (right: number, asked: number) =>
    `${countText(right)} of ${countText(asked)} right at the first try`,
  end: "That was all of it.",

  forward: (stage: string, formula: string) => `${stage}. ${formula}`,
  forwardGroup: (stage: string, name: string, size: string) =>
    `${stage}. ${name}, a group of ${size}: what comes out of it?`,
  seed: (name: string) => `Output. What is the gradient of ${name} by itself?`,
  backward: (stage: string, operation: string, name: string, upstream: string) =>
    `${stage}. ${operation}${name === "" ? "" : `, at ${name},`} passes its gradient on: ${upstream}.`,
  backwardGroup: (stage: string, name: string, upstream: string) =>
    `${stage}. ${name} passes its gradient on: ${upstream}.`,
  whichGradient: "What is then the gradient",
  whichSign: "What is then the sign of the gradient",
  whichChange: "Which gradients change?",
  value: (name: string) => name,
  gradient: (name: string) => `of ${name}`,
  gradientSoFar: (name: string, before: string) => `of ${name} (until now ${before})`,

  nothing: "Nothing to guess here: too much happens at once.",
  notForward: "Gradients change in the backward pass only.",
  notDrawn: "Nothing to guess here: what comes next is not drawn.",

  right: "Right.",
  shown: "Shown.",
  noNumber: "Type a number, such as 0.5, 1/3, -2e-5, nan or inf.",
  noSign: "Choose one of the three.",
  notYet: "Not yet.",
  wrongSign: "Right size, wrong sign.",
  tooLarge: "Ten times too large.",
  tooSmall: "Ten times too small.",
  close: "Close, but not within 1 %.",
  notFinite: "It is no ordinary number: nan, inf or -inf.",
  isFinite: "It is an ordinary number.",
  isLocal: (upstream: string) =>
    `That is the local derivative; multiply it by the upstream gradient, ${upstream}.`,
  isUpstream: "That is the upstream gradient; multiply it by the local derivative.",
  isContribution: (before: string) =>
    `That is only what this step adds; add what was there, ${before}.`,
  isHalf: "That is what one of the two places brings; it was used twice.",
  isBefore: "That is what was there before; this step adds to it.",
  isOwnFactor: "The local derivative by a factor is the other factor, not the factor itself.",
  isValue: (name: string) => `That is the value of ${name}, not its gradient.`,
  isOther: (what: string) => `That is the ${what}.`,
  isOperand: "That is what goes in; something else comes out.",
  missing: (n: number) => (n === 1 ? "One more changes." : `${n} more change.`),
  extra: (n: number) =>
    n === 1 ? "One of those does not change." : `${n} of those do not change.`,
  unchanged: "What is multiplied by 0 adds nothing.",
  about: (name: string, words: string) => `${name}: ${words}`,

  /** The local derivative, in symbols and with the numbers to put in. */
  rules: {
    add: "A sum passes its gradient on unchanged: the local derivative is 1.",
    sub: "A difference passes its gradient on, to the second operand with the sign turned: 1 and −1.",
    mul: (a: string, x: string, b: string, y: string) =>
      `By one factor of a product the local derivative is the other: ${y} by ${a}, ${x} by ${b}.`,
    square: (a: string, x: string) =>
      `By each factor of a product the local derivative is the other: ${x} by ${a}, twice.`,
    neg: "A minus sign turns the gradient's sign: the local derivative is −1.",
    pow: (n: string, number: string, less: string, result: string) =>
      `Power: the local derivative is n × x ^ (n − 1) = ${n} × ${number} ^ ${less}${result}.`,
    relu: (number: string) =>
      `relu: the local derivative is 1 where the input is above 0, else 0; the input is ${number}.`,
    tanh: (o: string, number: string, result: string) =>
      `tanh: the local derivative is 1 − ${o}² = 1 − ${number}²${result}.`,
    exp: (number: string) => `exp is its own derivative: the local derivative is ${number}.`,
    log: (number: string, result: string) =>
      `log: the local derivative is 1 / x = 1 / ${number}${result}.`,
    sigmoid: (number: string, result: string) =>
      `sigmoid: the local derivative is s × (1 − s) = ${number} × (1 − ${number})${result}.`,
    group: "Through a group, all the derivatives inside work together.",
    seed: "Whatever it is, by itself it changes exactly as much as it does: 1.",
  },
  /** How a result comes about. */
  forwardRules: new Map<number, string>([
    [Op.add, "The two are added."],
    [Op.sub, "The second is taken from the first."],
    [Op.mul, "The two are multiplied."],
    [Op.neg, "The sign is turned."],
    [Op.pow, "The first is raised to the power of the second."],
    [Op.relu, "relu leaves what is above 0 as it is, and makes all else 0."],
    [Op.tanh, "tanh(x) = (e^2x − 1) / (e^2x + 1), between −1 and 1."],
    [Op.exp, "exp(x) = e^x, and e is 2.7183."],
    [Op.log, "log is the natural logarithm: e to the power of it is what goes in."],
    [Op.sigmoid, "sigmoid(x) = 1 / (1 + e^−x), between 0 and 1."],
  ]),
  otherResults: { sum: "sum", difference: "difference", product: "product" },
  comesTo: (name: string, products: string, sum: string) => `${name}: ${products}; ${sum}.`,
} as const;

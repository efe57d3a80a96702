/** The rule that a step follows, with its numbers; worked out only for who has answered. */
import { Op } from "../arithmetic.ts";
import type { Expression } from "../expression.ts";
import type { Flow } from "../flows.ts";
import { nameOf } from "../sentence.ts";
import { quizText as words } from "../strings/quiz.ts";
import { bracketed, shortNumber } from "../text.ts";
import type { Question } from "./question.ts";

export function ruleOf(
  expression: Expression,
  { phase, item }: Question,
  isSolved: boolean,
): string {
  if (phase === "seed") return words.rules.seed;
  if (expression.isGroup(item)) return words.rules.group;
  if (phase === "forward") return words.forwardRules.get(expression.tape.ops[item]!) ?? "";
  return localRule(expression, item, isSolved);
}

function localRule(expression: Expression, i: number, isSolved: boolean): string {
  const { tape } = expression;
  const { rules } = words;
  const op = tape.ops[i]!;
  const [left, right] = [tape.left[i]!, tape.right[i]!];
  const name = expression.name(left);
  const input = expression.value(left);
  const output = bracketed(expression.value(i));
  const slope = expression.local({ from: left, to: i, slot: 0 });
  const result = isSolved ? ` = ${shortNumber(slope)}` : "";
  switch (op) {
    case Op.add:
      return rules.add;
    case Op.sub:
      return rules.sub;
    case Op.mul:
      if (left === right) return rules.square(name, input);
      return rules.mul(name, input, expression.name(right), expression.value(right));
    case Op.neg:
      return rules.neg;
    case Op.pow: {
      const n = tape.constants[i]!;
      const [power, less] = [n, n - 1].map((x) => bracketed(shortNumber(x))) as [string, string];
      return rules.pow(power, bracketed(input), less, result);
    }
    case Op.relu:
      return rules.relu(input);
    case Op.tanh:
      return rules.tanh(nameOf(expression, i) || "o", output, result);
    case Op.exp:
      return rules.exp(expression.value(i));
    case Op.log:
      return rules.log(bracketed(input), result);
    default:
      return rules.sigmoid(output, result);
  }
}

/** "1 × 0.5 = 0.5; 0 + 0.5 = 0.5": for one operand, what it came to. */
export function comesTo(name: string, { terms, contribution, before, after }: Flow): string {
  const write = (x: number) => bracketed(shortNumber(x));
  const products = terms.map(
    ({ upstream, local, contribution: product }) =>
      `${shortNumber(upstream)} × ${write(local)} = ${shortNumber(product)}`,
  );
  const sum = `${shortNumber(before)} + ${write(contribution)} = ${shortNumber(after)}`;
  return words.comesTo(name, products.join(", "), sum);
}

/** What the page writes for Graphviz, and what Graphviz in WebAssembly makes of it. */
import { Graphviz } from "@hpcc-js/wasm-graphviz";
import { dotOf } from "../../src/export/dot.ts";
import { Expression } from "../../src/expression.ts";
import { Fold } from "../../src/fold.ts";
import { dotText } from "../../src/layout/dot.ts";
import { layout } from "../../src/layout/graphviz.ts";
import { buildScene } from "../../src/scene.ts";
import { answerEach, type Question } from "./lines.ts";

answerEach(async ({ tape }: Question) => {
  const expression = new Expression(Buffer.from(tape as string, "base64"));
  const dot = dotOf(expression);
  const graphviz = await Graphviz.load();
  const scene = buildScene(expression, new Fold(expression.tape));
  const forLayout = dotText(scene, "LR");
  return {
    dot,
    read: graphviz.layout(dot, "json0" as "json", "dot"),
    picture: graphviz.layout(dot, "svg", "dot"),
    forLayout,
    laidOut: await layout(forLayout),
    titles: scene.boxes.map(({ index, title }) => [index, title]),
    arrows: scene.arrows.filter(({ isBundled }) => !isBundled).length,
  };
});

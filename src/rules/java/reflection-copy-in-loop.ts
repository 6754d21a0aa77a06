import type { JavaFile } from "../../facts/fileFacts.ts";
import { type CodeNode, childOf, childrenOf } from "../../facts/java/code.ts";
import { BodyCode } from "../../model/calls/bodyCode.ts";
import type { MethodNode } from "../../model/calls/callGraph.ts";
import { converterRun } from "../../model/calls/converters.ts";
import { iterationsAround } from "../../model/calls/iteration/iteration.ts";
import { heldBy } from "../../model/calls/locals.ts";
import type { Model } from "../../model/model.ts";
import { simpleName } from "../../model/types/type.ts";
import type { TypeIndex } from "../../model/types/typeIndex.ts";
import { defineRule } from "../rule.ts";
import { iteratedBy } from "./shared/loops/iterated.ts";
import { type ListRead, listRead } from "./shared/reads/listReads.ts";
import { callsNearby } from "./shared/running/callsNearby.ts";
import { type Body, bodiesWith, waitsBeside } from "./shared/running/hotPath.ts";
import { reachOf } from "./shared/running/reach.ts";

export const reflectionCopyInLoop = defineRule({
  id: "java/reflection-copy-in-loop",
  title: "Every row of an unbounded list is copied by reflection",
  language: "java",
  certainty: "likely",
  severity: "information",
  cost: "10 to 30 µs for a flat object, 0.1 to 0.3 ms for one that holds others and a list of ten; setters take 0.02 µs",
  references: [
    "https://modelmapper.org/user-manual/how-it-works/",
    "https://mapstruct.org/documentation/stable/reference/html/#introduction",
  ],
  messages: { copies: "{{copy}} runs once per row of {{query}}, which brings them all" },

  check({ file, model, report }) {
    const reported = new Set<number>();
    for (const body of bodiesWith(model, file, NAMES)) {
      for (const node of body.nodes) {
        const copy = node.kind === "call" || node.kind === "reference" ? copyAt(model.types, node, body, file) : undefined;
        const rows = copy === undefined || reported.has(node.start) ? undefined : rowsCopied(model, body, node);
        if (copy === undefined || rows === undefined) continue;
        const { often, entry } = reachOf(model, rows.method);
        if (entry === undefined || entry.kind === "listener") continue;
        reported.add(node.start);
        const { call } = rows.read;
        report({
          at: { start: node.nameStart, end: node.end },
          message: "copies",
          data: { copy, query: call.label },
          ...(often === "often" ? {} : { certainty: "possible" as const, severity: "hint" as const }),
          related: [
            { at: { file: file.file, start: rows.read.node.nameStart, end: rows.read.node.end }, message: `${call.label} reads the rows` },
            ...model.effects.chainTo(rows.method.key),
          ],
        });
      }
    }
  },
});

const NAMES = ["map", "copyProperties", "readValue"];

/** What copies by reflection and costs more than 10 µs, as a person would name it; see docs/decisions/calls.md for what costs less. */
function copyAt(types: TypeIndex, node: CodeNode, { typer }: Body, { java }: JavaFile): string | undefined {
  if (!NAMES.includes(node.text)) return undefined;
  const on = childOf(node, "receiver");
  const [given, ...more] = childrenOf(node, "argument");
  if (on === undefined || given === undefined) return undefined;
  if (node.text === "readValue")
    return given.kind === "call" && /^writeValueAs(?:String|Bytes)$/.test(given.text) ? `readValue(${given.text}(…))` : undefined;
  const imported = (name: RegExp): boolean => java.imports.some((declared) => !declared.isStatic && name.test(declared.name));
  if (node.text === "copyProperties")
    return on.kind === "name" && on.text === "BeanUtils" && more.length === 1 && imported(/^org\.apache\.commons\.beanutils2?\.BeanUtils$/)
      ? "BeanUtils.copyProperties of Commons"
      : undefined;
  const type = typer.typeOf(on);
  const name = type && simpleName(type);
  if (more.length !== 1 && more.length !== 2) return undefined;
  if (name === "ModelMapper" && imported(/^org\.modelmapper(?:\.ModelMapper)?$/))
    return converterRun(types, node, typer) === undefined ? "ModelMapper.map" : undefined;
  return name !== undefined && /^(?:Dozer(?:Bean)?)?Mapper$/.test(name) && imported(/^(?:org|com\.github)\.dozer(?:mapper)?\./)
    ? "Dozer's map"
    : undefined;
}

/** The list whose rows are copied one by one, and the method that reads it. */
interface Rows {
  readonly method: MethodNode;
  readonly read: ListRead;
}

/** By the loop around a copy, or by one around a call of its method in the same file. */
function rowsCopied(model: Model, body: Body, copy: CodeNode): Rows | undefined {
  const own = rowsAround(model, body, copy);
  if (own !== undefined || iterationsAround(copy, body.typer).iterations.length > 0) return own;
  for (const { caller, site } of callsNearby(model, body.method)) {
    if (site.iterations.length === 0) continue;
    const around: Body = { method: caller, ...model.calls.codeOf(caller) };
    const call = around.nodes[site.order];
    const rows = call && rowsAround(model, around, call);
    if (rows !== undefined) return rows;
  }
  return undefined;
}

function rowsAround(model: Model, body: Body, node: CodeNode): Rows | undefined {
  const { iterations, excuses } = iterationsAround(node, body.typer);
  const [innermost] = iterations;
  const iterated = innermost === undefined || excuses.length > 0 ? undefined : iteratedBy(node, innermost.at.start);
  const read = iterated === undefined ? undefined : listBehind(model, body, iterated);
  // What waits for a database or another machine beside it costs a hundred times as much.
  return read === undefined || waitsBeside(model, body, node, read.node) ? undefined : { method: body.method, read };
}

const PASSES = /^(?:stream|parallelStream|filter|sorted|peek|spliterator)$/;

/** The query that gives what is iterated, where nothing leaves rows out that a limit would. */
function listBehind(model: Model, body: Body, iterated: CodeNode): ListRead | undefined {
  let at: CodeNode | undefined = iterated;
  while (at?.kind === "call" && PASSES.test(at.text) && childOf(at, "receiver") !== undefined) {
    at = childOf(at, "receiver");
  }
  if (at?.kind === "name") {
    const local = body.typer.declarationOf(at);
    at = local === undefined ? undefined : heldBy(body, local);
  }
  if (at?.kind !== "call") return undefined;
  const call = at;
  const site = body.method.sites.find(({ order }) => body.nodes[order] === call);
  const read = site && listRead(model, body.method, new BodyCode(model.calls, body.method), site);
  // What conditions let through is most often what one person has.
  return read !== undefined && (read.whole || read.call.query === undefined) ? read : undefined;
}

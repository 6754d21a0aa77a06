import { ancestorsOf, type CodeNode, childOf, childrenOf, holdsKind, nodesOf } from "../../facts/java/code.ts";
import { BodyCode } from "../../model/calls/bodyCode.ts";
import type { MethodNode } from "../../model/calls/callGraph.ts";
import type { CallSite } from "../../model/calls/callSites.ts";
import type { Model } from "../../model/model.ts";
import { type RepositoryCall, repositoryCall } from "../../model/persistence/sent/repositoryCalls.ts";
import { defineRule } from "../rule.ts";
import { isLookup, isSmallTable } from "./shared/mapping/smallTables.ts";
import { isPageable, isPageableType } from "./shared/reads/pages.ts";

export const deepOffsetLoop = defineRule({
  id: "java/deep-offset-loop",
  title: "A loop reads all rows page by page, and each page skips all before it",
  language: "java",
  certainty: "likely",
  cost: "N² / 2P rows are read to bring N rows in pages of P",
  references: [
    "https://docs.spring.io/spring-data/jpa/reference/repositories/scrolling.html",
    "https://www.postgresql.org/docs/current/queries-limit.html",
    "https://use-the-index-luke.com/no-offset",
  ],
  messages: { skips: "{{query}} skips all earlier rows again for each page of the loop" },

  check({ file, model, report }) {
    for (const method of model.calls.methodsIn(file.file)) {
      const { owner, method: declared } = method.declared;
      if (!holdsKind(owner.file.java.code, declared.body, "while", "do", "for")) continue;
      const code = new BodyCode(model.calls, method);
      for (const site of method.sites) {
        const call = pagedRead(model, method, site);
        if (call === undefined) continue;
        const node = code.callOf(site);
        const advance = node?.kind === "call" ? advanceOf(code, node) : undefined;
        if (advance === undefined) continue;
        report({
          at: site.at,
          message: "skips",
          data: { query: call.label },
          related: [
            { at: { file: file.file, start: advance.start, end: advance.end }, message: "the loop goes to the next page here" },
            ...(call.query === undefined ? [] : [{ at: call.query.at, message: `${call.label} is declared here` }]),
          ],
          ...(ofOneParent(call) ? { certainty: "possible" } : {}),
        });
      }
    }
  },
});

function pagedRead(model: Model, method: MethodNode, site: CallSite): RepositoryCall | undefined {
  if (site.work?.kind !== "read") return undefined;
  const call = repositoryCall(model.persistence, model.calls, site);
  if (call === undefined || call.repository.style !== "spring-data") return undefined;
  const { declared, name, query, repository } = call;
  if (declared === undefined ? name !== "findAll" : !declared.parameters.some(({ type }) => isPageableType(type))) return undefined;
  const entity = repository.entity === undefined ? undefined : model.persistence.entity(repository.entity);
  const few = isSmallTable(model, query?.scans[0]?.table ?? entity?.table, method.declared.owner.file.file) || isLookup(entity?.name ?? "");
  return few ? undefined : call;
}

/** The rows of one parent are few most often: their pages are not deep. */
const ofOneParent = ({ query }: RepositoryCall): boolean =>
  query?.scans[0]?.tests.some(({ test, constant, fewValues }) => test === "equals" && !constant && !fewValues) ?? false;

/** What moves the page of a call on in the loop around it; undefined where no loop does. */
function advanceOf(code: BodyCode, call: CodeNode): CodeNode | undefined {
  const page = childrenOf(call, "argument").find((argument) => isPageable(code, argument));
  if (page === undefined) return undefined;
  for (const loop of ancestorsOf(call)) {
    if (loop.kind === "lambda" || loop.kind === "method") return undefined;
    if (loop.kind !== "while" && loop.kind !== "do" && loop.kind !== "for") continue;
    const advance = hasFewRounds(loop) ? undefined : advanceIn(code, loop, page);
    if (advance !== undefined) return advance;
  }
  return undefined;
}

/** `for (int page = 0; page < 3; page++)`. */
function hasFewRounds(loop: CodeNode): boolean {
  const condition = childOf(loop, "condition");
  const bound = condition?.kind === "binary" ? childOf(condition, "right") : undefined;
  return loop.kind === "for" && bound?.kind === "literal" && Number(bound.text) <= MANY_PAGES;
}

const MANY_PAGES = 20;

function advanceIn(code: BodyCode, loop: CodeNode, page: CodeNode): CodeNode | undefined {
  const inside = nodesOf(loop);
  if (page.kind !== "name") return advanceOfRequest(inside, page);
  // `pageable = page.nextPageable()`, or a request that is made anew at each round.
  const declared = code.typer.declarationOf(page);
  const assigned = inside.filter((node) => node.kind === "assign" && childOf(node, "target")?.text === page.text);
  for (const assign of assigned) {
    const value = childOf(assign, "value");
    if (value === undefined) continue;
    if (nodesOf(value).some(movesOn)) return assign;
    const advance = advanceOfRequest(inside, value);
    if (advance !== undefined) return advance;
  }
  const value = declared?.kind === "local" && inside.includes(declared) ? childOf(declared, "value") : undefined;
  return value === undefined ? undefined : advanceOfRequest(inside, value);
}

const movesOn = ({ kind, text }: CodeNode): boolean => kind === "call" && /^(?:next|nextPageable|nextOrLastPageable)$/.test(text);

/** `PageRequest.of(page, size)` with a number that the loop counts up. */
function advanceOfRequest(inside: readonly CodeNode[], request: CodeNode): CodeNode | undefined {
  const made = nodesOf(request).find(({ kind, text }) => kind === "call" && (text === "of" || text === "withPage"));
  const [number] = made === undefined ? [] : childrenOf(made, "argument");
  if (number === undefined) return undefined;
  const names = new Set(nodesOf(number).flatMap(({ kind, text }) => (kind === "name" ? [text] : [])));
  return inside.find((node) => {
    if (node.kind === "unary") return node.text === "++" && names.has(node.children[0]?.text ?? "");
    if (node.kind !== "assign" || !names.has(childOf(node, "target")?.text ?? "")) return false;
    const value = childOf(node, "value");
    // `page = 0` starts again, `page = page + 1` and `page += 1` go on.
    return node.text === "+=" || (value?.kind === "binary" && value.text === "+");
  });
}

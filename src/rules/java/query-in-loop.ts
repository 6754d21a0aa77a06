import type { MethodNode } from "../../model/calls/callGraph.ts";
import type { CallSite } from "../../model/calls/callSites.ts";
import type { Model } from "../../model/model.ts";
import type { Certainty, RelatedPlace } from "../finding.ts";
import { defineRule } from "../rule.ts";
import { loadOnce } from "./edits/loadOnce.ts";

export const queryInLoop = defineRule({
  id: "java/query-in-loop",
  title: "A database read for every element of a loop",
  language: "java",
  certainty: "proven",
  cost: "1 + N queries, N elements",
  references: [
    "https://docs.jboss.org/hibernate/orm/6.6/introduction/html_single/Hibernate_Introduction.html#association-fetching",
    "https://docs.spring.io/spring-data/jpa/reference/jpa/query-methods.html",
  ],
  messages: {
    direct: "{{query}} runs once per element of {{over}}",
    through: "{{call}} runs {{query}} once per element of {{over}}",
  },

  check({ file, model, report }) {
    for (const method of model.calls.methodsIn(file.file)) {
      for (const site of method.sites) {
        const [innermost] = site.iterations;
        if (innermost === undefined || site.excuses.length > 0) continue;
        const read = readOf(model, site);
        if (read === undefined) continue;
        const nested = site.iterations.length > 1;
        report({
          at: site.at,
          message: read.through ? "through" : "direct",
          data: { query: read.label, call: site.name, over: innermost.over },
          certainty: certaintyOf(method, read),
          cost: `1 + N queries, N = ${nested ? `${site.iterations.length} nested loops over ` : "elements of "}${innermost.over}`,
          related: [
            { at: { file: file.file, ...innermost.at }, message: `once per element of ${innermost.over}` },
            ...read.chain,
            ...declaration(model, site),
          ],
          fixes: loadOnce(model, method, site),
        });
      }
    }
  },
});

interface Read {
  readonly label: string;
  readonly through: boolean;
  readonly depth: number;
  readonly candidates: number;
  readonly chain: readonly RelatedPlace[];
}

/** The read that a call makes itself, or the nearest one in what it runs. */
function readOf(model: Model, site: CallSite): Read | undefined {
  if (site.work !== undefined)
    return site.work.kind === "read" ? { label: site.work.label, through: false, depth: 0, candidates: 1, chain: [] } : undefined;
  const reads = site.targets.flatMap((target) => {
    const method = model.calls.method(target);
    const effect = method === undefined ? undefined : model.effects.passedOn(target, "read");
    return effect === undefined
      ? []
      : [
          {
            label: effect.label,
            through: true,
            depth: effect.depth,
            candidates: effect.candidates,
            chain: model.effects.chainFrom(target, "read"),
          },
        ];
  });
  // Overloads that the arguments do not tell apart must all read.
  return reads.length === site.targets.length ? reads.sort((a, b) => a.depth - b.depth)[0] : undefined;
}

/** A long way, or many classes that might run, makes it less sure that this loop pays for it. */
function certaintyOf(method: MethodNode, read: Read): Certainty {
  if (read.candidates > 3 || read.depth > 6) return "possible";
  if (read.candidates > 1 || read.depth > 3 || runsOnce(method)) return "likely";
  return "proven";
}

/** Start-up code: its loops run once in the life of the process. */
function runsOnce({ declared }: MethodNode): boolean {
  const { owner, method } = declared;
  if (method.annotations.some((annotation) => /PostConstruct$/.test(annotation.name))) return true;
  return (
    /^(main|run|afterPropertiesSet|migrate)$/.test(method.name) &&
    /Runner|Initializ|Seed|Migration|Bootstrap|Loader|Application$/.test([owner.type.name, ...owner.type.interfaces].join(" "))
  );
}

function declaration(model: Model, site: CallSite): readonly RelatedPlace[] {
  if (site.work === undefined) return [];
  const at = model.effects.declarationAt(site);
  return at === undefined ? [] : [{ at, message: `${site.work.label} is declared here` }];
}

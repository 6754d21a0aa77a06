import type { MethodNode } from "../../model/calls/callGraph.ts";
import type { CallSite } from "../../model/calls/callSites.ts";
import { type IteratedWork, iteratedWork } from "../../model/calls/effects/iteratedWork.ts";
import { type SiteEffect, siteEffect } from "../../model/calls/effects/siteEffects.ts";
import { isByClock } from "../../model/calls/effects/spread.ts";
import type { WorkKind } from "../../model/calls/workKinds.ts";
import type { Model } from "../../model/model.ts";
import { alikeBy } from "../alike.ts";
import type { Certainty } from "../finding.ts";
import { defineRule } from "../rule.ts";
import { elementsAround } from "./shared/loops/elementCount.ts";
import { elementsOf } from "./shared/loops/rounds.ts";
import { waitsForMistake } from "./shared/running/errorBranches.ts";
import { reachOf } from "./shared/running/reach.ts";
import { runsOnlyAtStartUp } from "./shared/running/startUp.ts";

export const redisInLoop = defineRule({
  id: "java/redis-in-loop",
  title: "A Redis command for every element of a loop",
  language: "java",
  certainty: "proven",
  cost: "N round trips, where one pipeline or one command for many keys would do",
  references: [
    "https://redis.io/docs/latest/develop/using-commands/pipelining/",
    "https://docs.spring.io/spring-data/redis/reference/redis/pipelining.html",
  ],
  messages: {
    direct: "{{command}} runs once per element of {{over}}",
    through: "{{by}} runs {{command}} once per element of {{over}}",
    directAndMore: "{{command}} and {{more}} more run once per element of {{over}}",
    throughAndMore: "{{by}} runs {{command}}, and {{more}} more run, once per element of {{over}}",
  },

  check({ file, model, report }) {
    for (const method of model.calls.methodsIn(file.file)) {
      for (const [first, ...more] of loopsIn(model, method)) {
        if (first === undefined) continue;
        const { site, others, effect, innermost, certainty } = first;
        const commands = 1 + more.length;
        const again = [...others, ...more.flatMap((work) => [work.site, ...work.others])];
        report({
          at: site.at,
          message: `${effect.depth === 0 ? "direct" : "through"}${more.length === 0 ? "" : "AndMore"}`,
          data: { command: effect.label, by: site.name, over: innermost.over, more: more.length },
          certainty,
          cost: `${commands === 1 ? "N" : `${commands} × N`} round trips to Redis, N = ${elementsOf(site.iterations)}`,
          related: [
            { at: { file: file.file, ...innermost.at }, message: `once per element of ${innermost.over}` },
            ...effect.chain,
            ...again.map((other) => ({ at: { file: file.file, ...other.at }, message: `${other.name} runs here too` })),
            ...(certainty === "proven" ? model.effects.chainTo(method.key) : []),
          ],
        });
      }
    }
  },
});

interface RedisWork extends IteratedWork {
  readonly certainty: Certainty;
}

/** The commands of each loop, which one pipeline could send together; the first says it best. */
function loopsIn(model: Model, method: MethodNode): readonly (readonly RedisWork[])[] {
  const isRare = (one: CallSite): boolean => waitsForMistake(model.calls, method, one);
  const works = iteratedWork(model.calls, model.effects, method, "redis").flatMap((work): readonly RedisWork[] => {
    const { site, others, effect } = work;
    // One of many writers or readers; a cache that may be in memory as well, deep below: whoever loops up here does not choose it.
    if (effect.candidates > 3 || (effect.candidates > 1 && effect.depth > 3)) return [];
    const isSeldom = effect.depth > 6 || [site, ...others].every(isRare);
    return [{ certainty: isSeldom ? "possible" : certaintyOf(model, method, site, effect), ...work }];
  });
  const loops = alikeBy(works, ({ innermost }) => `${innermost.at.start}`).values();
  return [...loops].map((loop) => [...loop].sort((a, b) => RANK[a.certainty] - RANK[b.certainty] || a.effect.depth - b.effect.depth));
}

const RANK: Readonly<Record<Certainty, number>> = { proven: 0, likely: 1, possible: 2 };

/**
 * Proven where people wait for it: a known way to Redis alone, which requests or messages come to. What nothing is known to reach, a clock
 * runs or few elements come to is felt less; what runs once, or for elements that are written down, hardly.
 */
function certaintyOf(model: Model, method: MethodNode, site: CallSite, effect: SiteEffect): Certainty {
  const elements = elementsAround(model, method, site);
  if (elements === "written" || runsOnlyAtStartUp(model, method)) return "possible";
  const { often, entry } = reachOf(model, method);
  // Beside another machine that is asked as well, or a pause that is made on purpose, Redis is no cause.
  const asksMore = OTHERS.some((kind) => siteEffect(model.effects, site, kind) !== undefined);
  const isKnown = effect.candidates === 1 && effect.depth <= 3;
  return isKnown && often === "often" && elements !== "few" && (entry === undefined || !isByClock(entry)) && !asksMore
    ? "proven"
    : "likely";
}

const OTHERS: readonly WorkKind[] = ["http", "search", "read", "write", "sleep"];

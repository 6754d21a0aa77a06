import type { MethodNode } from "../../model/calls/callGraph.ts";
import type { CallSite } from "../../model/calls/callSites.ts";
import { type IteratedWork, iteratedWork } from "../../model/calls/effects/iteratedWork.ts";
import type { SiteEffect } from "../../model/calls/effects/siteEffects.ts";
import type { EntryPoint } from "../../model/calls/effects/spread.ts";
import type { Model } from "../../model/model.ts";
import { type Alike, alikeBy, besides, speakerOf } from "../alike.ts";
import { type Certainty, SEVERITY_OF, type Severity } from "../finding.ts";
import { defineRule } from "../rule.ts";
import { elementsAround } from "./shared/loops/elementCount.ts";
import { isOfGroups, iteratedBy } from "./shared/loops/iterated.ts";
import { elementsOf } from "./shared/loops/rounds.ts";
import { spokenName } from "./shared/loops/spokenNames.ts";
import { waitsForMistake } from "./shared/running/errorBranches.ts";
import { perEntry } from "./shared/running/reach.ts";

export const httpCallInLoop = defineRule({
  id: "java/http-call-in-loop",
  title: "A remote call for every element of a loop",
  language: "java",
  certainty: "proven",
  cost: "N round trips to another machine, one after the other",
  references: [
    "https://docs.spring.io/spring-framework/reference/integration/rest-clients.html",
    "https://docs.oracle.com/en/java/javase/21/docs/api/java.net.http/java/net/http/HttpClient.html",
  ],
  messages: {
    direct: "{{call}} runs once per element of {{over}}",
    through: "{{by}} runs {{call}} once per element of {{over}}",
    directAndMore: "{{call}} and {{more}} more run once per element of {{over}}",
    throughAndMore: "{{by}} runs {{call}}, and {{more}} more run, once per element of {{over}}",
  },

  check({ file, model, report }) {
    for (const method of model.calls.methodsIn(file.file)) {
      for (const loop of loopsIn(model, method)) {
        const surest = speakerOf(loop);
        const { site, others, effect, innermost, certainty, severity } = surest;
        const more = besides(loop, surest);
        const again = [...others, ...more.flatMap((work) => [work.site, ...work.others])];
        report({
          at: site.at,
          message: `${effect.depth === 0 ? "direct" : "through"}${more.length === 0 ? "" : "AndMore"}`,
          data: { call: effect.label, by: spokenName(model, method, site), over: innermost.over, more: more.length },
          certainty,
          severity,
          cost: `${more.length === 0 ? "N" : `${1 + more.length} × N`} round trips${perEntry(model, method)}, N = ${elementsOf(site.iterations)}`,
          related: [
            { at: { file: file.file, ...innermost.at }, message: `once per element of ${innermost.over}` },
            ...effect.chain,
            ...again.map((other) => ({ at: { file: file.file, ...other.at }, message: `${other.name} runs here too` })),
          ],
        });
      }
    }
  },
});

const REMOTE = ["http", "search"] as const;

interface RemoteWork extends IteratedWork {
  readonly certainty: Certainty;
  readonly severity: Severity;
}

/** The remote calls of each loop, of which one cause is told. */
function loopsIn(model: Model, method: MethodNode): Iterable<Alike<RemoteWork>> {
  const works = REMOTE.flatMap((kind) => iteratedWork(model.calls, model.effects, method, kind)).flatMap((work): readonly RemoteWork[] => {
    const certainty = certaintyOf(model, method, work);
    if (certainty === undefined) return [];
    const severity = certainty === "proven" && isLoopOfLoops(model, work) ? "information" : SEVERITY_OF[certainty];
    return [{ certainty, severity, ...work }];
  });
  return alikeBy(works, ({ innermost }) => `${innermost.at.start}`).values();
}

/** How sure it is that somebody waits for the calls of many elements; undefined where hardly anything is known of them. */
function certaintyOf(model: Model, method: MethodNode, { site, effect, paced, gathered }: IteratedWork): Certainty | undefined {
  if (effect.candidates > 3 || effect.depth > FARTHEST) return undefined;
  const entry = model.effects.reachedFrom(method.key);
  if (entry === undefined && effect.depth > 1) return undefined;
  if (isRare(model, method, site) || FILES_ONE_BY_ONE.test(effect.label)) return "possible";
  const certainty = usualCertainty(effect, entry, paced || gathered);
  if (certainty !== "proven") return certainty;
  // An index answers as fast as a database: it takes many rounds to feel it, and a way on which hardly one is left out.
  const isHardlyFelt = effect.kind === "search" && (effect.depth > 1 || elementsAround(model, method, site) !== "many");
  return isHardlyFelt || OBJECTS_ONE_BY_ONE.test(effect.label) || asksPerGroup(model, method, site) ? "likely" : certainty;
}

/** Whether the way to the call leads through another loop of which the same is said, and as surely: that one is to be mended first. */
function isLoopOfLoops(model: Model, { effect: { target, kind } }: IteratedWork): boolean {
  const path = target === undefined ? [] : model.effects.methodsFrom(target, kind);
  return path.some((key, i) => {
    const method = model.calls.method(key);
    if (method === undefined) return false;
    model.calls.noteBody(method);
    const next = path[i + 1];
    return iteratedWork(model.calls, model.effects, method, kind).some(
      (work) => work.effect.target === next && certaintyOf(model, method, work) === "proven",
    );
  });
}

/** Behind longer ways, and behind message buses with many receivers, the call is seldom that of this loop. */
const FARTHEST = 4;

/** Of these protocols no command takes several files. */
const FILES_ONE_BY_ONE = /^(?:FTPClient|ChannelSftp)\./;

/** Stores take several keys to delete, but no several objects to bring or to keep: what can be had is to wait for them together. */
const OBJECTS_ONE_BY_ONE =
  /^(?:AmazonS3(?:Client)?|S3Client|S3Template|MinioClient|OSS(?:Client)?|BlobClient|Uploader)\.(?:put|get|copy|upload|download|store|read)/;

/** Few elements, or what is left to do one by one when something has gone wrong. */
const isRare = (model: Model, method: MethodNode, site: CallSite): boolean =>
  waitsForMistake(model.calls, method, site) || /^(?:few|written)$/.test(elementsAround(model, method, site));

/** Of many elements that are asked for by group, by tenant or by shop, there are few calls. */
function asksPerGroup(model: Model, method: MethodNode, { order, iterations }: CallSite): boolean {
  const { nodes, typer } = model.calls.codeOf(method);
  const call = nodes[order];
  return (
    call !== undefined &&
    iterations.every(({ at }) => {
      const iterated = iteratedBy(call, at.start);
      return iterated !== undefined && isOfGroups(iterated, typer);
    })
  );
}

/**
 * A request has somebody who waits; command lines, the start of the application, jobs that pace themselves and calls that are under way
 * together do what they were told to.
 */
function usualCertainty({ depth, candidates }: SiteEffect, entry: EntryPoint | undefined, isWanted: boolean): Certainty {
  const isOnce = entry?.kind === "listener" && !entry.often;
  if (isWanted || entry === undefined || entry.kind === "job" || isOnce) return "possible";
  return entry.kind === "endpoint" && entry.often && candidates === 1 && depth <= 3 ? "proven" : "likely";
}

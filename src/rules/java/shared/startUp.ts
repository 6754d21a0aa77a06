import type { MethodNode } from "../../../model/calls/callGraph.ts";
import type { Model } from "../../../model/model.ts";
import { isMigrationType } from "../../../model/schema/javaMigrations.ts";
import { annotationNamed, annotationValue } from "../../../model/types/constants.ts";
import { bareName } from "../../../model/types/typeIndex.ts";
import { callsNearby } from "./callsNearby.ts";

/** Start-up code: its loops run once in the life of the process. */
export function runsAtStartUp({ declared }: MethodNode): boolean {
  const { owner, method } = declared;
  if (method.annotations.some((annotation) => /PostConstruct$/.test(annotation.name)) || listensToStart(declared)) return true;
  // `@Bean CommandLineRunner fill(…) { return args -> …; }`
  if (RUNNER.test(method.returns)) return true;
  const names = [owner.type.name, ...owner.type.interfaces].join(" ");
  // "V2_8_0_20190520171430__hashCodes": Flyway runs it once.
  if (/Seed|Bootstrap|Migration|^[VRB][\d_]*__/.test(owner.type.name) || isMigrationType(owner.type)) return true;
  return /^(?:main|run|afterPropertiesSet|migrate)$/.test(method.name) && /Runner|Initializ|Loader|Application$/.test(names);
}

const RUNNER = /(?:^|\.)(?:ApplicationRunner|CommandLineRunner)$/;
const STARTS = /^(?:ApplicationReadyEvent|ApplicationStartedEvent|ContextRefreshedEvent)$/;

/** `@EventListener(ApplicationReadyEvent.class)`, or the event as its parameter. */
function listensToStart({ method }: MethodNode["declared"]): boolean {
  const listener = annotationNamed(method.annotations, "EventListener");
  if (listener === undefined) return false;
  const named = annotationValue(listener, "value") ?? annotationValue(listener, "classes");
  const event = named?.kind === "reference" ? named.name.replace(/\.class$/, "") : method.parameters[0]?.type;
  return event !== undefined && STARTS.test(bareName(event));
}

/** Start-up code, and what nothing but start-up code of its own file is seen to call. */
export function runsOnlyAtStartUp(model: Model, method: MethodNode): boolean {
  if (runsAtStartUp(method)) return true;
  if (model.effects.reachedFrom(method.key) !== undefined) return false;
  const calls = callsNearby(model, method);
  return calls.length > 0 && calls.every(({ caller }) => runsAtStartUp(caller));
}

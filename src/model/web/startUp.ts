import type { MethodNode } from "../calls/callGraph.ts";
import { isMigrationType } from "../schema/javaMigrations.ts";
import { annotationNamed, annotationValue } from "../types/constants.ts";
import { bareName } from "../types/typeIndex.ts";

/** Start-up code: its loops run once in the life of the process. */
export function runsAtStartUp({ declared }: MethodNode): boolean {
  const { owner, method } = declared;
  if (method.annotations.some((annotation) => /PostConstruct$/.test(annotation.name)) || listensToStart(declared)) return true;
  // `@Bean CommandLineRunner fill(…) { return args -> …; }`
  if (RUNNER.test(method.returns)) return true;
  const names = [owner.type.name, ...owner.type.interfaces].join(" ");
  // "V2_8_0_20190520171430__hashCodes": Flyway runs it once.
  if (ONCE.test(owner.type.name) || isMigrationType(owner.type)) return true;
  return /^(?:main|run|afterPropertiesSet|migrate)$/.test(method.name) && /Runner|Initializ|Loader|Application$/.test(names);
}

/** Whole words: a Seedlot is none (bcgov/nr-spar). */
const ONCE = /(?:Seed(?:er|ing|s)?|Bootstrap(?:per|ping)?|Migrations?)(?!\p{Ll})|^[VRB][\d_]*__/u;
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

import type { MethodNode } from "../../../model/calls/callGraph.ts";
import { isMigrationType } from "../../../model/schema/javaMigrations.ts";

/** Start-up code: its loops run once in the life of the process. */
export function runsAtStartUp({ declared }: MethodNode): boolean {
  const { owner, method } = declared;
  if (method.annotations.some((annotation) => /PostConstruct$/.test(annotation.name))) return true;
  const names = [owner.type.name, ...owner.type.interfaces].join(" ");
  // "V2_8_0_20190520171430__hashCodes": Flyway runs it once.
  if (/Seed|Bootstrap|Migration|^[VRB][\d_]*__/.test(owner.type.name) || isMigrationType(owner.type)) return true;
  return /^(?:main|run|afterPropertiesSet|migrate)$/.test(method.name) && /Runner|Initializ|Loader|Application$/.test(names);
}

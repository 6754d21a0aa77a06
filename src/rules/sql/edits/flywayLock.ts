import { insertKey } from "../../../facts/config/insertKey.ts";
import type { Model } from "../../../model/model.ts";
import type { FileEdit } from "../../../text/edits.ts";
import type { Sources } from "../../finding.ts";

/** The property without which Flyway waits for itself; "settled" where it is set, undefined where nobody knows how. */
export function flywayLockEdit(model: Model, file: string, texts: Sources): FileEdit | "settled" | undefined {
  if (isFlywayLockSettled(model, file)) return "settled";
  if (isSwitchedOff(model, file)) return undefined;
  const main = model.configuration.mainFileOf(file);
  const text = main === undefined ? undefined : texts.text(main);
  const edit = main === undefined || text === undefined ? undefined : insertKey(main, text, FLYWAY_LOCK, "false");
  return main === undefined || edit === undefined ? undefined : { kind: "change", file: main, edits: [edit] };
}

export const canSettleFlywayLock = (model: Model, file: string): boolean =>
  isFlywayLockSettled(model, file) || (model.configuration.mainFileOf(file) !== undefined && !isSwitchedOff(model, file));

/** The application leaves its migrations to Flyway's own command line, which reads none of its properties. */
export const isSwitchedOff = ({ configuration }: Model, file: string): boolean =>
  configuration
    .everyValue("spring.flyway.enabled", file)
    .some(({ value, profile }) => profile === undefined && value.trim().toLowerCase() === "false");

export const FLYWAY_LOCK = "spring.flyway.postgresql.transactional-lock";

export function isFlywayLockSettled(model: Model, file: string): boolean {
  const { configuration } = model;
  return (
    configuration.everyValue(FLYWAY_LOCK, file).length > 0 ||
    configuration.codeSettles("own-flyway-lock", file) ||
    holdsTransaction(model, file) === "no"
  );
}

/** Whether Flyway holds a transaction open while it migrates: since 9.1.2; Spring Boot brings such a version since 3.0. */
export function holdsTransaction(model: Model, file: string): "yes" | "likely" | "no" | "unknown" {
  const { artifacts, boot, has } = model.configuration.buildOf(file);
  // Without Flyway in the build, it is run in another way.
  if (!has("flyway-core", "flyway-database-postgresql", "spring-boot-starter-flyway") || isSwitchedOff(model, file)) return "unknown";
  const version = /^(\d+)\.(\d+)(?:\.(\d+))?/
    .exec(artifacts["flyway-core"] ?? "")
    ?.slice(1)
    .map((part) => Number(part ?? 0));
  if (version !== undefined) {
    const [major = 0, minor = 0, patch = 0] = version;
    return major > 9 || (major === 9 && (minor > 1 || (minor === 1 && patch >= 2))) ? "yes" : "no";
  }
  if (boot === undefined) return "likely";
  return Number(/^\d+/.exec(boot)?.[0] ?? Number.NaN) >= 3 ? "yes" : "no";
}

import type { AnnotationValue, JavaAnnotation, JavaMethod } from "../../facts/java/javaFacts.ts";
import { isDevelopmentProfile } from "../configuration/profiles.ts";
import { annotationNamed, annotationValue, constantNumber, constantText } from "../types/constants.ts";
import { bareName, type TypeEntry, type TypeIndex } from "../types/typeIndex.ts";
import { guardAdmitsAdministrators, guardAdmitsOperators, isPathOfAdministrators } from "./administrators.ts";

/** A clock that strikes less than every ten minutes leaves its work time. */
const OFTEN_MS = 600_000;

const FOR_FEW =
  /\/(?:internal|supervision|maintenance|actuator|system|setup|install\w*|(?:import|export)(?:s|-?(?:data|csv|excel|xlsx?|zip))?|migrations?|backups?|restore|(?:run-)?re-?index(?:ing)?|debug|(?:integration-?)?tests?|test(?:ing)?-?(?:support|data)|mock(?:-?server)?)(?:\/|$)/i;

/** Whether a path or the roles that are asked for say that an endpoint is seldom asked: by administrators, by operators, once in a while. */
export function isForFew(path: string, { type }: TypeEntry, method: JavaMethod): boolean {
  if (
    isPathOfAdministrators(path) ||
    FOR_FEW.test(path) ||
    /^Admin/.test(type.name) ||
    /^admin\p{Lu}/u.test(method.name) ||
    isForDevelopment(type)
  )
    return true;
  if (isOnceInAWhile(path) || guardAdmitsOperators(type, method)) return true;
  const guard = annotationNamed([...method.annotations, ...type.annotations], "PreAuthorize", "Secured", "RolesAllowed");
  const roles = guard?.values.flatMap(({ value }) => textsOf(value)).flatMap((text) => text.match(/[A-Z][A-Z_]{3,}/g) ?? []) ?? [];
  return (
    roles.length > 0 && roles.every((role) => /^(?:ROLE_)?(?:(?:SYS|SYSTEM|SUPER|GLOBAL)_?)?(?:ADMIN|ADMINISTRATOR|OPERATOR)$/.test(role))
  );
}

/** What somebody does once in the life of an account, or when a password is lost; a login with one is none of it. */
const isOnceInAWhile = (path: string): boolean => ONCE.test(path) && !/log-?in|sign-?in/i.test(path);

const ONCE =
  /passw(?:or)?d|\/(?:sign-?up|withdrawal)(?:\/|$)|\/(?:auth|users?|members?|accounts?)\/(?:register|registration|join|withdraw|deactivate|activate)(?:\/|$)/i;

/** Whether these few are people who run the application: what they type in stays little. */
export const isForAdministrators = (path: string, { type }: TypeEntry, method: JavaMethod): boolean =>
  isPathOfAdministrators(path) ||
  /^Admin\w*(?:Controller|Resource|Endpoint|Rest|Servlet)$/.test(type.name) ||
  /^admin\p{Lu}/u.test(method.name) ||
  guardAdmitsAdministrators(type, method);

/** `@Profile("dev")`, `@Profile(Profiles.INTEGRATION_TEST)`: no endpoint of production. */
function isForDevelopment({ annotations }: TypeEntry["type"]): boolean {
  const profile = annotationNamed(annotations, "Profile");
  const names = profile?.values.flatMap(({ value }) => textsOf(value)) ?? [];
  return names.length > 0 && names.every((name) => isDevelopmentProfile(name.slice(name.lastIndexOf(".") + 1).replaceAll("_", "-")));
}

function textsOf(value: AnnotationValue): readonly string[] {
  switch (value.kind) {
    case "text":
      return [value.text];
    case "reference":
      return [value.name];
    case "array":
      return value.values.flatMap(textsOf);
    case "concatenation":
      return value.parts.flatMap(textsOf);
    default:
      return [];
  }
}

/** Whether a schedule strikes, or a message arrives, again and again while people use the application. */
export function happensOften(types: TypeIndex, at: TypeEntry, method: JavaMethod, annotation: JavaAnnotation): boolean {
  const name = bareName(annotation.name);
  if (!name.startsWith("Schedule")) return !isLifeCycle(method, annotation);
  const schedules = name === "Scheduled" ? [annotation] : schedulesOf(annotation);
  return schedules.some((schedule) => strikesOften(types, at, schedule));
}

/** "ApplicationReadyEvent": once in the life of the process. */
function isLifeCycle({ parameters }: JavaMethod, { values }: JavaAnnotation): boolean {
  const events = [...parameters.map(({ type }) => type), ...values.flatMap(({ value }) => [...textsOf(value), sourceOf(value)])];
  return events.some((event) =>
    /\b(?:Application(?:Ready|Started|Prepared|Failed)|Context(?:Refreshed|Started|Closed|Stopped))Event\b/.test(event),
  );
}

const sourceOf = (value: AnnotationValue): string => (value.kind === "other" ? value.source : "");

function schedulesOf({ values }: JavaAnnotation): readonly JavaAnnotation[] {
  return values.flatMap(({ value }) => {
    const many = value.kind === "array" ? value.values : [value];
    return many.flatMap((one) => (one.kind === "annotation" ? [one.annotation] : []));
  });
}

function strikesOften(types: TypeIndex, at: TypeEntry, schedule: JavaAnnotation): boolean {
  const unitMs = UNITS_MS[textsOf(annotationValue(schedule, "timeUnit") ?? { kind: "text", text: "" })[0]?.replace(/^.*\./, "") ?? ""] ?? 1;
  return schedule.values.some(({ name, value }) => {
    if (name === "cron") return /^\S+\s+(?:\*|(?:\*|0)\/(?:[1-9]|10))\s/.test(withDefault(constantText(value, at, types) ?? ""));
    if (name === "fixedRate" || name === "fixedDelay") {
      const every = constantNumber(value, at, types);
      return every !== undefined && every * unitMs <= OFTEN_MS;
    }
    if (name !== "fixedRateString" && name !== "fixedDelayString") return false;
    const text = withDefault(constantText(value, at, types) ?? "");
    return /^\d+$/.test(text) && Number(text) * unitMs <= OFTEN_MS;
  });
}

/** "${poll.interval:5000}" → "5000". */
const withDefault = (text: string): string => text.replace(/^\$\{[^:}]*:(.*)\}$/, "$1");

const UNITS_MS: Readonly<Record<string, number>> = { SECONDS: 1000, MINUTES: 60_000, HOURS: 3_600_000, DAYS: 86_400_000 };

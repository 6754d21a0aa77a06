import type { Step } from "./protocol.ts";

/** `${schema}`, as the facts keep the names that Flyway fills in. */
const PLACEHOLDER = /\$\{([^}\r\n'"]*)\}/g;

/**
 * A step with a name for each `${…}` in it: what Flyway puts there nobody has said, and to the planner any name is as good, as long as it
 * is the same everywhere, quoted or not.
 */
export function withoutPlaceholders(step: Step): Step {
  switch (step.kind) {
    case "sql":
      return { ...step, sql: namesForPlaceholders(step.sql) };
    case "resize":
      return { ...step, relations: step.relations.map(({ name, pages }) => ({ name: namesForPlaceholders(name), pages })) };
    case "reset":
      return step;
  }
}

/** Each name is as long as its placeholder, so that every offset stays. */
export const namesForPlaceholders = (text: string): string =>
  text.replace(PLACEHOLDER, (_, name: string) => `p_${name.toLowerCase().replace(/[^a-z0-9_]/g, "_")}_`);

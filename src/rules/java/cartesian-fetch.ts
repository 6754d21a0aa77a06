import type { Model } from "../../model/model.ts";
import type { FetchGap } from "../../model/persistence/loading/fetchGaps.ts";
import type { Selection } from "../../model/persistence/repositories/selection.ts";
import { defineRule, type Report } from "../rule.ts";
import { collectionsFetched, declaredAt, entryOf, fetchingIn, hasNoCalls } from "./shared/mapping/selections.ts";

export const cartesianFetch = defineRule({
  id: "java/cartesian-fetch",
  title: "One query joins two collections side by side",
  language: "java",
  certainty: "likely",
  severity: "warning",
  cost: "rows multiply: |a| × |b| for each owner",
  references: [
    "https://docs.jboss.org/hibernate/orm/6.6/introduction/html_single/Hibernate_Introduction.html#association-fetching",
    "https://docs.jboss.org/hibernate/orm/6.6/userguide/html_single/Hibernate_User_Guide.html#fetching",
  ],
  messages: { product: "{{query}} multiplies {{first}} by {{second}}{{entry}}" },

  check({ file, model, report }) {
    for (const { selection, at, method } of fetchingIn(model, file)) {
      if (selection.source === "native") continue;
      const pair = sideBySide(collectionsFetched(model, selection).filter((collection) => !isOneEach(collection, selection)));
      if (pair === undefined) continue;
      const [first, second] = pair;
      report({
        at,
        message: "product",
        data: { query: selection.label, first: first.path, second: second.path, entry: entryOf(model, method) },
        cost: `${selection.rows === "one" ? "" : "owners × "}|${first.path}| × |${second.path}| rows`,
        related: [declaredAt(first), declaredAt(second), ...model.effects.chainTo(method)],
        ...weightOf(model, selection, method),
      });
    }
  },
});

/**
 * One owner's collections are few rows, most often; a query that nobody sends brings none, and of one that nobody is known to wait for it is
 * not known how often it runs.
 */
function weightOf(model: Model, { rows }: Selection, method: string): Pick<Report, "certainty" | "severity"> {
  const isWaitedFor = model.effects.reachedFrom(method) !== undefined;
  if (!isWaitedFor && hasNoCalls(model, method)) return HINT;
  return rows === "one" ? FEW : isWaitedFor ? {} : { severity: "information" };
}

const HINT = { certainty: "possible", severity: "hint" } as const;
const FEW = { certainty: "possible", severity: "information" } as const;

/** Of a collection whose elements are asked for by their key, each owner has one: `join fetch o.lines l … where l.id = :id`. */
const isOneEach = ({ path, target }: FetchGap, { fixed }: Selection): boolean =>
  target?.attributes.filter(({ id }) => id).length === 1 &&
  target.attributes.some(({ id, name }) => id && (fixed?.includes(`${path}.${name}`) || fixed?.includes(`${path}.id`)));

/** Two collections of which neither lies below the other: what lies below adds rows, what lies beside multiplies them. */
function sideBySide(collections: readonly FetchGap[]): readonly [FetchGap, FetchGap] | undefined {
  for (const [i, first] of collections.entries())
    for (const second of collections.slice(i + 1))
      if (!second.path.startsWith(`${first.path}.`) && !first.path.startsWith(`${second.path}.`)) return [first, second];
  return undefined;
}

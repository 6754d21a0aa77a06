import type { Changeset } from "../../../facts/sql/operationFacts.ts";

/** What one profile runs Liquibase with, as its configuration writes it. */
export interface LiquibaseProfile {
  /** `spring.liquibase.contexts`: "prod, eu"; without any, changesets of all contexts run. */
  readonly contexts: string | undefined;
  /** `spring.liquibase.label-filter`: "!experimental and v2". */
  readonly labels: string | undefined;
}

/** The profiles in which a changeset, or what is included, runs. */
export const profilesRunning = (
  { contexts, labels }: Pick<Changeset, "contexts" | "labels">,
  profiles: readonly LiquibaseProfile[],
): readonly LiquibaseProfile[] =>
  profiles.filter(
    (profile) =>
      (contexts === undefined || profile.contexts === undefined || matches(contexts, namesIn(profile.contexts))) &&
      (labels === undefined || profile.labels === undefined || matches(profile.labels, namesIn(labels))),
  );

const namesIn = (list: string): ReadonlySet<string> => new Set(list.split(",").map((name) => name.trim().toLowerCase()));

/** Liquibase's expressions over contexts and labels: `a, b`, `a or b`, `!a and (b or c)`. What it does not read is taken to match. */
function matches(expression: string, names: ReadonlySet<string>): boolean {
  const tokens = expression.toLowerCase().match(/[(),!]|[^\s(),!]+/g) ?? [];
  let at = 0;
  const takes = (...words: readonly string[]): boolean => words.includes(tokens[at] ?? "") && ++at > 0;
  const either = (): boolean => {
    let found = both();
    while (takes("or", ",")) found = both() || found;
    return found;
  };
  const both = (): boolean => {
    let found = one();
    while (takes("and")) found = one() && found;
    return found;
  };
  const one = (): boolean => {
    if (takes("!", "not")) return !one();
    if (takes("(")) {
      const inner = either();
      takes(")");
      return inner;
    }
    return names.has(tokens[at++] ?? "");
  };
  const found = tokens.length === 0 || either();
  return found || at < tokens.length;
}

import ignore, { type Ignore } from "ignore";
import type { FileProblem } from "../facts/fileFacts.ts";
import type { RuleChoice, RuleLevel } from "../facts/project/projectFacts.ts";
import { similarNames } from "../text/similar.ts";
import type { Configuration } from "./folders.ts";
import { isWithin, join, parentOf, relativeTo, type WorkspacePaths } from "./workspacePaths.ts";

/**
 * What the `performance.yaml` files want reported; the nearest one above a file governs it alone. A RuleSettings of the
 * analysis.
 */
export class ProjectSettings {
  /** Outer ones first. */
  readonly configurations: readonly Configuration[];
  readonly #paths: WorkspacePaths;
  readonly #byBase: ReadonlyMap<string, Choices>;
  readonly #all: Choices | undefined;
  readonly #byFile = new Map<string, ReadonlyMap<string, RuleLevel>>();

  constructor(configurations: readonly Configuration[], paths: WorkspacePaths) {
    this.configurations = configurations;
    this.#paths = paths;
    this.#byBase = new Map(configurations.map((configuration) => [configuration.base, choicesOf(configuration)]));
    this.#all = [...this.#byBase.values()].find(({ configuration }) => configuration.governsAll);
  }

  /** The severity that a project gives to a rule in a file, "off", or undefined where it says nothing. */
  severityOf(rule: string, file: string): RuleLevel | undefined {
    let levels = this.#byFile.get(file);
    if (levels === undefined) this.#byFile.set(file, (levels = this.#levelsOf(file)));
    return levels.get(rule);
  }

  /** The configuration that governs a file, by its workspace path. */
  configurationOf(file: string): Configuration | undefined {
    return this.#choicesFor(file)?.configuration;
  }

  #levelsOf(file: string): ReadonlyMap<string, RuleLevel> {
    const choices = this.#choicesFor(file);
    const levels = new Map<string, RuleLevel>();
    if (choices === undefined) return levels;
    const add = (rules: readonly RuleChoice[]) => {
      for (const { rule, level } of rules) levels.set(rule, level);
    };
    add(choices.configuration.facts.rules);
    const relative = this.#relativeTo(choices.configuration.base, file);
    for (const { files, rules } of choices.overrides) if (files.ignores(relative)) add(rules);
    return levels;
  }

  /** Seen from the folder of a configuration; from its own root where it lies elsewhere. */
  #relativeTo(base: string, file: string): string {
    const path = this.#paths.pathOf(file) ?? file;
    const folder = isWithin(path, base) ? base : this.#paths.rootOf(path);
    return folder === undefined || path === folder ? file : relativeTo(folder, path);
  }

  #choicesFor(file: string): Choices | undefined {
    if (this.#byBase.size === 0) return undefined;
    if (this.#all !== undefined) return this.#all;
    for (let folder = this.#paths.pathOf(file); folder !== undefined; folder = parentOf(folder)) {
      const choices = this.#byBase.get(folder);
      if (choices !== undefined) return choices;
    }
    return undefined;
  }
}

/** The file of known findings that a configuration names: an absolute path. */
export function baselinePathOf({ path, facts }: Configuration): string | undefined {
  return besideConfiguration(path, facts.baseline);
}

/** Requests a second that load tests send to endpoints; of several for one endpoint the most. */
export function ratesOf(configurations: readonly Configuration[]): ReadonlyMap<string, number> {
  const rates = new Map<string, number>();
  for (const { facts } of configurations)
    for (const { endpoint, ratePerSecond = 0 } of facts.scenarios)
      if (ratePerSecond > (rates.get(endpoint) ?? 0)) rates.set(endpoint, ratePerSecond);
  return rates;
}

export function statisticsPathOf({ path, facts }: Configuration): string | undefined {
  return besideConfiguration(path, facts.statistics);
}

function besideConfiguration(path: string, named: string | undefined): string | undefined {
  if (named === undefined) return undefined;
  return named.startsWith("/") || /^[A-Za-z]:\//.test(named) ? named : join(parentOf(path) ?? "/", named.replace(/^\.\//, ""));
}

/** Rules that a configuration names and that nobody has: a warning at each key. */
export function unknownRules({ facts }: Configuration, known: readonly string[]): readonly FileProblem[] {
  const named = [...facts.rules, ...facts.overrides.flatMap(({ rules }) => rules)];
  return named
    .filter(({ rule }) => !known.includes(rule))
    .map(({ rule, at }) => {
      const [similar] = similarNames(rule, known);
      const hint = similar === undefined ? "" : `; did you mean "${similar}"?`;
      return { span: at, message: `There is no rule "${rule}"${hint}`, severity: "warning" };
    });
}

interface Choices {
  readonly configuration: Configuration;
  readonly overrides: readonly { readonly files: Ignore; readonly rules: readonly RuleChoice[] }[];
}

function choicesOf(configuration: Configuration): Choices {
  const overrides = configuration.facts.overrides.map(({ files, rules }) => ({
    files: ignore({ ignorecase: false }).add([...files]),
    rules,
  }));
  return { configuration, overrides };
}

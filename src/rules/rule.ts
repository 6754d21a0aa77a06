import type { FactsOf, Language } from "../facts/fileFacts.ts";
import type { Model } from "../model/model.ts";
import type { PlanClaim } from "../model/persistence/scans/planClaim.ts";
import type { Span } from "../text/positions.ts";
import { type Certainty, type Fix, type RelatedPlace, SEVERITY_OF, type Severity } from "./finding.ts";

/** The languages whose files rules judge. */
export type JudgedLanguage = Extract<Language, "java" | "sql" | "dart" | "config" | "build" | "container">;

export interface RuleDefinition<L extends JudgedLanguage = JudgedLanguage, M extends string = string> {
  /** `group/kebab-name`: the path of the rule's file and of its document, and the diagnostic's code. */
  readonly id: string;
  readonly title: string;
  /** The language of the files that the rule is run on, or several. */
  readonly language: L | readonly L[];
  readonly certainty: Certainty;
  /** Where the default of the certainty does not fit. */
  readonly severity?: Severity;
  readonly cost: string;
  readonly references: readonly string[];
  /** Message templates by key, with `{{name}}` for data. */
  readonly messages: Readonly<Record<M, string>>;
  /** Messages that say of each service what it lacks: of a workspace they are one finding, with the other services beside it. */
  readonly toldOnce?: readonly NoInfer<M>[];
  /** Messages that say what is written: those that read the same in several files are one finding of a workspace, as a copied line is. */
  readonly toldOnceAlike?: readonly NoInfer<M>[];
  /**
   * Lists of messages that say one thing of several places of a file: those of one list and severity are one finding there, at the place
   * that weighs most, with the others beside it.
   */
  readonly toldOncePerFile?: readonly (readonly NoInfer<M>[])[];
  /** Messages that tell a habit of a whole project: a list of its findings has them once, while an editor shows each file its own. */
  readonly toldOnceInLists?: readonly NoInfer<M>[];
  /** Rules whose findings at the same place say the same with less. */
  readonly subsumes?: readonly string[];
  check(context: RuleContext<L, M>): void;
}

export interface RuleContext<L extends JudgedLanguage, M extends string> {
  readonly file: FactsOf<L>;
  readonly model: Model;
  report(report: Report<M>): void;
}

export interface Report<M extends string = string> {
  readonly at: Span;
  readonly message: M;
  readonly data?: Readonly<Record<string, string | number>>;
  readonly related?: readonly RelatedPlace[];
  readonly fixes?: readonly Fix[];
  /** Where this finding is surer or less sure, or costs other than the rule says. */
  readonly certainty?: Certainty;
  readonly severity?: Severity;
  readonly cost?: string;
  /** How bad it is beside the others that are told with it: the highest number speaks for all of them. 0 where it is not said. */
  readonly weight?: number;
  /** What all findings of a file have in common that are one there, however loud each is: one annotation that a whole class has. */
  readonly onceFor?: string;
  /** What of it PostgreSQL's planner can judge, for whoever asks it afterwards. */
  readonly claim?: PlanClaim;
}

export function defineRule<L extends JudgedLanguage, const M extends string>(rule: RuleDefinition<L, M>): RuleDefinition<L, M> {
  return rule;
}

/** The languages of the files that a rule is run on. */
export function languagesOf({ language }: Pick<AnyRule, "language">): readonly JudgedLanguage[] {
  return typeof language === "string" ? [language] : language;
}

/** Whether a rule is run on files of a language. */
export function isRunOn(rule: Pick<AnyRule, "language">, language: Language): boolean {
  return languagesOf(rule).some((one) => one === language);
}

/** How loud a rule is where neither a finding nor the project says otherwise. */
export function ownSeverity({ severity, certainty }: Pick<AnyRule, "severity" | "certainty">): Severity {
  return severity ?? SEVERITY_OF[certainty];
}

/** Any rule, its language and message keys forgotten. */
export interface AnyRule extends Omit<RuleDefinition, "check"> {
  check(context: never): void;
}

/** Fills `{{name}}` in a template; a name without data is a mistake of the rule. */
export function formatMessage(template: string, data: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = data[name];
    if (value === undefined) throw new Error(`The message "${template}" has no data for ${name}`);
    return String(value);
  });
}

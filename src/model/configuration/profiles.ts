/** Whether a profile expression ("prod & !cloud | test", a comma between alternatives) holds for the active profiles. */
export function profileMatches(expression: string, active: ReadonlySet<string>): boolean {
  return expression.split(",").some((alternative) => new Expression(alternative, active).holds());
}

/** The names in an expression that speak for it, not against it. */
export function profilesIn(expression: string): readonly string[] {
  return [...expression.matchAll(/(!\s*)?([^\s,&|!()]+)/g)].filter((match) => match[1] === undefined).map((match) => match[2] as string);
}

/** The names in an expression that speak against it. */
function excludedIn(expression: string): readonly string[] {
  return [...expression.matchAll(/!\s*([^\s,&|!()]+)/g)].map((match) => match[1] as string);
}

/** What the profiles of an application tell beyond their names. */
export interface ProfileNames {
  /** The profile of those who name none, where production names one. */
  readonly fallback: string | undefined;
  /** One of them is production's own: then those of stages before it are not. */
  readonly hasProduction: boolean;
  /** By profile the groups that bring it along. */
  readonly groups: ReadonlyMap<string, readonly string[]>;
}

export const isProduction = (name: string): boolean => /^(?:prod|prd|production|live)\d*$/i.test(name);
const isStage = (name: string): boolean =>
  /^(?:stag(?:e|ing)|stg|uat|qa|sit|pre-?(?:prod(?:uction)?|live)|acc(?:eptance)?|sandbox|perf(?:test)?|load-?test)\d*$/i.test(name);

/**
 * Whether what a condition guards says nothing of production: "dev | test", and "!prod", which speaks of production only to leave it
 * out; and the stages before production, where that has a profile of its own.
 */
export function isForDevelopment(condition: string, { fallback, hasProduction, groups }: ProfileNames): boolean {
  const isNamedSo = (name: string): boolean => name === fallback || isDevelopmentProfile(name) || (hasProduction && isStage(name));
  const isDevelopment = (name: string): boolean => isNamedSo(name) || (groups.get(name)?.every(isNamedSo) ?? false);
  const named = profilesIn(condition);
  return named.length > 0 ? named.every(isDevelopment) : !excludedIn(condition).every(isDevelopment);
}

/** Profiles whose settings say nothing of production: examples to copy and what is switched on to look for a mistake, too. */
export const isDevelopmentProfile = (name: string): boolean => WHOLE.test(name) || PART.test(name) || DIAGNOSIS.test(name);

const WHOLE =
  /^(?:dev|devel|develop|development|local|local(?:host|dev|server|container)|tests?|testing|it|itest|local[-_]?tests?|int(?:egration)?[-_]?tests?|functional(?:[-_]?tests?)?|smoke(?:[-_]?tests?)?|(?:unit|component|system|acceptance|caching|regression)tests?|e2e|ci|h2|hsqldb|(?:wire)?mock|demo|docker-?test|examples?|exemple|samples?|template)\d*$/i;
const PART = /^(?:dev|local|localhost|test)\d*[-_]|[-_](?:dev|local|test|integration-?tests?|e2e|h2|example|sample|template)\d*$/i;
const DIAGNOSIS =
  /^(?:\w+[-_])?(?:debug|(?:sql)?trac(?:e|ing)|verbose|sql-?log(?:ging)?|show-?sql|sql[-_]?profile|(?:sql[-_]?)?profil(?:er|ing))$/i;

/** Folders of sources that no build for production takes: `src/dev/resources`. */
export const isDevelopmentFolder = (path: string): boolean => /(?:^|\/)src\/(?:dev|local|demo)\//.test(path);

class Expression {
  readonly #tokens: readonly string[];
  readonly #active: ReadonlySet<string>;
  #at = 0;

  constructor(text: string, active: ReadonlySet<string>) {
    this.#tokens = text.match(/[!&|()]|[^\s!&|()]+/g) ?? [];
    this.#active = active;
  }

  holds(): boolean {
    return this.#tokens.length > 0 && this.#tokens.length < MAX_TOKENS && this.#either();
  }

  #either(): boolean {
    let result = this.#both();
    while (this.#take("|")) result = this.#both() || result;
    return result;
  }

  #both(): boolean {
    let result = this.#one();
    while (this.#take("&")) result = this.#one() && result;
    return result;
  }

  #one(): boolean {
    if (this.#take("!")) return !this.#one();
    if (this.#take("(")) {
      const result = this.#either();
      this.#take(")");
      return result;
    }
    return this.#active.has(this.#tokens[this.#at++] ?? "");
  }

  #take(token: string): boolean {
    if (this.#tokens[this.#at] !== token) return false;
    this.#at++;
    return true;
  }
}

const MAX_TOKENS = 200;

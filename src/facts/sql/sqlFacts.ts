export interface SqlFacts {
  readonly statements: readonly unknown[];
}

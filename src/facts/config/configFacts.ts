export interface ConfigFacts {
  readonly documents: readonly unknown[];
}

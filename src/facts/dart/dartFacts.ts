export interface DartFacts {
  readonly library: string | undefined;
}

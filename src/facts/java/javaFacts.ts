export interface JavaFacts {
  readonly packageName: string;
}

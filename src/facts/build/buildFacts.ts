export interface BuildFacts {
  readonly tool: string;
}

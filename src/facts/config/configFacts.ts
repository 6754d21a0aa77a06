export interface ConfigFacts {
  readonly documents: readonly unknown[];
}
export interface BuildFacts {
  readonly tool: string;
}
export interface ProjectFacts {
  readonly settings: unknown;
}

export function snapshotPath(): string;
export function plannerSnapshot(): Promise<string>;

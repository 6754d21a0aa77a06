export function plannerSnapshot(): Promise<string>;

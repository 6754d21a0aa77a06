export function plannerFiles(): Promise<string>;

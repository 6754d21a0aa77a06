/** In front of what the suites print: the workbench writes to the same place. */
export const MARK = "[suite] ";

export function say(text: string): void {
  for (const line of text.split("\n")) console.log(`${MARK}${line}`);
}

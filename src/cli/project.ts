import { createHash } from "node:crypto";
import type { Scan } from "../analysis/scan.ts";
import { defaultSettings, type RuleSettings } from "../analysis/settings.ts";

/** How a workspace wants to be checked. */
export interface Project {
  readonly settings: RuleSettings;
  /** Names everything of the configuration that changes what is found or shown. */
  readonly digest: string;
  /** Fingerprints of findings that the project has accepted. */
  readonly baseline: ReadonlySet<string>;
}

export function projectOf({ configurations }: Scan): Project {
  const digest = createHash("sha256");
  for (const { base, text } of configurations) digest.update(`${base}\0${text}\0`);
  return { settings: defaultSettings, digest: digest.digest("hex"), baseline: new Set() };
}

import type { SqlFile } from "../../../src/facts/fileFacts.ts";
import type { MigrationSet } from "../../../src/model/schema/sets/migrationSet.ts";
import { migrationSets } from "../../../src/model/schema/sets/migrationSets.ts";
import { defaultSchemaSettings, type SchemaSettings } from "../../../src/model/schema/sets/settings.ts";
import { factsOf } from "../../harness/check.ts";

/** The sets that scripts make; where only their names matter, each is a statement that changes nothing. */
export async function sets(
  files: Readonly<Record<string, string>> | readonly string[],
  settings: SchemaSettings = defaultSchemaSettings,
): Promise<readonly MigrationSet[]> {
  const texts = Array.isArray(files) ? Object.fromEntries((files as readonly string[]).map((file) => [file, "SELECT 1;"])) : files;
  const facts = await Promise.all(Object.entries(texts as Readonly<Record<string, string>>).map(([file, text]) => factsOf(file, text)));
  return migrationSets(facts as readonly SqlFile[], new Map(), settings);
}

import { createHash } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { FactsCache } from "../analysis/factsCache.ts";
import { FACTS_VERSION } from "../facts/extract.ts";

export interface FactsCaches {
  readonly facts: FactsCache;
}

/** The facts cache of some roots below `directory`. It never fails: without a readable folder it is empty. */
export async function openCaches(directory: string, roots: readonly string[]): Promise<FactsCaches> {
  const name = createHash("sha256").update(roots.join("\0")).digest("hex").slice(0, 16);
  const facts = await FactsCache.open({
    name: `facts-${name}`,
    version: String(FACTS_VERSION),
    storage: {
      read: (file) => readFile(join(directory, file)),
      write: async (file, chunks) => {
        await mkdir(directory, { recursive: true });
        const temporary = join(directory, `${file}.${process.pid}`);
        try {
          await writeFile(temporary, chunks);
          await rename(temporary, join(directory, file));
        } finally {
          await rm(temporary, { force: true });
        }
      },
    },
  });
  return { facts };
}

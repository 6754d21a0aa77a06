import { randomUUID } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";

/** Where caches are kept when nobody says otherwise: the user's cache folder (XDG, macOS and Windows conventions). */
export function defaultCacheLocation(
  { env }: { readonly env: Readonly<Record<string, string | undefined>> },
  platform: NodeJS.Platform = process.platform,
): string {
  const folder = "performance-auditor";
  if (env.XDG_CACHE_HOME) return join(env.XDG_CACHE_HOME, folder);
  if (platform === "darwin") return join(homedir(), "Library", "Caches", folder);
  if (platform === "win32" && env.LOCALAPPDATA) return join(env.LOCALAPPDATA, folder, "Cache");
  return join(homedir(), ".cache", folder);
}

/** More files than this, and the ones that were not used for longest go. */
const KEPT_FILES = 40;

/** Named byte strings in a folder. */
export interface DiskStorage {
  read(name: string): Promise<Uint8Array | undefined>;
  write(name: string, chunks: readonly Uint8Array[]): Promise<void>;
}

/** One file a name. A new content is written beside the old one and renamed over it: readers and other writers see whole files. */
export function diskStorage(folder: string): DiskStorage {
  return {
    read: (name) => readFile(join(folder, name)).catch(() => undefined),
    write: async (name, chunks) => {
      await mkdir(folder, { recursive: true });
      const temporary = join(folder, `${name}.${randomUUID()}.tmp`);
      const file = await open(temporary, "wx");
      try {
        await file.writev([...chunks]);
      } finally {
        await file.close();
      }
      await rename(temporary, join(folder, name));
      await dropOldest(folder);
    },
  };
}

async function dropOldest(folder: string): Promise<void> {
  const names = await readdir(folder);
  if (names.length <= KEPT_FILES) return;
  const aged = await Promise.all(
    names.map(async (name) => ({
      name,
      usedMs: await stat(join(folder, name)).then(
        (s) => s.mtimeMs,
        () => 0,
      ),
    })),
  );
  aged.sort((a, b) => b.usedMs - a.usedMs);
  await Promise.all(aged.slice(KEPT_FILES).map(({ name }) => rm(join(folder, name), { force: true })));
}

import { type Host, type HostEntry, HostError } from "../../src/project/host.ts";

/** A file system in memory: absolute paths with their texts. Folders come from the paths. */
export function memoryHost(files: Readonly<Record<string, string>>, refused: readonly string[] = []): Host {
  const texts = new Map(Object.entries(files));
  const kindOf = (path: string) =>
    texts.has(path) ? "file" : [...texts.keys()].some((file) => file.startsWith(`${path}/`)) ? "directory" : undefined;
  const check = (path: string): void => {
    if (refused.includes(path)) throw new HostError("denied", "permission denied");
    if (kindOf(path) === undefined) throw new HostError("missing", "does not exist");
  };
  return {
    async list(directory) {
      check(directory);
      const entries = new Map<string, HostEntry>();
      for (const file of texts.keys()) {
        if (!file.startsWith(`${directory}/`)) continue;
        const [name, ...rest] = file.slice(directory.length + 1).split("/") as [string, ...string[]];
        entries.set(name, { name, kind: rest.length === 0 ? "file" : "directory" });
      }
      return [...entries.values()].reverse();
    },
    async read(path) {
      check(path);
      return new TextEncoder().encode(texts.get(path));
    },
    async stat(path) {
      const kind = kindOf(path);
      return kind === undefined ? undefined : { kind, bytes: texts.get(path)?.length ?? 0 };
    },
    async realPath(path) {
      check(path);
      return path;
    },
  };
}

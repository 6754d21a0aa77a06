import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ScanHost } from "../analysis/scan.ts";
import { languageOf } from "../facts/languages.ts";

export function nodeScanHost(): ScanHost {
  return {
    discover: async (roots) => {
      const files: { file: string; path: string }[] = [];
      for (const root of roots)
        for (const e of await readdir(root, { recursive: true, withFileTypes: true })) {
          const path = join(e.parentPath, e.name);
          const file = path.slice(root.length + 1);
          if (e.isFile() && !/(^|\/)(node_modules|target|build|\.git|test)\//.test(file) && languageOf(file) !== undefined)
            files.push({ file, path });
        }
      return { files, skipped: [] };
    },
    read: (path) => readFile(path),
  };
}

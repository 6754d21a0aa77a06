import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { createVSIX } from "@vscode/vsce";

/** Packs the extension from what `dist/` holds: `tsx scripts/package.ts [file]`. */
export async function packageExtension(packagePath: string): Promise<void> {
  await createVSIX({
    cwd: fileURLToPath(new URL("..", import.meta.url)),
    packagePath,
    dependencies: false,
    // Links of the README stay relative: they are read where the repository is.
    rewriteRelativeLinks: false,
    allowMissingRepository: true,
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await packageExtension(resolve(process.argv[2] ?? "dist/performance-auditor.vsix"));

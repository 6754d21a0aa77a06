import { crc32 } from "node:zlib";
import type { CacheStorage } from "./factsCache.ts";

/**
 * The last result of a workspace as JSON, under a key that names everything it follows from: the code, the files, the
 * configuration. Another key, or a damaged entry, is a miss.
 */
export async function readResult(storage: CacheStorage, name: string, key: string): Promise<unknown> {
  const bytes = await storage.read(name).catch(() => undefined);
  if (bytes === undefined) return undefined;
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headEnd = content.indexOf("\n");
  if (headEnd < 0) return undefined;
  const body = content.subarray(headEnd + 1);
  if (content.toString("latin1", 0, headEnd) !== head(key, body)) return undefined;
  return JSON.parse(body.toString());
}

export async function writeResult(storage: CacheStorage, name: string, key: string, result: unknown): Promise<void> {
  const body = Buffer.from(JSON.stringify(result));
  const writer = storage.writer(name);
  writer.append(Buffer.from(`${head(key, body)}\n`));
  writer.append(body);
  await writer.commit();
}

function head(key: string, body: Uint8Array): string {
  return `${key} ${crc32(body)}`;
}

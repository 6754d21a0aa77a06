import type { Model } from "../../../../model/model.ts";
import type { Table } from "../../../../model/schema/schema.ts";

/**
 * Whether a table has so few rows that a key to it finds many: by its checks and seeds, or since nothing but migrations and the start of the
 * application adds rows to it. Of hundreds of seeds a key finds few.
 */
export function isHandful(table: Table | undefined, { growth, tableSizes }: Model): boolean {
  if (table === undefined) return false;
  if (tableSizes.isSmall(table)) return true;
  return table.seededRows <= MOST_KINDS && growth.sizeOf(table)?.rows === "few";
}

const MOST_KINDS = 100;

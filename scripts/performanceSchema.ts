import { z } from "zod";
import { performanceSchema } from "../src/facts/project/schema.ts";

/** The text of `schemas/performance.schema.json`, for editors: made from the schema that reads the file. */
export function performanceSchemaText(): string {
  const { $schema, ...schema } = z.toJSONSchema(performanceSchema, { io: "input", target: "draft-7" });
  return `${JSON.stringify({ $schema, title: "performance.yaml", ...schema }, undefined, 2)}\n`;
}

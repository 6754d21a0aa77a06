import type { SqlFile } from "../../../src/facts/fileFacts.ts";
import type { SchemaChange } from "../../../src/facts/sql/sqlFacts.ts";
import { factsOf } from "../../harness/check.ts";

export const read = async (text: string, file = "db/changelog/a.xml") => (await factsOf(file, text)) as SqlFile;
export const xml = (inner: string, attributes = "") =>
  `<?xml version="1.0"?>\n<databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog" ${attributes}>\n${inner}\n</databaseChangeLog>`;
export const set = (inner: string, attributes = "") => xml(`<changeSet id="1" author="a" ${attributes}>${inner}</changeSet>`);
export const changes = async (text: string, file?: string): Promise<readonly SchemaChange[]> =>
  (await read(text, file)).sql.statements.flatMap((statement) => statement.changes);
export const kinds = async (text: string, file?: string) => (await changes(text, file)).map(({ kind }) => kind);

import { inFolder } from "./shell.ts";
import { wordRules } from "./wordRules.ts";

export const TWO_TABLES = `
//- db/V1__first.sql
create table slow_orders (id bigint primary key);
create table odd_things (id bigint primary key);
//- db/V2__second.sql
create table fine (id bigint primary key);
`;

/** Comments, so that files differ only in what a test is about. */
export const table = (name: string) => `create table ${name} (id bigint primary key);\n`;

export const withWords = (fixture: string, work: Parameters<typeof inFolder>[1]) => inFolder(fixture, work, wordRules);

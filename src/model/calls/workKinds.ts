/**
 * What takes long in a call: the database, other machines, servers of indexes (Elasticsearch and its kin, which answer within milliseconds),
 * waiting, computing; and what is probably asked of a database by a repository whose source is not here.
 */
export const WORK_KINDS = [
  "read",
  "write",
  "http",
  "search",
  "redis",
  "message",
  "mail",
  "sleep",
  "cpu",
  "unseenRead",
  "unseenWrite",
] as const;
export type WorkKind = (typeof WORK_KINDS)[number];

/**
 * What takes long in a call: the database, other machines, waiting, computing; and what is probably asked of a database by a repository
 * whose source is not here.
 */
export const WORK_KINDS = ["read", "write", "http", "redis", "message", "mail", "sleep", "cpu", "unseenRead", "unseenWrite"] as const;
export type WorkKind = (typeof WORK_KINDS)[number];

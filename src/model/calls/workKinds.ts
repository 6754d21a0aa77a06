/** What takes long in a call: the database, other machines, waiting, computing. */
export const WORK_KINDS = ["read", "write", "http", "redis", "message", "mail", "sleep", "cpu"] as const;
export type WorkKind = (typeof WORK_KINDS)[number];

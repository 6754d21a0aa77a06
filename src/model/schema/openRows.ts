/** Names of columns that say what has been done with a row, and what is still to do: few rows are, whatever the table keeps. */

const DONE =
  "(?:processed|sent|notified|published|handled|completed?|finished|delivered|synced|synchroni[sz]ed|exported|imported|done|executed|dispatched|migrated|consumed|relayed|forwarded|settled|scheduled)";
const DONE_FLAG = new RegExp(`(?:^|_)${DONE}$`);
const DONE_TIME = new RegExp(`(?:^|_)(?:${DONE}|ended|started)(?:_(?:at|on|ts|time|date|timestamp))?$`);
/** States that a row leaves, and does not come back to. */
const OPEN_STATE =
  /^(?:NEW|PENDING|WAITING|QUEUED|ENQUEUED|RUNNING|STARTED|PROCESSING|IN_?PROGRESS|RETRY|RETRYING|SCHEDULED|UNSENT|UNPROCESSED|TO_?SEND|TO_?DO)$/i;

/** Nothing else in the name: `offline_reminder_sent` is said of few rows of alf.io, and false for all others. */
const ONLY_DONE = new RegExp(`^(?:is_|was_)?(?:${DONE}|ended)(?:_(?:at|on|ts|time|date|timestamp))?$`);

/** Whether a column is about the whole row: nearly all rows of the table have been dealt with, wherever the query looks. */
export const isOfWholeRow = (column: string): boolean => ONLY_DONE.test(column);

/** `processed_at`: NULL for what is still to do. */
export const isDoneTime = (column: string, type: string): boolean => /^(?:timestamp|date)/.test(type) && DONE_TIME.test(column);

/** `processed`: false for what is still to do. */
export const isDoneFlag = (column: string, type: string): boolean => type === "bool" && DONE_FLAG.test(column);

/** `status = 'PENDING'`. */
export const isOpenState = (column: string, type: string, value: string): boolean =>
  /^(?:text|varchar|bpchar)/.test(type) && /(?:^|_)(?:status|state)$/.test(column) && OPEN_STATE.test(value);

/** `deleted_at`, `revoked_on`: most rows have not come to it, and have NULL there. */
export const isEndTime = (column: string, type: string): boolean =>
  /^(timestamp|date)/.test(type) &&
  /(?:^|_)(?:deleted|removed|archived|revoked|cancell?ed|disabled|closed|deactivated|blocked|banned|ended)(?:_|$)/.test(column);

/** What takes a migration back stands in the same file: goose, sql-migrate, dbmate, MyBatis Migrations. */
const DIRECTION = /^[ \t]*--[ \t]*(?:\+(?:goose|migrate)[ \t]+(up|down)\b|migrate:(up|down)\b|\/\/[ \t]*@(undo)\b).*$/gim;

/** A script without the statements that take it back: blanks stand in their place. */
export function upwards(text: string): string {
  if (!/\+goose|\+migrate|migrate:down|@undo/i.test(text)) return text;
  let read = "";
  let from = 0;
  let back = false;
  for (const mark of text.matchAll(DIRECTION)) {
    read += back ? blanks(text.slice(from, mark.index)) : text.slice(from, mark.index);
    from = mark.index;
    back = (mark[1] ?? mark[2] ?? mark[3] ?? "").toLowerCase() !== "up";
  }
  return read + (back ? blanks(text.slice(from)) : text.slice(from));
}

const blanks = (text: string): string => text.replace(/[^\r\n]/g, " ");

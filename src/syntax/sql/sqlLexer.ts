/** Where quoted text and comments of SQL end: what the splitter, the placeholder mask and the source ranges share. */

const QUOTE = 39;
const DOUBLE_QUOTE = 34;
const DOLLAR = 36;
const DASH = 45;
const SLASH = 47;
const STAR = 42;
const BACKSLASH = 92;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const BYTE_ORDER_MARK = 0xfeff;

export function isSpace(unit: number): boolean {
  return unit <= 32 || unit === BYTE_ORDER_MARK;
}

/** Letters, digits, `_`, `$` and everything outside ASCII: what PostgreSQL lets an unquoted name go on with. */
export function isWord(unit: number): boolean {
  return (
    (unit >= 97 && unit <= 122) ||
    (unit >= 65 && unit <= 90) ||
    (unit >= 48 && unit <= 57) ||
    unit === 95 ||
    unit === DOLLAR ||
    (unit >= 128 && unit !== BYTE_ORDER_MARK)
  );
}

/** The end of the comment that starts at `at`, or `at` where none does. Block comments nest; an open one ends with the text. */
export function skipComment(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  if (unit === DASH && text.charCodeAt(at + 1) === DASH) return lineEnd(text, at);
  if (unit !== SLASH || text.charCodeAt(at + 1) !== STAR) return at;
  let depth = 1;
  let i = at + 2;
  while (i < text.length) {
    const here = text.charCodeAt(i);
    if (here === STAR && text.charCodeAt(i + 1) === SLASH) {
      i += 2;
      if (--depth === 0) return i;
    } else if (here === SLASH && text.charCodeAt(i + 1) === STAR) {
      depth++;
      i += 2;
    } else i++;
  }
  return text.length;
}

/** A quoted token: where it ends, and whether its closing quote is there. */
export interface Quoted {
  readonly end: number;
  readonly closed: boolean;
}

/** The string, quoted name or dollar-quoted text that starts at `at`; undefined where none does. */
export function quotedAt(text: string, at: number): Quoted | undefined {
  const unit = text.charCodeAt(at);
  if (unit === QUOTE) return closing(text, at, QUOTE, isEscapeString(text, at));
  if (unit === DOUBLE_QUOTE) return closing(text, at, DOUBLE_QUOTE, false);
  if (unit === DOLLAR && !(at > 0 && isWord(text.charCodeAt(at - 1)))) return dollarQuoted(text, at);
  return undefined;
}

/** The end of the line that holds `at`, its line break left out. */
export function lineEnd(text: string, at: number): number {
  let i = at;
  while (i < text.length && text.charCodeAt(i) !== LINE_FEED && text.charCodeAt(i) !== CARRIAGE_RETURN) i++;
  return i;
}

/** The first offset at or behind `at` that is neither white space nor comment. */
export function skipBlank(text: string, at: number): number {
  let i = at;
  while (i < text.length) {
    if (isSpace(text.charCodeAt(i))) i++;
    else {
      const end = skipComment(text, i);
      if (end === i) return i;
      i = end;
    }
  }
  return i;
}

function isEscapeString(text: string, quote: number): boolean {
  const before = text.charCodeAt(quote - 1);
  return (before === 69 || before === 101) && !(quote > 1 && isWord(text.charCodeAt(quote - 2)));
}

function closing(text: string, at: number, quote: number, backslashes: boolean): Quoted {
  let i = at + 1;
  while (i < text.length) {
    const unit = text.charCodeAt(i);
    if (unit === quote) {
      if (text.charCodeAt(i + 1) !== quote) return { end: i + 1, closed: true };
      i += 2;
    } else i += backslashes && unit === BACKSLASH ? 2 : 1;
  }
  return { end: text.length, closed: false };
}

const DOLLAR_TAG = /\$(?:[A-Za-z_\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*)?\$/y;

function dollarQuoted(text: string, at: number): Quoted | undefined {
  DOLLAR_TAG.lastIndex = at;
  const tag = DOLLAR_TAG.exec(text)?.[0];
  if (tag === undefined) return undefined;
  const close = text.indexOf(tag, at + tag.length);
  return close < 0 ? { end: text.length, closed: false } : { end: close + tag.length, closed: true };
}

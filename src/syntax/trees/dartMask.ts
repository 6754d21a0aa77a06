import type { FlatTree } from "./flatTree.ts";
import { blank, keepLead, parseMasked } from "./masked.ts";
import { type ParseTimeout, type Syntax, timedOut } from "./runtime.ts";

/** Parses Dart, with newer syntax hidden by `maskDart`. The result is good until the next parse. */
export function parseDart(text: string, syntax: Syntax): FlatTree | ParseTimeout {
  // The grammar reads the record as the annotation's arguments, and sees no error.
  const plain = text.replace(ANNOTATION_BEFORE_RECORD, blank);
  const tree = parseMasked("dart", plain, maskDart, syntax);
  return plain === text || timedOut(tree) ? tree : { ...tree, text };
}

/** `@override (int, int) m()` */
const ANNOTATION_BEFORE_RECORD = /@override(?=\s*\()|@[a-zA-Z_]\w*(?=[ \t]*\r?\n\s*\()/g;

/**
 * Hides syntax that the grammar does not know behind syntax of the same length that it does. What is hidden never changes which
 * names, calls and blocks a file has. Text in strings and comments may be touched as well, which harms nobody: texts are always
 * taken from the original.
 */
export function maskDart(text: string): string {
  return MASKS.reduce((masked, [pattern, cover]) => masked.replace(pattern, cover), text);
}

/** What may stand between the cases of a switch. */
const BETWEEN = /(?:\s|\/\/[^\n]*\n)*/.source;

const MASKS: readonly (readonly [RegExp, (match: string, lead: string) => string])[] = [
  [/^library\s*;/gm, blank],
  // `const .all(8)`
  [/\bconst(?=\s+\.[a-zA-Z_])/g, blank],
  // `case .a:`, `case .a || .b:`, `{.a => 1`: constant patterns in the shorthand of Dart 3.10
  [/(\bcase\s+)\.(?=[a-zA-Z_]\w*\s*(?::|\|\||when\b|,|&&|\)))/g, keepLead],
  [new RegExp(`([{,]${BETWEEN}|\\|\\|\\s*)\\.(?=[a-zA-Z_]\\w*\\s*(?:=>|\\|\\||when\\b))`, "g"), keepLead],
  [/(\|\|\s*)\.(?=[a-zA-Z_]\w*\s*[:)])/g, keepLead],
  // `case A(b: .c)`
  [/(\bcase\b[^;{}=]*?\w\s*:\s*)\.(?=[a-zA-Z_]\w*\s*[,)|&])/g, keepLead],
  // `{?key: value}`, `{?a?.b: value}`
  [/([{,]\s*)\?(?=[a-zA-Z_](?:[\w.!]|\?\.)*\s*:)/g, keepLead],
  // `abstract final int Function(A a) x;`
  [/^([ \t]*)abstract(?=\s+[^;{}=]+;)/gm, keepLead],
  // `external int x;`
  [/^([ \t]*)(?:augment|external)(?=\s+(?!class|interface|base|mixin|final\s+class)[\w<>?, ]+;)/gm, keepLead],
  [ANNOTATION_BEFORE_RECORD, blank],
  // `f(set: 1)`
  [/([,({]\s*)(?:set|get)(?=\s*:)/g, (match, lead) => `${lead}_et${match.slice(lead.length + 3)}`],
  [/^([ \t]*)augment(?=\s)/gm, keepLead],
  // `outer: while (…)`
  [/^([ \t]*)[a-zA-Z_]\w*\s*:(?=\s*(?:(?:await\s+)?for|while|do|switch)\b\s*[({])/gm, keepLead],
  // `a..b!.c()`, `a..b['c']!['d'] = e`
  [/([\w)\]])!(?=\s*\.[a-zA-Z_]|\[)/g, keepLead],
  // `import 'a.dart' if (…) 'b.dart' deferred as a;`
  [/\bdeferred(?=\s+as\b)/g, blank],
  // a statement of nothing but a semicolon
  [/([;{]\s*);(?=[ \t]*\r?\n)/g, keepLead],
  // `Function.apply(f, a)`
  [/\bFunction(?=\s*\.\s*apply\b)/g, () => "Functio_"],
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a character that a string may hold, and at which the parser stops
  [/\u0000/g, blank],
];

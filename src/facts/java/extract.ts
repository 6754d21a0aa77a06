import { parseJava } from "../../syntax/trees/javaMask.ts";
import { type Syntax, timedOut } from "../../syntax/trees/runtime.ts";
import type { Extracted } from "../fileFacts.ts";
import { NO_CODE } from "./code.ts";
import { DeclarationReader } from "./declarations.ts";
import type { JavaFacts } from "./javaFacts.ts";
import { JavaTree } from "./reader.ts";

/** Files larger than this are generated; nobody wants to hear about them, and nobody wants to wait for them. */
const LARGEST = 2_000_000;

const NOTHING: JavaFacts = { packageName: "", imports: [], types: [], code: NO_CODE };

/** Reads a Java source file. Text that does not parse is left out and named in `unparsed`. */
export function javaFacts(text: string, syntax: Syntax): Extracted<JavaFacts> {
  const whole = { start: 0, end: text.length };
  if (text.length > LARGEST) {
    return {
      facts: NOTHING,
      unparsed: [whole],
      problems: [
        { span: { start: 0, end: 0 }, severity: "information", message: `Not analysed: ${text.length} characters, more than ${LARGEST}` },
      ],
    };
  }
  const flat = parseJava(text, syntax);
  if (timedOut(flat)) {
    return {
      facts: NOTHING,
      unparsed: [whole],
      problems: [{ span: { start: 0, end: 0 }, severity: "warning", message: `Not analysed: parsing took more than ${flat.budgetMs} ms` }],
    };
  }
  const facts = new DeclarationReader(new JavaTree(flat)).read();
  return { facts, unparsed: flat.errors.slice(), problems: [] };
}

/** A regular expression of Java as far as backtracking is concerned; ranges are offsets in the pattern. */
export type RegexNode =
  | { readonly kind: "set"; readonly chars: CharSet }
  | { readonly kind: "sequence"; readonly items: readonly RegexNode[] }
  | { readonly kind: "choice"; readonly options: readonly RegexNode[] }
  /** Atomic groups and lookarounds give nothing back once they have matched. */
  | { readonly kind: "group"; readonly body: RegexNode; readonly sort: "plain" | "atomic" | "look" }
  | RegexRepeat
  /** A place between characters; `end` for those that only the end of the text, or of a line, has. */
  | { readonly kind: "edge"; readonly end: boolean }
  | { readonly kind: "backreference" };

export interface RegexRepeat {
  readonly kind: "repeat";
  readonly body: RegexNode;
  readonly min: number;
  readonly max: number;
  readonly mode: "greedy" | "reluctant" | "possessive";
  readonly start: number;
  readonly end: number;
}

/** The characters of ASCII that are meant, and whether others are meant, too. */
export interface CharSet {
  readonly ascii: readonly boolean[];
  readonly others: boolean;
}

/** Reads a pattern; undefined where it uses what this reader does not know, such as quoting, comments or properties of Unicode. */
export function parseJavaRegex(pattern: string): RegexNode | undefined {
  const reader = new RegexReader(pattern);
  const node = reader.choice(0);
  return reader.understood && reader.atEnd ? node : undefined;
}

const DEEPEST = 50;
const ASCII = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));
const setOf = (holds: (character: string) => boolean, others: boolean): CharSet => ({ ascii: ASCII.map(holds), others });
const SHORT: Readonly<Record<string, CharSet>> = {
  d: setOf((c) => /\d/.test(c), false),
  D: setOf((c) => /\D/.test(c), true),
  w: setOf((c) => /\w/.test(c), false),
  W: setOf((c) => /\W/.test(c), true),
  s: setOf((c) => /[ \t\n\v\f\r]/.test(c), false),
  S: setOf((c) => /[^ \t\n\v\f\r]/.test(c), true),
};
const ANY = setOf((c) => c !== "\n" && c !== "\r", true);
const CONTROL: Readonly<Record<string, string>> = { t: "\t", n: "\n", r: "\r", f: "\f" };

class RegexReader {
  readonly #text: string;
  #at = 0;
  understood = true;

  constructor(text: string) {
    this.#text = text;
  }

  get atEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  choice(depth: number): RegexNode {
    if (depth > DEEPEST) this.understood = false;
    const options = [this.#sequence(depth)];
    while (this.understood && this.#take("|")) options.push(this.#sequence(depth));
    return options.length === 1 ? (options[0] as RegexNode) : { kind: "choice", options };
  }

  #sequence(depth: number): RegexNode {
    const items: RegexNode[] = [];
    while (this.understood && !this.atEnd && !/[|)]/.test(this.#text.charAt(this.#at))) {
      const start = this.#at;
      const item = this.#item(depth);
      if (item !== undefined) items.push(this.#repeated(item, start));
    }
    return items.length === 1 ? (items[0] as RegexNode) : { kind: "sequence", items };
  }

  #item(depth: number): RegexNode | undefined {
    if (this.#take("(")) return this.#group(depth);
    if (this.#take("[")) return { kind: "set", chars: this.#class() };
    if (this.#take("^")) return { kind: "edge", end: false };
    if (this.#take("$")) return { kind: "edge", end: true };
    if (this.#take(".")) return { kind: "set", chars: ANY };
    if (this.#take("\\")) return this.#escape();
    const character = this.#next();
    if (/[*+?{]/.test(character)) this.understood = false;
    return literal(character);
  }

  #group(depth: number): RegexNode | undefined {
    const [opening = ""] = /^\?(?:<?[=!]|>|:|<[A-Za-z]\w*>|[imsu]*[:)])/.exec(this.#text.slice(this.#at)) ?? [];
    if (opening === "" && this.#text.charAt(this.#at) === "?") this.understood = false;
    this.#at += opening.length;
    // Flags for the rest; "s" would change what the dot means.
    if (opening.endsWith(")")) {
      if (opening.includes("s")) this.understood = false;
      return undefined;
    }
    const sort = /[=!]/.test(opening) ? "look" : opening === "?>" ? "atomic" : "plain";
    const body = this.choice(depth + 1);
    if (!this.#take(")")) this.understood = false;
    return { kind: "group", body, sort };
  }

  #escape(): RegexNode {
    const letter = this.#next();
    const short = SHORT[letter];
    if (short !== undefined) return { kind: "set", chars: short };
    if (/[1-9]/.test(letter)) return { kind: "backreference" };
    if (letter === "k") {
      this.#at += /^<\w+>/.exec(this.#text.slice(this.#at))?.[0].length ?? 0;
      return { kind: "backreference" };
    }
    if (/[bBAG]/.test(letter)) return { kind: "edge", end: false };
    if (/[zZ]/.test(letter)) return { kind: "edge", end: true };
    const character = this.#escaped(letter);
    return literal(character);
  }

  /** The character that an escape means; letters that are not known end the reading. */
  #escaped(letter: string): string {
    const control = CONTROL[letter];
    if (control !== undefined) return control;
    if (letter === "" || /[A-Za-z0-9]/.test(letter)) this.understood = false;
    return letter;
  }

  #class(): CharSet {
    const negated = this.#take("^");
    const ascii: boolean[] = ASCII.map(() => false);
    let others = false;
    for (let first = true; this.understood && !(this.#take("]") && !first); first = false) {
      if (this.atEnd || this.#text.startsWith("&&", this.#at) || this.#text.charAt(this.#at) === "[") {
        this.understood = false;
        break;
      }
      const low = this.#member();
      if (typeof low !== "string") {
        low.ascii.forEach((holds, code) => {
          if (holds) ascii[code] = true;
        });
        others ||= low.others;
        continue;
      }
      let high = low;
      if (this.#text.charAt(this.#at) === "-" && this.#text.charAt(this.#at + 1) !== "]") {
        this.#at++;
        const upper = this.#member();
        if (typeof upper !== "string") this.understood = false;
        else high = upper;
      }
      for (let code = low.charCodeAt(0); code <= Math.min(high.charCodeAt(0), 127); code++) ascii[code] = true;
      others ||= high.charCodeAt(0) > 127;
    }
    return negated ? { ascii: ascii.map((holds) => !holds), others: true } : { ascii, others };
  }

  #member(): string | CharSet {
    if (!this.#take("\\")) return this.#next();
    const letter = this.#next();
    return SHORT[letter] ?? this.#escaped(letter);
  }

  #repeated(body: RegexNode, start: number): RegexNode {
    const [text = "", , low, comma, high] = /^(?:[*+?]|(\{)(\d+)(,?)(\d*)\})/.exec(this.#text.slice(this.#at)) ?? [];
    if (text === "") return body;
    this.#at += text.length;
    const mode = this.#take("?") ? "reluctant" : this.#take("+") ? "possessive" : "greedy";
    const min = low === undefined ? (text === "+" ? 1 : 0) : Number(low);
    const max = low === undefined ? (text === "?" ? 1 : Infinity) : comma === "" ? min : high === "" ? Infinity : Number(high);
    return { kind: "repeat", body, min, max, mode, start, end: this.#at };
  }

  #take(character: string): boolean {
    if (this.#text.charAt(this.#at) !== character) return false;
    this.#at++;
    return true;
  }

  #next(): string {
    return this.#text.charAt(this.#at++);
  }
}

const literal = (character: string): RegexNode => ({
  kind: "set",
  chars: setOf((c) => c === character, character.charCodeAt(0) > 127),
});

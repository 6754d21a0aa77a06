/**
 * A Java type as far as source tells. `name` is qualified where the name could be resolved and simple where it could not; a type
 * that nothing is known of is `undefined` everywhere, never a guess.
 */
export interface Type {
  readonly name: string;
  readonly args: readonly Type[];
  /** Array dimensions. */
  readonly dimensions: number;
}

export const typeNamed = (name: string, ...args: readonly Type[]): Type => ({ name, args, dimensions: 0 });

/** What no import means, wildcards and `var` among it. */
export const PRIMITIVES: ReadonlySet<string> = new Set("void boolean byte short int long char float double var ?".split(" "));

export const isPrimitive = ({ name, dimensions }: Type): boolean => dimensions === 0 && PRIMITIVES.has(name);

/** The last part of the name: what tables of library types are keyed by. */
export function simpleName(type: Type): string {
  return type.name.slice(type.name.lastIndexOf(".") + 1);
}

/** One dimension less, or undefined for what is no array. */
export function elementOfArray(type: Type): Type | undefined {
  return type.dimensions > 0 ? { ...type, dimensions: type.dimensions - 1 } : undefined;
}

/** Parses a type as facts write it: "Map<String, List<? extends Owner>>[]". Names stay as written; wildcards become their bound. */
export function parseType(text: string): Type | undefined {
  const parser = new TypeParser(text);
  const type = parser.type();
  return type !== undefined && parser.atEnd() ? type : undefined;
}

const NO_ARGUMENTS: readonly Type[] = [];
const KNOWN_TEXTS = new Map<string, Type | undefined>();

/** `parseType` for texts of our own, of which there are few. */
export function parseKnownType(text: string): Type | undefined {
  let type = KNOWN_TEXTS.get(text);
  if (type === undefined && !KNOWN_TEXTS.has(text)) KNOWN_TEXTS.set(text, (type = parseType(text)));
  return type;
}

class TypeParser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  atEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  type(): Type | undefined {
    if (this.#take("?")) {
      if (this.#take(" extends ")) return this.type();
      if (this.#take(" super ")) return this.type();
      return typeNamed("java.lang.Object");
    }
    const name = /^[\p{L}_$][\p{L}\p{N}_$.]*/u.exec(this.#text.slice(this.#at))?.[0];
    if (name === undefined) return undefined;
    this.#at += name.length;
    const args: Type[] = [];
    if (this.#take("<")) {
      while (!this.#take(">")) {
        const arg = this.type();
        if (arg === undefined) return undefined;
        args.push(arg);
        this.#take(", ");
        if (this.atEnd()) return undefined;
      }
    }
    // `Outer<A>.Inner` and intersections keep what comes first.
    let dimensions = 0;
    while (this.#take("[]")) dimensions++;
    if (this.#take(" & ")) this.type();
    return { name, args: args.length === 0 ? NO_ARGUMENTS : args.slice(), dimensions };
  }

  #take(text: string): boolean {
    if (!this.#text.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }
}

/** Puts types for type variables. */
export function substitute(type: Type, variables: ReadonlyMap<string, Type | undefined>): Type | undefined {
  if (variables.size === 0) return type;
  if (variables.has(type.name)) {
    const value = variables.get(type.name);
    return value === undefined ? undefined : { ...value, dimensions: value.dimensions + type.dimensions };
  }
  if (type.args.length === 0) return type;
  return { ...type, args: type.args.map((arg) => substitute(arg, variables) ?? UNKNOWN_ARGUMENT) };
}

/** A type argument that nothing is known of, where its place must be kept: List<?> is still a List. */
export const UNKNOWN_ARGUMENT: Type = typeNamed("?");

export function known(type: Type | undefined): type is Type {
  return type !== undefined && type !== UNKNOWN_ARGUMENT && type.name !== "?";
}

const BOXES: Readonly<Record<string, string>> = {
  int: "Integer",
  long: "Long",
  short: "Short",
  byte: "Byte",
  boolean: "Boolean",
  char: "Character",
  double: "Double",
  float: "Float",
};

/** "Long" of "long"; other names as they are. */
export const boxed = (type: string): string => BOXES[type] ?? type;

import { isForeignRepository } from "../../types/foreignRepository.ts";
import { elementOfArray, known, parseKnownType, simpleName, substitute, type Type, typeNamed, UNKNOWN_ARGUMENT } from "../../types/type.ts";
import type { TypeEntry, TypeIndex } from "../../types/typeIndex.ts";
import { type LibraryMethod, type LibraryType, libraryName, libraryType } from "./library.ts";

/** A method of a library type: its line in the table, and what the type's variables stand for. */
export interface LibraryCallee {
  /** Simple name. */
  readonly type: string;
  /** Undefined where the type is known and the method is not in the table. */
  readonly method: LibraryMethod | undefined;
  readonly bindings: ReadonlyMap<string, Type | undefined>;
}

/** What lies above a type, in the workspace and in libraries, with the arguments that it is given on the way. */
export class Supertypes {
  readonly #types: TypeIndex;
  readonly #near: string;

  /** `near` is the file that decides between two declarations of one name. */
  constructor(types: TypeIndex, near: string) {
    this.#types = types;
    this.#near = near;
  }

  /** Whether a type is, or extends, a library type of one of these simple names. */
  isA(type: Type | undefined, names: ReadonlySet<string>): boolean {
    if (type === undefined) return false;
    if (names.has(simpleName(type))) return true;
    const entry = this.#types.entryOf(type, this.#near);
    return entry === undefined ? [...libraryLineage(simpleName(type))].some((name) => names.has(name)) : this.#types.reaches(entry, names);
  }

  /** What iterating over a value gives: the element of a collection, array or stream. */
  elementOf(type: Type | undefined): Type | undefined {
    if (type === undefined) return undefined;
    const element = elementOfArray(type);
    if (element !== undefined) return element;
    const found = this.libraryMethod(type, "forEach");
    return found?.bindings.get("T");
  }

  /** What the type variables of `owner`'s declaration stand for, seen from a value of type `type`. */
  bindings(type: Type, owner: TypeEntry): ReadonlyMap<string, Type | undefined> {
    const above = this.#asSuper(type, owner.type.qualified, 0);
    const bindings = new Map<string, Type | undefined>();
    owner.type.typeParameters.forEach((parameter, i) => {
      const given = above?.args[i];
      if (given?.name !== parameter.name) bindings.set(parameter.name, given === UNKNOWN_ARGUMENT ? undefined : given);
    });
    return bindings;
  }

  /** Those of them that are known. */
  given(type: Type, owner: TypeEntry): ReadonlyMap<string, Type> {
    return owner.type.typeParameters.length === 0
      ? NO_BINDINGS
      : new Map([...this.bindings(type, owner)].flatMap(([name, given]) => (known(given) ? [[name, given]] : [])));
  }

  /** The one interface below a generic one, of the workspace or of Spring Data, that gives its variables the same arguments. */
  onlyBelow(type: Type): Type | undefined {
    if (type.dimensions > 0 || type.args.length === 0 || !type.args.every(isWritten)) return undefined;
    const entry = this.#types.entryOf(type, this.#near);
    if (entry === undefined && !SPRING_DATA.test(type.name)) return undefined;
    const below = entry === undefined ? this.#types.namingAbove(simpleName(type)) : this.#types.descendantsOf(entry);
    const fitting = below.filter(({ type: { kind, typeParameters, qualified } }) => {
      if (kind !== "interface" || typeParameters.length > 0) return false;
      const above = this.#asSuper(typeNamed(qualified), type.name, 0);
      return above !== undefined && sameArguments(above, type);
    });
    const [only, ...others] = fitting;
    return only === undefined || others.length > 0 ? undefined : typeNamed(only.type.qualified);
  }

  /** Those of some classes that may stand where a generic type of the workspace is asked for with these arguments: `Handler<Order, Import>`. */
  standingFor(type: Type, classes: readonly TypeEntry[]): readonly TypeEntry[] {
    return classes.filter(({ type: { qualified, typeParameters } }) => {
      const above = typeParameters.length > 0 ? undefined : this.#asSuper(typeNamed(qualified), type.name, 0);
      return above === undefined || above.args.every((given, i) => mayBe(given, type.args[i]));
    });
  }

  /** The library type, at or above `type`, that has a method of this name; the nearest known library type otherwise. */
  libraryMethod(type: Type, method: string): LibraryCallee | undefined {
    if (this.#types.entryOf(type, this.#near) === undefined) {
      // Most receivers are of a type that nobody has described, or one that has the method itself.
      const name = libraryName(type);
      const library = libraryType(name);
      if (library === undefined) return { type: name, method: undefined, bindings: NO_BINDINGS };
      const found = library.methods.get(method);
      if (found !== undefined) return { type: name, method: found, bindings: boundTo(library, type) };
    }
    return this.#inheritedMethod(type, method);
  }

  #inheritedMethod(type: Type, method: string): LibraryCallee | undefined {
    let fallback: LibraryCallee | undefined;
    const seen = new Set<string>();
    const queue: Type[] = [type];
    for (let next = queue.shift(); next !== undefined && seen.size < 40; next = queue.shift()) {
      if (seen.has(next.name)) continue;
      seen.add(next.name);
      const entry = this.#types.entryOf(next, this.#near);
      if (entry !== undefined) {
        for (const above of this.#types.supertypesOf(entry)) {
          const bound = substitute(above, argumentsOf(entry, next));
          if (bound !== undefined) queue.push(bound);
        }
        continue;
      }
      const name = libraryName(next);
      const described = libraryType(name);
      if (described === undefined && isForeignRepository(this.#types, next, this.#near)) {
        queue.push({ ...next, name: JPA_REPOSITORY });
        continue;
      }
      if (described === undefined) {
        fallback ??= { type: name, method: undefined, bindings: NO_BINDINGS };
        continue;
      }
      const bindings = boundTo(described, next);
      const found = described.methods.get(method);
      if (found !== undefined) return { type: name, method: found, bindings };
      if (fallback === undefined || !libraryType(fallback.type)) fallback = { type: name, method: undefined, bindings };
      for (const above of described.supertypes) {
        const parsed = parseKnownType(above);
        const bound = parsed === undefined ? undefined : substitute(parsed, bindings);
        if (bound !== undefined) queue.push(bound);
      }
    }
    return fallback;
  }

  #asSuper(type: Type, qualified: string, depth: number): Type | undefined {
    if (type.name === qualified) return type;
    const entry = depth > 12 ? undefined : this.#types.entryOf(type, this.#near);
    if (entry === undefined) return undefined;
    for (const above of this.#types.supertypesOf(entry)) {
      const bound = substitute(above, argumentsOf(entry, type));
      const found = bound === undefined ? undefined : this.#asSuper(bound, qualified, depth + 1);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

const SPRING_DATA = /^org\.springframework\.data\..*Repository$/;

/** No variable and no wildcard: the name of a class. */
const isWritten = ({ name, args }: Type): boolean => name.includes(".") && args.length === 0;
/** Two classes of another name are two types; of a variable, a wildcard and a type with arguments of its own nothing is said. */
const mayBe = (given: Type, asked: Type | undefined): boolean =>
  asked === undefined || !isWritten(given) || !isWritten(asked) || given.name === asked.name;
const sameArguments = (one: Type, other: Type): boolean =>
  one.args.length === other.args.length && one.args.every(({ name }, i) => name === other.args[i]?.name);

type Bindings = ReadonlyMap<string, Type | undefined>;

const JPA_REPOSITORY = "org.springframework.data.jpa.repository.JpaRepository";
const NO_BINDINGS: ReadonlyMap<string, Type> = new Map();

function boundTo(library: LibraryType, { args }: Type): Bindings {
  if (library.parameters.length === 0) return NO_BINDINGS;
  return new Map(library.parameters.map((parameter, i) => [parameter, known(args[i]) ? args[i] : undefined]));
}

function argumentsOf(entry: TypeEntry, type: Type): ReadonlyMap<string, Type | undefined> {
  return new Map(entry.type.typeParameters.map((parameter, i) => [parameter.name, known(type.args[i]) ? type.args[i] : undefined]));
}

function* libraryLineage(name: string): Generator<string> {
  const library = libraryType(name);
  for (const above of library?.supertypes ?? []) {
    const bare = above.replace(/<.*/, "");
    yield bare;
    yield* libraryLineage(bare);
  }
}

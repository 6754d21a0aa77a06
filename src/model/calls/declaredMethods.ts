import type { MethodNode } from "./callGraph.ts";

type Override = readonly [from: string, to: string];

/**
 * The methods of all files by their keys, and what runs in whose place. Two files may declare a class of one name: its methods are those of
 * the last file by path, in whatever order the files have come.
 */
export class DeclaredMethods {
  readonly methods = new Map<string, MethodNode>();
  readonly overrides = new Map<string, Set<string>>();
  /** Methods that others of the same key hide. */
  readonly #hidden = new Map<string, readonly MethodNode[]>();
  /** How many more files say the same of an override. */
  readonly #again = new Map<string, number>();

  add(methods: readonly MethodNode[], overrides: readonly Override[]): void {
    for (const method of methods) {
      const known = this.methods.get(method.key);
      const hides = known === undefined || fileOf(known) <= fileOf(method);
      if (known !== undefined) this.#hidden.set(method.key, [...(this.#hidden.get(method.key) ?? []), hides ? known : method]);
      if (hides) this.methods.set(method.key, method);
    }
    for (const [from, to] of overrides) {
      let runs = this.overrides.get(from);
      if (runs === undefined) this.overrides.set(from, (runs = new Set()));
      const pair = `${from} ${to}`;
      if (runs.has(to)) this.#again.set(pair, (this.#again.get(pair) ?? 0) + 1);
      else runs.add(to);
    }
  }

  remove(methods: readonly MethodNode[], overrides: readonly Override[]): void {
    for (const method of methods) {
      const { key } = method;
      const hidden = this.#hidden.get(key)?.filter((other) => other !== method) ?? [];
      if (this.methods.get(key) === method) {
        const [first, ...others] = hidden;
        if (first === undefined) this.methods.delete(key);
        else
          this.#restore(
            others.reduce((last, other) => (fileOf(other) > fileOf(last) ? other : last), first),
            hidden,
          );
      } else this.#hide(key, hidden);
    }
    for (const [from, to] of overrides) {
      const pair = `${from} ${to}`;
      const again = this.#again.get(pair) ?? 0;
      if (again === 0) this.overrides.get(from)?.delete(to);
      else if (again === 1) this.#again.delete(pair);
      else this.#again.set(pair, again - 1);
    }
  }

  #restore(method: MethodNode, hidden: readonly MethodNode[]): void {
    this.methods.set(method.key, method);
    this.#hide(
      method.key,
      hidden.filter((other) => other !== method),
    );
  }

  #hide(key: string, hidden: readonly MethodNode[]): void {
    if (hidden.length === 0) this.#hidden.delete(key);
    else this.#hidden.set(key, hidden);
  }
}

const fileOf = ({ declared }: MethodNode): string => declared.owner.file.file;

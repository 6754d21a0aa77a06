import { Language, type ParseOptions, Parser, type Tree } from "web-tree-sitter";
import { ERROR_KIND, type FlatTree, type Flatten, flattenByCursor, type GrammarNames, grammarNames } from "./flatTree.ts";
import { LastTree } from "./lastTree.ts";
import { SYSTEM_CLOCK, timeBudget } from "./timeBudget.ts";
import { startTreeSitter } from "./wasmRuntime.ts";
import { flattenFromMemory, type WasmMemory } from "./wasmTree.ts";

export type GrammarId = "java" | "dart";

/** Where the WASM files lie: absolute paths. */
export interface SyntaxAssets {
  readonly treeSitter: string;
  readonly java: string;
  readonly dart: string;
}

export interface ParseTimeout {
  readonly timedOut: true;
  readonly budgetMs: number;
}

interface LoadedGrammar {
  readonly parser: Parser;
  readonly names: GrammarNames;
  readonly flatten: Flatten;
  readonly fast: boolean;
  readonly last: LastTree | undefined;
}

/** What parses Java and Dart. */
export interface Syntax {
  /** Loads a grammar once; must be awaited before the first `parse` of its language. */
  load(id: GrammarId): Promise<void>;
  names(id: GrammarId): GrammarNames;
  /** Parses, error-tolerant. The arrays of the result are good until the next parse of the same language. */
  parse(id: GrammarId, text: string, budgetMs?: number): FlatTree | ParseTimeout;
}

export interface SyntaxOptions {
  /** For texts that are being typed in: of each language the last tree without errors stays, and the next text is parsed from it. */
  readonly keepsTrees?: boolean;
}

/** Owns the WASM runtime and its parsers. A tree lives only inside `parse`, but for the last one where trees are kept. */
export class SyntaxRuntime implements Syntax {
  readonly #assets: SyntaxAssets;
  readonly #memory: Partial<WasmMemory>;
  readonly #grammars = new Map<GrammarId, LoadedGrammar>();
  readonly #keepsTrees: boolean;

  private constructor(assets: SyntaxAssets, memory: Partial<WasmMemory>, { keepsTrees = false }: SyntaxOptions) {
    this.#assets = assets;
    this.#memory = memory;
    this.#keepsTrees = keepsTrees;
  }

  static async create(assets: SyntaxAssets, options: SyntaxOptions = {}): Promise<SyntaxRuntime> {
    return new SyntaxRuntime(assets, await startTreeSitter(assets.treeSitter), options);
  }

  async load(id: GrammarId): Promise<void> {
    if (this.#grammars.has(id)) return;
    const language = await Language.load(this.#assets[id]);
    const parser = new Parser();
    parser.setLanguage(language);
    const names = grammarNames(language);
    const reference = flattenByCursor(names);
    const fast = fastFlatten(language, names, this.#memory);
    const trusted = fast !== undefined && agree(parser, PROBES[id], reference, fast);
    const last = this.#keepsTrees ? new LastTree() : undefined;
    this.#grammars.set(id, { parser, names, flatten: trusted ? fast : reference, fast: trusted, last });
  }

  names(id: GrammarId): GrammarNames {
    return this.#loaded(id).names;
  }

  /** Whether trees are read from memory; otherwise the cursor is used, with the same result. */
  readsMemory(id: GrammarId): boolean {
    return this.#loaded(id).fast;
  }

  parse(id: GrammarId, text: string, budgetMs = 5_000): FlatTree | ParseTimeout {
    const grammar = this.#loaded(id);
    const isSpent = timeBudget(budgetMs, SYSTEM_CLOCK);
    let calls = 0;
    // It is asked every hundred steps of the parser, some ten thousand times a second.
    const tree = grow(grammar, text, { progressCallback: () => (++calls & 63) === 0 && isSpent() });
    if (tree === null) {
      grammar.parser.reset();
      return { timedOut: true, budgetMs };
    }
    let kept = false;
    try {
      kept = grammar.last?.keep(tree, text) ?? false;
      return grammar.flatten(tree, text);
    } finally {
      if (!kept) tree.delete();
    }
  }

  #loaded(id: GrammarId): LoadedGrammar {
    const grammar = this.#grammars.get(id);
    if (grammar === undefined) throw new Error(`The ${id} grammar is not loaded`);
    return grammar;
  }
}

/** The tree of a text: from the last one where it has no errors then, or from nothing. Null when it is stopped. */
function grow({ parser, last }: LoadedGrammar, text: string, options: ParseOptions): Tree | null {
  const moved = last?.movedTo(text);
  if (moved === undefined) return parser.parse(text, null, options);
  const tree = parser.parse(text, moved, options);
  moved.delete();
  if (tree === null || !tree.rootNode.hasError) return tree;
  tree.delete();
  return parser.parse(text, null, options);
}

export function timedOut(result: FlatTree | ParseTimeout): result is ParseTimeout {
  return "timedOut" in result;
}

function fastFlatten(language: Language, names: GrammarNames, memory: Partial<WasmMemory>): Flatten | undefined {
  if (memory.HEAPU8 === undefined) return undefined;
  try {
    return flattenFromMemory(language, names, memory as WasmMemory);
  } catch {
    return undefined;
  }
}

function agree(parser: Parser, probe: string, reference: Flatten, fast: Flatten): boolean {
  const tree = parser.parse(probe);
  if (tree === null) return false;
  try {
    return sameTree(reference(tree, probe), fast(tree, probe));
  } catch {
    return false;
  } finally {
    tree.delete();
  }
}

/** Whether two flat trees are the same, node for node. */
export function sameTree(a: FlatTree, b: FlatTree): boolean {
  if (a.size !== b.size || a.errors.length !== b.errors.length) return false;
  const same = (x: ArrayLike<number>, y: ArrayLike<number>): boolean => {
    for (let i = 0; i < a.size; i++) if (x[i] !== y[i]) return false;
    return true;
  };
  return (
    same(a.kind, b.kind) &&
    same(a.field, b.field) &&
    same(a.start, b.start) &&
    same(a.end, b.end) &&
    same(a.next, b.next) &&
    a.errors.every((error, i) => error.start === b.errors[i]?.start && error.end === b.errors[i]?.end)
  );
}

/** Small texts with aliases, fields, extras, hidden rules, an error and characters outside the BMP. */
const PROBES: Record<GrammarId, string> = {
  java: `package a.b; /* 😀 é */ import x.*; @A(k = "v") public class C<T extends D> extends E<T> implements F, G {
  private final Map<String, List<T>> m = new HashMap<>(); // tail
  C(int a, String... b) { super(a); this.x = a > 0 ? b[0] : """
      block"""; }
  <R> R f(Function<? super T, R> g) throws H { for (int i = 0, j; i < 10; i++) { m.get("k").stream().map(C::h).forEach(q -> { q.r(); }); }
    for (var e : m.entrySet()) while (true) do { break; } while (false); switch (a) { case 1 -> b(); default -> { yield 2; } }
    try (var r = s()) { t += 1; } catch (I | J e) { throw e; } finally { synchronized (this) { return (R) null; } } }
  record P(int x) {} enum Q { A, B(1) { int z; }; } interface S { int v() default 1; }
  void broken( { int = ; foo(.bar }
}`,
  dart: `// 😀 é
import 'a.dart' as a; part 'b.g.dart';
@immutable class W<T> extends StatefulWidget with M implements I { const W({super.key, required this.x, this.y = 1}); final int x; late final T? y;
  @override Widget build(BuildContext context) => Column(children: [for (final e in es) if (e case (:var a, 1)) Text('\${e.a} $b'), ...?more], f: (c) { return c?..d()..e = 1; });
  Future<void> m() async { await for (var s in t) { yield* s; } try { x ??= await f<int>(1)!; } on E catch (e, st) { rethrow; } finally { switch (a) { case > 1 && < 2: break; default: } } }
}
enum E { a, b; } extension X on String { int get n => length; } mixin M on W {} typedef F = void Function(int);
void broken( { int = ; foo(.bar }`,
};

export { ERROR_KIND };

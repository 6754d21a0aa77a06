import type { Span } from "../../text/positions.ts";
import type { PackedCode } from "../packedCode.ts";

/** What a Dart file says. Bodies are packed (see code.ts) and unpacked where they are looked at. */
export interface DartFacts {
  readonly directives: readonly DartDirective[];
  /** Classes, mixins, enums, extensions and extension types, in source order. */
  readonly classes: readonly DartClass[];
  /** Top-level functions, getters and setters. */
  readonly functions: readonly DartMethod[];
  /** Top-level variables. */
  readonly variables: readonly DartField[];
  readonly code: PackedCode;
  /** Written by a generator: by its name or by its header. */
  readonly generated: boolean;
  /** Runs on a developer's machine: below test, integration_test, tool, bin, benchmark or build. */
  readonly tooling: boolean;
}

export interface DartDirective {
  readonly kind: "import" | "export" | "part" | "part of";
  readonly uri: string;
  /** `as` of an import. */
  readonly prefix: string | undefined;
  readonly span: Span;
}

export type DartClassKind = "class" | "mixin" | "enum" | "extension" | "extension type";

export interface DartClass {
  /** "" for an extension without a name. */
  readonly name: string;
  readonly kind: DartClassKind;
  /** Types as written, white space taken out: "State<Home>", "ui.Image". */
  readonly superclass: string | undefined;
  readonly mixins: readonly string[];
  readonly interfaces: readonly string[];
  /** What a mixin is `on`, or an extension extends. */
  readonly on: readonly string[];
  readonly abstract: boolean;
  readonly fields: readonly DartField[];
  /** Constructors too. */
  readonly methods: readonly DartMethod[];
  readonly span: Span;
  readonly nameSpan: Span;
  /** The braces included. */
  readonly bodySpan: Span;
  /** A hash of the text with the method bodies left out: when it is the same, the class looks the same from outside. */
  readonly signature: string;
  /** A hash of the whole text. */
  readonly digest: string;
}

export interface DartField {
  readonly name: string;
  /** As written; undefined where it is inferred. */
  readonly type: string | undefined;
  readonly isStatic: boolean;
  readonly isLate: boolean;
  readonly isFinal: boolean;
  readonly isConst: boolean;
  readonly annotations: readonly string[];
  /** The declaration, which may hold other fields too, without its semicolon. */
  readonly span: Span;
  readonly nameSpan: Span;
  /** Index of the initializer in the packed code, or -1. */
  readonly initializer: number;
}

export interface DartMethod {
  /** A constructor's own name: "" for the unnamed one. */
  readonly name: string;
  readonly kind: "method" | "getter" | "setter" | "operator" | "constructor" | "factory";
  readonly isStatic: boolean;
  /** `async`, `async*` or `sync*`; "" for none. */
  readonly marker: string;
  readonly parameters: readonly DartParameter[];
  /** As written; undefined where nothing is written. */
  readonly returns: string | undefined;
  readonly annotations: readonly string[];
  /** From the first annotation to the end of the body. */
  readonly span: Span;
  readonly nameSpan: Span;
  /** From the marker or `=>` or `{` to the end; undefined for an abstract or external one. */
  readonly bodySpan: Span | undefined;
  /** Index of the body in the packed code: a block, or the expression behind `=>`; -1 for none. */
  readonly body: number;
  /** Indices of a constructor's initializers: assignments, calls of super, assertions. */
  readonly initializers: readonly number[];
}

export interface DartParameter {
  readonly name: string;
  /** As written; undefined where it is inferred or that of a field. */
  readonly type: string | undefined;
  readonly named: boolean;
  readonly optional: boolean;
  /** `this.name` and `super.name`. */
  readonly binds: "field" | "super" | undefined;
  readonly span: Span;
}

import type { Span } from "../../text/positions.ts";
import type { SqlFacts } from "../sql/sqlFacts.ts";
import type { PackedCode } from "./code.ts";

/** What a Java source file says. Bodies are packed (see code.ts) and unpacked where they are looked at. */
export interface JavaFacts {
  /** "" for the unnamed package. */
  readonly packageName: string;
  readonly imports: readonly JavaImport[];
  /** All types of the file, nested and local ones and constants with a body included, outer before inner. */
  readonly types: readonly JavaType[];
  readonly code: PackedCode;
  /** Of a class that Flyway runs as a migration: what the statements in its texts change. */
  readonly migration?: SqlFacts;
}

export interface JavaImport {
  /** Without ".*": "java.util.List", or "java.util" of a wildcard. */
  readonly name: string;
  readonly isStatic: boolean;
  readonly wildcard: boolean;
  readonly span: Span;
}

export type TypeKind = "class" | "interface" | "enum" | "record" | "annotation";

export interface JavaType {
  readonly name: string;
  /** Package and outer types: "shop.Order.Line". */
  readonly qualified: string;
  readonly kind: TypeKind;
  readonly modifiers: readonly string[];
  readonly annotations: readonly JavaAnnotation[];
  readonly typeParameters: readonly TypeParameter[];
  /** Types as written, comments and annotations taken out: "Map<String, List<Order>>". */
  readonly superclass: string | undefined;
  readonly interfaces: readonly string[];
  readonly fields: readonly JavaField[];
  readonly methods: readonly JavaMethod[];
  /** Index of the enclosing type in `JavaFacts.types`, or -1. */
  readonly outer: number;
  readonly span: Span;
  readonly nameSpan: Span;
  /** The braces included. */
  readonly bodySpan: Span;
  /**
   * A hash of everything but method bodies, and of what they run per element: when it is the same, nobody outside the file can tell a
   * difference.
   */
  readonly signature: string;
}

export interface TypeParameter {
  readonly name: string;
  readonly bound: string | undefined;
}

export interface JavaField {
  readonly name: string;
  readonly type: string;
  readonly modifiers: readonly string[];
  readonly annotations: readonly JavaAnnotation[];
  /** The whole declaration. */
  readonly span: Span;
  readonly nameSpan: Span;
  /** Index of the initializer in the packed code, or -1. */
  readonly initializer: number;
  /** An enum constant, a record component, or a field proper. */
  readonly origin: "field" | "component" | "constant";
}

export interface JavaMethod {
  /** The type's name for constructors, "<clinit>" for initializer blocks. */
  readonly name: string;
  readonly kind: "method" | "constructor" | "initializer";
  readonly parameters: readonly JavaParameter[];
  /** "void" for constructors. */
  readonly returns: string;
  readonly modifiers: readonly string[];
  readonly annotations: readonly JavaAnnotation[];
  readonly typeParameters: readonly TypeParameter[];
  readonly span: Span;
  readonly nameSpan: Span;
  /** Index of the body in the packed code, or -1. */
  readonly body: number;
  /** An abstract method that a body of its type runs once per element. */
  readonly perElement?: true;
}

export interface JavaParameter {
  readonly name: string;
  /** Variable arity is written as an array: "String[]". */
  readonly type: string;
  readonly annotations: readonly JavaAnnotation[];
  readonly span: Span;
  /** Of a function that the body runs once per element: the parameter that has the elements, "" for elements that are no parameter's. */
  readonly perElementOf?: string;
  /** It may be a query that the body sends: its text, its name, or the query itself. */
  readonly maySend?: true;
}

export interface JavaAnnotation {
  /** As written, without "@": "Query" or "org.example.Query". */
  readonly name: string;
  readonly span: Span;
  /** A single unnamed value is named "value". */
  readonly values: readonly AnnotationArgument[];
}

export interface AnnotationArgument {
  readonly name: string;
  readonly value: AnnotationValue;
  readonly span: Span;
}

export type AnnotationValue =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "number"; readonly number: number }
  | { readonly kind: "boolean"; readonly value: boolean }
  /** A constant, an enum constant or a class literal, as written: "FetchType.LAZY", "Owner.class". */
  | { readonly kind: "reference"; readonly name: string }
  | { readonly kind: "array"; readonly values: readonly AnnotationValue[] }
  | { readonly kind: "annotation"; readonly annotation: JavaAnnotation }
  /** Strings put together of literals and constants. */
  | { readonly kind: "concatenation"; readonly parts: readonly AnnotationValue[] }
  | { readonly kind: "other"; readonly source: string };

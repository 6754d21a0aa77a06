import type { CodeNode } from "../../../../facts/java/code.ts";

/** `try (Stream<X> rows = …)`, `try (rows)`: closed in any case. */
export const isResource = ({ role, parent }: CodeNode): boolean =>
  role === "resource" || (role === "value" && parent?.kind === "local" && parent.role === "resource");

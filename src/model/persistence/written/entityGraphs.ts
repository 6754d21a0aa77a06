import type { MethodCode } from "../../calls/callGraph.ts";

/** An entity graph that code hands to a query says more than the query does. */
export const usesGraph = ({ nodes }: MethodCode): boolean =>
  nodes.some(
    ({ kind, text }) =>
      (kind === "call" && /EntityGraph$|^apply(?:Fetch|Load)Graph$/.test(text)) ||
      (kind === "literal" && /\.(?:fetch|load)graph$/.test(text)),
  );

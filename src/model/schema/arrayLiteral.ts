/** The elements of a flat array literal: "{a,b}". */
export function elementsOf(literal: string): readonly string[] {
  return [...literal.replace(/^\{|\}$/g, "").matchAll(/"((?:[^"\\]|\\.)*)"|([^,]+)/g)].map(
    ([, quoted, bare]) => quoted?.replace(/\\(.)/g, "$1") ?? bare ?? "",
  );
}

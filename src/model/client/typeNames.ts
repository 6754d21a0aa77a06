/** The name of a type without prefix, arguments and nullability: "State" of "m.State<Home>?". */
export function simpleName(type: string): string {
  const bare = type.replace(/[<?(].*$/s, "");
  return bare.slice(bare.lastIndexOf(".") + 1).trim();
}

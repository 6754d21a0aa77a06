/** A call that a test answers for (`when(orders.findByCode(…))`) or counts (`verify(orders).findByCode(…)`). */
export interface Stub {
  /** The simple name of the type that the call is on. */
  readonly type: string;
  readonly method: string;
  /** Offset in the text. */
  readonly at: number;
}

/** A call on a variable or field whose type is declared in the same text. */
type Called = Omit<Stub, "at">;

/**
 * The stubs and verifications of Mockito, BDDMockito, mockito-kotlin and MockK in the text of a test. Tests are not part of the model,
 * so only what the text says by itself is known: the mock and its type are declared in it.
 */
export function stubsIn(text: string): readonly Stub[] {
  return PATTERNS.flatMap((pattern) =>
    [...text.matchAll(pattern)].flatMap((match): readonly Stub[] => {
      const [, name = "", method = ""] = match;
      const type = typeOf(name, text);
      return type === undefined ? [] : [{ type, method, at: match.index }];
    }),
  ).sort((a, b) => a.at - b.at);
}

const MOCK = String.raw`(?:this\s*\.\s*)?(\w+)`;
const METHOD = String.raw`\s*\??\.\s*(\w+)\s*\(`;
const PATTERNS: readonly RegExp[] = [
  // when(orders.findByCode(…)), given(orders.findByCode(…)), every { orders.findByCode(…) }
  new RegExp(String.raw`\b(?:when|whenever|given)\s*\(\s*${MOCK}${METHOD}`, "g"),
  new RegExp(String.raw`\b(?:every|coEvery|verify|coVerify)\s*(?:\([^(){}]*\)\s*)?\{\s*${MOCK}${METHOD}`, "g"),
  // doReturn(…).when(orders).findByCode(…), verify(orders, times(1)).findByCode(…), then(orders).should().findByCode(…)
  new RegExp(
    String.raw`\b(?:when|given|verify|then)\s*\(\s*${MOCK}\s*(?:,\s*[^;{}]*?\))?\s*\)\s*(?:\.\s*should\s*\((?:[^();]|\([^();]*\))*\)\s*)?${METHOD}`,
    "g",
  ),
];

/** What `after` no longer calls as often as `before` did, of calls on variables whose types `before` declares. */
export function callsGone(before: string, after: string): readonly Called[] {
  const [then, now] = [callsIn(before), callsIn(after)];
  return [...then].flatMap(([call, count]): readonly Called[] => {
    if ((now.get(call) ?? 0) >= count) return [];
    const [name = "", method = ""] = call.split(".");
    const type = typeOf(name, before);
    return type === undefined ? [] : [{ type, method }];
  });
}

function callsIn(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [, name, method] of text.matchAll(/(?<![\w.]|\.\s)(?:this\s*\.\s*)?([a-z_]\w*)\s*(?:\.|::)\s*(\w+)/g)) {
    const call = `${name}.${method}`;
    counts.set(call, (counts.get(call) ?? 0) + 1);
  }
  return counts;
}

/** `private final OrderRepository orders;`, `orders: OrderRepository`, `orders = mock(OrderRepository.class)`. */
function typeOf(name: string, text: string): string | undefined {
  const declared =
    new RegExp(String.raw`\b([A-Z]\w*)(?:<[^;(){}]*>)?\s+${name}\s*[;=,)]`).exec(text) ??
    new RegExp(String.raw`\b${name}\s*:\s*([A-Z]\w*)`).exec(text) ??
    new RegExp(String.raw`\b${name}\s*=\s*(?:Mockito\s*\.\s*)?mock\w*(?:\(\s*|<)([A-Z]\w*)`).exec(text);
  return declared?.[1];
}

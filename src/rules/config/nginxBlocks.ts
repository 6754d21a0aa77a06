import type { NginxDirective } from "../../facts/container/containerFacts.ts";

/** A directive with the blocks around it, the innermost first. */
export interface PlacedDirective {
  readonly directive: NginxDirective;
  readonly around: readonly NginxDirective[];
}

/** Every directive of a configuration, blocks before what is in them. */
export function* directivesOf(directives: readonly NginxDirective[], around: readonly NginxDirective[] = []): Generator<PlacedDirective> {
  for (const directive of directives) {
    yield { directive, around };
    if (directive.block !== undefined) yield* directivesOf(directive.block, [directive, ...around]);
  }
}

/** The directives of a name that hold in a block: its own, or those of the nearest block around that has any. */
export function inherited(name: string, blocks: readonly NginxDirective[], top: readonly NginxDirective[]): readonly NginxDirective[] {
  for (const block of [...blocks.map((around) => around.block ?? []), top]) {
    const own = block.filter((directive) => directive.name === name);
    if (own.length > 0) return own;
  }
  return [];
}

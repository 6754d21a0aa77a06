import type { NginxDirective } from "../../facts/container/containerFacts.ts";
import type { DeploymentModel } from "../../model/deployment/deploymentModel.ts";

/** A directive with the blocks around it, the innermost first. */
export interface PlacedDirective {
  readonly directive: NginxDirective;
  readonly around: readonly NginxDirective[];
}

/** Every directive of a configuration, blocks before what is in them; nothing of `stream`, which knows no requests. */
export function* directivesOf(directives: readonly NginxDirective[], around: readonly NginxDirective[] = []): Generator<PlacedDirective> {
  for (const directive of directives) {
    if (directive.name === "stream" && directive.block !== undefined) continue;
    yield { directive, around };
    if (directive.block !== undefined) yield* directivesOf(directive.block, [directive, ...around]);
  }
}

/** What holds in a block. */
export interface Held {
  readonly directives: readonly NginxDirective[];
  /** A file that is not in the workspace is included on the way, and may say otherwise. */
  readonly open: boolean;
}

/**
 * The directives of a name that hold in a block: its own, or those of the nearest block around that has any, with what is included
 * there.
 */
export function held(name: string, blocks: readonly NginxDirective[], top: readonly NginxDirective[], deployment: DeploymentModel): Held {
  let open = false;
  for (const block of [...blocks.map((around) => around.block ?? []), top]) {
    const own = block.filter((directive) => directive.name === name);
    for (const include of block.filter((directive) => directive.name === "include")) {
      const path = include.args[0] ?? "";
      if (OF_ANOTHER_MATTER.test(path)) continue;
      const files = deployment.nginxFiles(path);
      if (files.length === 0) open = true;
      own.push(...files.flatMap((directives) => directives.filter((directive) => directive.name === name)));
    }
    if (own.length > 0) return { directives: own, open };
  }
  return { directives: [], open };
}

/** Names of types, of modules and of variables for CGI. */
const OF_ANOTHER_MATTER = /mime\.types|modules|(?:fastcgi|uwsgi|scgi)[\w-]*params|\.params$/;

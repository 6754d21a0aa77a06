import { CODE_ROLE as R } from "./code.ts";
import type { Lowering } from "./lowering.ts";

/** Lowers one kind of the grammar's nodes. */
export type Handler = (lowering: Lowering, node: number, role: number) => void;
export type Handlers = Readonly<Record<string, Handler>>;

export const plain =
  (kind: number, childRole: number = R.none): Handler =>
  (l, node, role) => {
    const at = l.open(node, kind, role);
    l.lowerAll(l.tree.children(node), childRole);
    l.packer.close(at);
  };

export const through: Handler = (l, node, role) => l.lowerAll(l.tree.children(node), role);

export const conditional =
  (kind: number): Handler =>
  (l, node, role) => {
    const at = l.open(node, kind, role);
    l.lowerField(node, l.field.condition, R.condition);
    l.lowerField(node, l.field.consequence, R.then);
    l.lowerField(node, l.field.alternative, R.else);
    l.packer.close(at);
  };

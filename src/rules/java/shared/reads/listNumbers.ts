import { type CodeNode, childOf, childrenOf } from "../../../../facts/java/code.ts";
import type { Model } from "../../../../model/model.ts";
import type { Entity } from "../../../../model/persistence/mapping/entity.ts";
import { columnNamed, columnOf, comparesColumns, expressionOf, givesColumn, mentions } from "./columnTests.ts";
import { type Held, stepOn } from "./heldValues.ts";
import { callOn, comparesWith } from "./listReads.ts";

/**
 * What a use of a list of entities asks of it: how many there are, a number or a moment made of one of their columns (a sum, an average, the
 * largest), or whether there are any. Undefined for everything else, and for what SQL could not work out.
 */
export type NumberUse = "counts" | "sums" | "asks" | undefined;

export function numberOf(model: Model, place: Held, entity: Entity | undefined): NumberUse {
  const value = place.node;
  if (value.role === "iterable" && value.parent?.kind === "foreach") return ofLoop(value.parent, entity);
  const call = callOn(value);
  switch (call?.text) {
    case "isEmpty":
      return "asks";
    case "size":
      return comparesWith(call, (text) => text === "0") ? "asks" : "counts";
    case "stream":
    case "parallelStream":
      return ofStream(model, { ...place, node: call }, entity);
    default:
      return undefined;
  }
}

/** Steps that keep elements by their columns or take one of them, then a number. */
function ofStream(model: Model, stream: Held, entity: Entity | undefined): NumberUse {
  let mapped = false;
  for (let at = stepOn(model, stream); at !== undefined; at = stepOn(model, at)) {
    const step = at.node;
    const [first] = childrenOf(step, "argument");
    switch (step.text) {
      case "filter":
        if (first === undefined || !(isNotNull(first) || (!mapped && isColumnTest(first, entity)))) return undefined;
        break;
      case "map":
      case "mapToInt":
      case "mapToLong":
      case "mapToDouble":
        if (first === undefined || !(mapped ? isConversion(first) : isColumnValue(first, entity))) return undefined;
        mapped = true;
        break;
      case "sorted":
      case "boxed":
      case "unordered":
      case "parallel":
        break;
      case "distinct":
        if (!mapped) return undefined;
        break;
      case "count":
        return "counts";
      case "sum":
      case "average":
      case "max":
      case "min":
      case "summaryStatistics":
        return mapped ? "sums" : undefined;
      case "reduce":
        return mapped && isAddition(childrenOf(step, "argument").at(-1)) ? "sums" : undefined;
      case "collect":
        return first === undefined ? undefined : ofCollector(first, mapped, entity);
      default:
        return undefined;
    }
  }
  return undefined;
}

function ofCollector(collector: CodeNode, mapped: boolean, entity: Entity | undefined): NumberUse {
  const [first, ...more] = childrenOf(collector, "argument");
  if (collector.kind !== "call") return undefined;
  if (collector.text === "counting") return "counts";
  if (/^(?:summing|averaging|summarizing)(?:Int|Long|Double)$/.test(collector.text))
    return first !== undefined && (mapped ? isConversion(first) : isColumnValue(first, entity)) ? "sums" : undefined;
  const last = more.at(-1);
  if (mapped || first === undefined || last === undefined) return undefined;
  if (collector.text === "groupingBy") return givesColumn(first, entity) ? ofCollector(last, mapped, entity) : undefined;
  return collector.text === "partitioningBy" && isColumnTest(first, entity) ? ofCollector(last, mapped, entity) : undefined;
}

/** A loop that only adds up columns and counts, where a test of columns lets it. */
function ofLoop(loop: CodeNode, entity: Entity | undefined): NumberUse {
  let use: NumberUse = "counts";
  const adds = (node: CodeNode): boolean => {
    switch (node.kind) {
      case "block":
        return node.children.every(adds);
      case "if": {
        const condition = childOf(node, "condition");
        const branches = [childOf(node, "then"), childOf(node, "else")].filter((branch) => branch !== undefined);
        return condition !== undefined && comparesColumns(condition, loop.text, entity) && branches.every(adds);
      }
      case "unary":
        return node.text === "++" && node.children[0]?.kind === "name";
      case "assign": {
        const [target, value] = [childOf(node, "target"), childOf(node, "value")];
        if (target?.kind !== "name" || value === undefined) return false;
        use = "sums";
        return isSum(value, loop.text, entity) && (node.text === "+=" || (node.text === "=" && addsTo(value, target.text)));
      }
      default:
        return false;
    }
  };
  const body = childOf(loop, "body");
  return body !== undefined && body.children.length > 0 && adds(body) ? use : undefined;
}

/** `total.add(order.getAmount())`, `total + order.getAmount()`. */
function addsTo(value: CodeNode, target: string): boolean {
  const added = value.kind === "call" ? childOf(value, "receiver") : childOf(value, "left");
  return (value.text === "add" || value.text === "+") && added?.kind === "name" && added.text === target;
}

/** A test of one element, by columns alone. */
function isColumnTest(predicate: CodeNode, entity: Entity | undefined): boolean {
  if (predicate.kind === "reference") return columnNamed(predicate.text, entity) !== undefined;
  const lambda = expressionOf(predicate);
  return lambda !== undefined && comparesColumns(lambda.body, lambda.element, entity);
}

/** A column, or a sum or a product of columns, that can be added up or compared. */
function isColumnValue(mapping: CodeNode, entity: Entity | undefined): boolean {
  if (mapping.kind === "reference") return hasOrder(columnNamed(mapping.text, entity)?.type);
  const lambda = expressionOf(mapping);
  return lambda !== undefined && isSum(lambda.body, lambda.element, entity);
}

function isSum(value: CodeNode, element: string, entity: Entity | undefined): boolean {
  let columns = 0;
  const holds = (node: CodeNode): boolean => {
    const column = columnOf(node, element, entity);
    if (column !== undefined) {
      columns++;
      return hasOrder(column.type);
    }
    if (!mentions(node, element)) return true;
    switch (node.kind) {
      case "binary":
        return /^(?:[-+*/]|[!=]=|[<>]=?)$/.test(node.text) && node.children.every(holds);
      case "conditional":
      case "cast":
        return node.children.every(holds);
      case "call":
        return ARITHMETIC.test(node.text) && node.children.every(holds);
      default:
        return false;
    }
  };
  return holds(value) && columns > 0;
}

const ARITHMETIC = /^(?:add|subtract|multiply|negate|abs|intValue|longValue|doubleValue|floatValue|valueOf)$/;
const isConversion = (mapping: CodeNode): boolean => mapping.kind === "reference" && ARITHMETIC.test(mapping.text);
const isNotNull = (predicate: CodeNode): boolean => predicate.kind === "reference" && predicate.text === "nonNull";

/** `Integer::sum`, `BigDecimal::add`, `(a, b) -> a + b`. */
function isAddition(operation: CodeNode | undefined): boolean {
  if (operation?.kind === "reference") return /^(?:add|sum|max|min)$/.test(operation.text);
  const body = operation?.kind === "lambda" ? childOf(operation, "body") : undefined;
  return body !== undefined && /^(?:\+|add|max|min)$/.test(body.text);
}

const hasOrder = (type: string | undefined): boolean =>
  type !== undefined && NUMBERS_AND_MOMENTS.test(type.slice(type.lastIndexOf(".") + 1));
const NUMBERS_AND_MOMENTS =
  /^(?:int|long|short|byte|float|double|Integer|Long|Short|Byte|Float|Double|BigDecimal|BigInteger|Instant|LocalDate|LocalDateTime|LocalTime|OffsetDateTime|ZonedDateTime|Date|Timestamp)$/;

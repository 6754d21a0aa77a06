import assert from "node:assert/strict";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { type Expression, type ObjectLiteralExpression, Project, SyntaxKind } from "ts-morph";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/**
 * V8 gives an object that begins with a spread and then adds a property a shape of its own, once the code is warm: reads of such
 * objects miss every cache, and each shape takes memory. One that begins with a property shares its shape with all of its kind.
 */
describe("shapes of objects", () => {
  it("begin with a property of their own where a literal adds one to what it spreads", function () {
    this.timeout(120_000);
    const project = new Project({ tsConfigFilePath: join(root, "tsconfig.json"), skipAddingFilesFromTsConfig: true });
    const files = project.addSourceFilesAtPaths(
      ["facts", "model", "rules", "analysis"].map((layer) => join(root, "src", layer, "**/*.ts")),
    );
    const literals = files.flatMap((file) => file.getDescendantsOfKind(SyntaxKind.ObjectLiteralExpression)).filter(beginsWithSpread);
    assert.ok(literals.length > 100, "literals with a spread are found");
    const wrong = literals.filter((literal) => addedBehind(literal).length > 0);
    assert.deepEqual(
      wrong.map((one) => `${relative(root, one.getSourceFile().getFilePath())}:${one.getStartLineNumber()} ${addedBehind(one).join(", ")}`),
      [],
    );
  });

  it("are told apart by what the spread may hold", () => {
    const project = new Project({ useInMemoryFileSystem: true });
    const source = `interface A { readonly a: number; readonly b?: number }
      export const make = (a: A) => [{ ...a, c: 1 }, { ...a, a: 2 }, { ...a, b: 3 }, { d: 4, ...a }];`;
    const found = project.createSourceFile("a.ts", source).getDescendantsOfKind(SyntaxKind.ObjectLiteralExpression);
    assert.deepEqual(
      found.map((literal) => (beginsWithSpread(literal) ? addedBehind(literal) : [])),
      [["c"], [], [], []],
    );
  });
});

const beginsWithSpread = (literal: ObjectLiteralExpression): boolean =>
  literal.getProperties()[0]?.isKind(SyntaxKind.SpreadAssignment) === true && literal.getProperties().length > 1;

/** The properties that could stand in front: none of what is spread may hold them. Nothing where what is spread may hold anything. */
function addedBehind(literal: ObjectLiteralExpression): readonly string[] {
  const spread = literal.getProperties().flatMap((one) => (one.isKind(SyntaxKind.SpreadAssignment) ? [one.getExpression()] : []));
  if (spread.some(mayHoldAnything)) return [];
  const held = new Set(spread.flatMap(namesIn));
  return literal
    .getProperties()
    .flatMap((one) =>
      one.isKind(SyntaxKind.PropertyAssignment) || one.isKind(SyntaxKind.ShorthandPropertyAssignment) ? [one.getName()] : [],
    )
    .filter((name) => !held.has(name));
}

function mayHoldAnything(expression: Expression): boolean {
  const type = expression.getType();
  return type.isAny() || type.isTypeParameter() || type.getStringIndexType() !== undefined;
}

function namesIn(expression: Expression): readonly string[] {
  const type = expression.getType();
  return (type.isUnion() ? type.getUnionTypes() : [type]).flatMap((one) => one.getProperties().map((property) => property.getName()));
}

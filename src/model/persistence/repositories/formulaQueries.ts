import { Answers } from "../../answers.ts";
import type { ReadLog } from "../../readLog.ts";
import type { MappedClass } from "../../schema/sets/mapped.ts";
import type { Entity, EntityLookup } from "../mapping/entity.ts";
import { formulaIn } from "../mapping/formulas.ts";
import type { Query } from "../scans/query.ts";
import { type Naming, statementScans } from "../scans/statementScans.ts";

type Names = Omit<Naming, "language">;

/** What Hibernate looks up with each row of an entity (`@Formula`); `repository` is the entity, `method` the attribute. Key: `formulas:all`. */
export class FormulaQueries {
  readonly answers: Answers<readonly Query[]>;

  constructor(
    reads: ReadLog,
    classes: () => readonly MappedClass[],
    entities: EntityLookup,
    names: { namingOf(repository: undefined, file: string): Names },
  ) {
    this.answers = new Answers(reads, "formulas", () =>
      classes().flatMap(({ qualified }) => {
        const entity = entities(qualified);
        return entity?.formulas === undefined ? [] : formulaQueries(entity, names.namingOf(undefined, entity.at.file));
      }),
    );
  }

  all(): readonly Query[] {
    return this.answers.get("all");
  }
}

/** A query for each formula with a subquery, over all rows. */
function formulaQueries(entity: Entity, naming: Names): readonly Query[] {
  const columns = new Set(entity.attributes.filter(({ table }) => table === entity.table).flatMap((attribute) => attribute.columns));
  return (entity.formulas ?? [])
    .filter(({ text }) => SUBQUERY.test(text))
    .map(({ name, text, at }) => {
      const statement = `select ${formulaIn(text, columns, ALIAS)} from ${entity.table} ${ALIAS}`;
      return {
        repository: entity.qualified,
        method: name,
        parameters: 0,
        source: "native",
        dynamicSort: false,
        returns: "list",
        statement,
        at,
        ...statementScans(statement, { language: "sql", ...naming }),
      };
    });
}

const ALIAS = "this_";
const SUBQUERY = /\(\s*select\b/i;

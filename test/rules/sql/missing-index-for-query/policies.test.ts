import { missingIndexForQuery } from "../../../../src/rules/sql/missing-index-for-query.ts";
import { rule } from "../../../harness/rule.ts";

/** Notes of tenants; an index knows the tenant first. */
const notes = (more: string, query: string): string => `
//- src/main/resources/db/migration/V1__init.sql
CREATE TABLE notes (id bigint PRIMARY KEY, tenant_id bigint NOT NULL, slug text NOT NULL, sort text);
CREATE UNIQUE INDEX notes_slug ON notes (tenant_id, slug);
${more}
//- src/main/java/shop/Note.java
package shop;
@Entity @Table(name = "notes") class Note { @Id Long id; Long tenantId; String slug; String sort; }
//- src/main/java/shop/NoteRepository.java
package shop;
interface NoteRepository extends JpaRepository<Note, Long> {
${query}
}
`;

const POLICY = "CREATE POLICY own ON notes USING (tenant_id = current_setting('app.tenant')::bigint);";

rule(missingIndexForQuery, {
  reports: {
    "a policy that does not count": notes(
      POLICY,
      `  Note findBySlug(String slug);
     //^^^^^^^^^^ 💡 findBySlug filters notes by slug: notes_slug has slug behind tenant_id`,
    ),
    "a function that gets what the index begins with": notes(
      `CREATE POLICY own ON notes USING (may_see(tenant_id)); ALTER TABLE notes ENABLE ROW LEVEL SECURITY;`,
      `  Note findBySlug(String slug);
     //^^^^^^^^^^ 💡 findBySlug filters notes by slug: notes_slug has slug behind tenant_id`,
    ),
    // alfio-event/alf.io: the name of a file is asked for by nobody, policies ask for its organization.
    "an index that begins with what the policy does not ask for": notes(
      `${POLICY.replace("tenant_id =", "id =")} ALTER TABLE notes ENABLE ROW LEVEL SECURITY;`,
      `  Note findBySlug(String slug);
     //^^^^^^^^^^ 💡 findBySlug filters notes by slug: notes_slug has slug behind tenant_id`,
    ),
    "a column that no index has, beside a policy": notes(
      `${POLICY} ALTER TABLE notes ENABLE ROW LEVEL SECURITY;`,
      `  List<Note> findBySort(String sort);
           //^^^^^^^^^^ 💡 findBySort filters notes by sort without an index`,
    ),
  },
  ignores: {
    // elyal2/hr-backend: queries leave the tenant to the policy.
    "a policy that asks for what the index begins with": notes(
      `${POLICY} ALTER TABLE notes ENABLE ROW LEVEL SECURITY;`,
      "  Note findBySlug(String slug);",
    ),
    "one of several conditions, for one of several tenants": notes(
      "CREATE POLICY own ON notes USING (sort <> 'x' AND tenant_id = ANY (my_tenants())); ALTER TABLE notes ENABLE ROW LEVEL SECURITY;",
      "  Note findBySlug(String slug);",
    ),
    "and another column besides": notes(
      `${POLICY} ALTER TABLE notes ENABLE ROW LEVEL SECURITY;`,
      "  Note findBySlugAndSort(String slug, String sort);",
    ),
  },
});

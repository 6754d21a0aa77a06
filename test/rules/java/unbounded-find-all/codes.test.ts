import { unboundedFindAll } from "../../../../src/rules/java/unbounded-find-all.ts";
import { rule } from "../../../harness/rule.ts";

/** An endpoint that reads all rows of an entity of codes. */
const codes = (entity: string, table: string, fields: string, all = "    return rows.findAll();"): string => `
//- src/main/resources/db/migration/V1__init.sql
CREATE TABLE ${table} (code text PRIMARY KEY);
//- src/main/java/shop/${entity}.java
package shop;
import jakarta.persistence.*;
@Entity @Table(name = "${table}") public class ${entity} { ${fields} }
//- src/main/java/shop/${entity}Repository.java
package shop;
import org.springframework.data.jpa.repository.JpaRepository;
public interface ${entity}Repository extends JpaRepository<${entity}, String> {}
//- src/main/java/shop/Desk.java
package shop;
import java.util.List;
@RestController
class Desk {
  private ${entity}Repository rows;
  @GetMapping("/codes") List<${entity}> all() {
${all}
  }
}
`;

rule(unboundedFindAll, {
  reports: {
    "codes that have no more than themselves": codes(
      "VoucherCode",
      "voucher_code",
      "@Id String code;",
      `    return rows.findAll();
         //^^^^^^^^^^^^^^ VoucherCodeRepository.findAll loads every VoucherCode for GET /codes`,
    ),
  },
  ignores: {
    "a list of codes": codes("Codelist", "codelist", "@Id String id;"),
    // bcgov/EDUC-GRAD-STUDENT-API
    "codes with what is shown for them": codes("ActivityCodeEntity", "activity_code", "@Id String code; String label;"),
  },
});

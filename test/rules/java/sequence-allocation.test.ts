import { sequenceAllocation } from "../../../src/rules/java/sequence-allocation.ts";
import { rule } from "../../harness/rule.ts";

const animal = (annotations: string): string => `
//- src/zoo/Animal.java
package zoo;
import jakarta.persistence.*;
@Entity
class Animal {
  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "animals")
  ${annotations}
  Long id;
}
`;

rule(sequenceAllocation, {
  reports: {
    "one key at a time": animal(`@SequenceGenerator(name = "animals", sequenceName = "animal_seq", allocationSize = 1)
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ animal_seq asks its sequence for one key at a time`),
  },
  ignores: {
    "fifty keys at a time": animal('@SequenceGenerator(name = "animals", sequenceName = "animal_seq", allocationSize = 50)'),
    "the default, which is fifty": animal('@SequenceGenerator(name = "animals", sequenceName = "animal_seq")'),
    "a class that is no entity": `
//- src/zoo/Cage.java
package zoo;
import jakarta.persistence.*;
class Cage { @SequenceGenerator(name = "cages", allocationSize = 1) Long id; }
`,
  },
});

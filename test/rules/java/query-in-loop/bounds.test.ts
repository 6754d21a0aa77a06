import { queryInLoop } from "../../../../src/rules/java/query-in-loop.ts";
import { rule } from "../../../harness/rule.ts";
import { OWNERS } from "./shop.ts";

/** A service for all kinds of rows, whose repository is a type variable. */
const base = (variables: string, members: string): string => `${OWNERS}
//- src/shop/BaseRepository.java
package shop;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.repository.NoRepositoryBean;
@NoRepositoryBean
public interface BaseRepository<T> extends JpaRepository<T, Long> { T findByCode(String code); }
//- src/shop/BaseService.java
package shop;
import java.util.List;
abstract class BaseService<${variables}> {
  protected R repository;
  ${members}
}
`;

rule(queryInLoop, {
  reports: {
    "a repository that is the class's type variable, by what the variable extends": base(
      "T, R extends BaseRepository<T>",
      `
  void load(List<String> codes) { codes.forEach(code -> repository.findByCode(code)); }
                                                      //^^^^^^^^^^^^^^^^^^^^^^^^^^^ BaseRepository.findByCode runs once per element of codes`,
    ),
    "what Spring Data itself declares, through a method of the class": base(
      "T, R extends BaseRepository<T>",
      `
  void load(List<Long> ids) { ids.forEach(this::remove); }
                                        //^^^^^^^^^^^^ remove runs BaseRepository.findById once per element of ids
  void remove(Long id) { repository.findById(id); }`,
    ),
    "a method's own type variable": base(
      "R",
      `
  <S extends BaseRepository<Customer>> void load(S rows, List<String> codes) {
    for (String code : codes) rows.findByCode(code);
                            //^^^^^^^^^^^^^^^^^^^^^ BaseRepository.findByCode runs once per element of codes
  }`,
    ),
    "a variable of the type around": base(
      "R extends BaseRepository<Customer>",
      `
  class Loader {
    void load(List<String> codes) { for (String code : codes) repository.findByCode(code); }
                                                            //^^^^^^^^^^^^^^^^^^^^^^^^^^^ BaseRepository.findByCode runs once per element of codes
  }`,
    ),
  },

  ignores: {
    "a variable that stands for anything": base(
      "R",
      "void load(List<String> codes) { for (String code : codes) repository.findByCode(code); }",
    ),
    "a method's variable of the same name, which stands for anything": base(
      "R extends BaseRepository<Customer>",
      "<R> void load(R repository, List<String> codes) { for (String code : codes) repository.findByCode(code); }",
    ),
    "a bound without statements": base(
      "R extends java.util.List<String>",
      "void load(List<String> codes) { for (String code : codes) repository.contains(code); }",
    ),
  },
});

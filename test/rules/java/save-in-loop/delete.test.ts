import { saveInLoop } from "../../../../src/rules/java/save-in-loop.ts";
import { rule } from "../../../harness/rule.ts";
import { service, serviceFile } from "../shop.ts";

const DROP = `
    void drop(List<Long> ids) {
        for (Long id : ids) {
            orders.deleteById(id);
        }
    }`;

/** The finding of DROP, with or without a lamp. */
const marked = (lamp: "💡 " | ""): string =>
  DROP.replace(
    "orders.deleteById(id);",
    `orders.deleteById(id);
          //^^^^^^^^^^^^^^^^^^^^^ ${lamp}OrderRepository.deleteById opens and commits a transaction for every element of ids`,
  );

/** A service whose orders are deleted by a name of this declaration. */
const derived = (declaration: string, method: string): string =>
  service(method).replace("  List<Order> findByCustomer", `  ${declaration}\n  List<Order> findByCustomer`);

rule(saveInLoop, {
  reports: {
    "deletes by keys, each in a transaction of its own": service(marked("💡 ")),
    "deletes by keys in one transaction, each of which selects first": service(`
    @Transactional
    public void drop(Set<Long> ids) {
        ids.forEach(orders::deleteById);
                  //^^^^^^^^^^^^^^^^^^ 💡 OrderRepository.deleteById selects and deletes a row for every element of ids
    }`),
    // blackduck-alert: users that are gone at the provider, each by its address.
    "deletes by a name that loads its rows first, in one transaction as well": derived(
      "void deleteByNote(String note);",
      `
    @Transactional
    public void drop(List<String> notes) {
        notes.forEach(note -> orders.deleteByNote(note));
                            //^^^^^^^^^^^^^^^^^^^^^^^^^ OrderRepository.deleteByNote selects rows and deletes each by itself, for every element of notes
    }`,
    ),
    "a loop that looks first: no fix": service(`
    void drop(List<Long> ids) {
        for (Long id : ids) {
            if (id > 0) orders.deleteById(id);
                      //^^^^^^^^^^^^^^^^^^^^^ OrderRepository.deleteById opens and commits a transaction for every element of ids
        }
    }`),
    "keys of something else: no fix": service(`
    void drop(List<Customer> all) {
        for (Customer customer : all) orders.deleteById(customer.getId());
                                    //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ OrderRepository.deleteById opens and commits a transaction for every element of all
    }`),
    "rows whose parts go with them: no fix": service(marked("")).replace(
      "  private String note;",
      "  private String note;\n  @OneToMany(cascade = CascadeType.ALL) private java.util.List<Customer> guests;",
    ),
    "a Spring Data that has no such method: no fix": service(marked("")).replace(
      "<project>",
      "<project><parent><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-parent</artifactId><version>2.4.13</version></parent>",
    ),
  },
  ignores: {
    "what is deleted at once": service("    void drop(List<Long> ids) { orders.deleteAllByIdInBatch(ids); }"),
    "deletes by a name for all elements together": derived(
      "void deleteByNoteIn(List<String> notes);",
      "    void drop(List<List<String>> groups) { groups.forEach(notes -> orders.deleteByNoteIn(notes)); }",
    ),
    "objects that are wanted back": derived(
      "List<Order> deleteByNote(String note);",
      "    void drop(List<String> notes) { notes.forEach(note -> print(orders.deleteByNote(note))); }",
    ),
  },
  fixes: {
    "deletes by keys, each in a transaction of its own": serviceFile(`
    void drop(List<Long> ids) {
        orders.deleteAllByIdInBatch(ids);
    }`),
    "deletes by keys in one transaction, each of which selects first": serviceFile(`
    @Transactional
    public void drop(Set<Long> ids) {
        orders.deleteAllByIdInBatch(ids);
    }`),
  },
});

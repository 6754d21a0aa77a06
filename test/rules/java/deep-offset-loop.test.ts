import { deepOffsetLoop } from "../../../src/rules/java/deep-offset-loop.ts";
import { rule } from "../../harness/rule.ts";
import { visitService } from "./shop.ts";

const QUERIES = `Page<Visit> findByOpenTrue(Pageable pageable);

    List<Visit> findByCustomerId(Long customerId, Pageable pageable);`;
const visits = (members: string): string => visitService(QUERIES, `    private VisitRepository visits;\n${members}`);

rule(deepOffsetLoop, {
  reports: {
    "a page number that is counted up": visits(`
    void all() {
        int number = 0;
        Page<Visit> page;
        do {
            page = visits.findAll(PageRequest.of(number++, 500, Sort.by("id")));
                 //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ VisitRepository.findAll skips all earlier rows again for each page of the loop
            page.forEach(System.out::println);
        } while (page.hasNext());
    }`),
    "the next page is asked of the page": visits(`
    void all() {
        Pageable pageable = PageRequest.of(0, 500);
        while (true) {
            Page<Visit> page = visits.findByOpenTrue(pageable);
                             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ VisitRepository.findByOpenTrue skips all earlier rows again for each page of the loop
            page.forEach(System.out::println);
            if (!page.hasNext()) break;
            pageable = page.nextPageable();
        }
    }`),
    "a for loop over all pages, the request made in it": visits(`
    void all(int pages) {
        for (int i = 0; i < pages; i++) {
            Pageable pageable = PageRequest.of(i, 500);
            visits.findByOpenTrue(pageable).forEach(System.out::println);
          //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ VisitRepository.findByOpenTrue skips all earlier rows again for each page of the loop
        }
    }`),
    "the rows of one parent: a hint": visits(`
    void all(Long customer) {
        int number = 0;
        List<Visit> found;
        do {
            found = visits.findByCustomerId(customer, PageRequest.of(number, 500));
                  //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ VisitRepository.findByCustomerId skips all earlier rows again for each page of the loop
            number += 1;
        } while (!found.isEmpty());
    }`),
  },
  ignores: {
    // What is read is deleted: the next rows are the first.
    "the first page again and again": visits(`
    void clear() {
        List<Visit> found;
        do {
            found = visits.findByOpenTrue(PageRequest.of(0, 500)).getContent();
            visits.deleteAllInBatch(found);
        } while (!found.isEmpty());
    }`),
    "a page that the caller chooses": visits(`
    Page<Visit> page(int number) { return visits.findByOpenTrue(PageRequest.of(number, 20)); }`),
    "a few pages": visits(`
    void some() {
        for (int i = 0; i < 3; i++) visits.findByOpenTrue(PageRequest.of(i, 20)).forEach(System.out::println);
    }`),
    "another number is counted up": visits(`
    void retry(int number) {
        int tries = 0;
        while (tries < 3) {
            if (visits.findByOpenTrue(PageRequest.of(number, 20)).hasContent()) return;
            tries++;
        }
    }`),
    "a table that stays small": `${visits(`
    void all() {
        int number = 0;
        while (visits.findByOpenTrue(PageRequest.of(number++, 20)).hasNext()) continue;
    }`)}
//- performance.yaml
version: 1
database: { tables: { visit: { rows: 40 } } }
`,
  },
});

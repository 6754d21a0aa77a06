import { inUnbounded } from "../../../src/rules/java/in-unbounded.ts";
import { rule } from "../../harness/rule.ts";
import { visitService } from "./shop.ts";

const QUERIES = `List<Visit> findByOpenTrue();

    List<Visit> findByCity(String city);

    List<Visit> findByCustomerIdIn(java.util.Collection<Long> customerIds);`;
const visits = (members: string): string => visitService(QUERIES, `    private VisitRepository visits;\n${members}`);

rule(inUnbounded, {
  reports: {
    "keys of all rows": visits(`
    List<Customer> visitors() {
        List<Long> ids = visits.findAll().stream().map(Visit::getCustomerId).toList();
                       //~~~~~~~~~~~~~~~~ VisitRepository.findAll is not bounded
        return customers.findAllById(ids);
             //^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findAllById is given a value for every row of VisitRepository.findAll
    }`),
    "a derived query, and rows that constants choose": visits(`
    int count() {
        List<Long> ids = visits.findByOpenTrue().stream().map(Visit::getCustomerId).collect(Collectors.toList());
        return visits.findByCustomerIdIn(ids).size();
             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ VisitRepository.findByCustomerIdIn is given a value for every row of VisitRepository.findByOpenTrue
    }`),
    "a list that a loop fills": visits(`
    List<Customer> visitors() {
        List<Long> ids = new ArrayList<>();
        for (Visit visit : visits.findAll()) ids.add(visit.getCustomerId());
        return customers.findAllById(ids);
             //^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findAllById is given a value for every row of VisitRepository.findAll
    }`),
    "keys that another method gives": visits(`
    private List<Long> ids() { return visits.findAll().stream().map(Visit::getCustomerId).toList(); }

    List<Customer> visitors() {
        return customers.findAllById(ids());
             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findAllById is given a value for every row of VisitRepository.findAll
    }`),
  },
  ignores: {
    "rows of one city": visits(`
    List<Customer> visitors(String city) {
        return customers.findAllById(visits.findByCity(city).stream().map(Visit::getCustomerId).toList());
    }`),
    "different values, which may be few": visits(`
    List<Customer> visitors() {
        Set<Long> ids = visits.findAll().stream().map(Visit::getCustomerId).collect(Collectors.toSet());
        List<Customer> found = customers.findAllById(ids);
        found.addAll(customers.findAllById(visits.findAll().stream().map(Visit::getCustomerId).distinct().toList()));
        return found;
    }`),
    "a page of rows": visits(`
    List<Customer> visitors(Pageable pageable) {
        return customers.findAllById(visits.findAll(pageable).stream().map(Visit::getCustomerId).toList());
    }`),
    "a part of the rows": visits(`
    List<Customer> visitors() {
        List<Long> ids = visits.findAll().stream().filter(visit -> visit.getCity() != null).map(Visit::getCustomerId).toList();
        List<Long> some = new ArrayList<>();
        for (Visit visit : visits.findAll()) if (visit.getCity() != null) some.add(visit.getCustomerId());
        List<Customer> found = customers.findAllById(ids);
        found.addAll(customers.findAllById(some));
        return found;
    }`),
    "a limit": visits(`
    List<Customer> visitors() {
        return customers.findAllById(visits.findAll().stream().map(Visit::getCustomerId).limit(100).toList());
    }`),
    "chunks of the keys": visits(`
    void all() {
        List<Long> ids = visits.findAll().stream().map(Visit::getCustomerId).toList();
        for (List<Long> chunk : com.google.common.collect.Lists.partition(ids, 500)) customers.findAllById(chunk);
    }`),
    "what the caller gives": visits(`
    List<Customer> some(List<Long> ids) { return customers.findAllById(ids); }`),
    "a table that stays small": `${visits(`
    List<Customer> visitors() { return customers.findAllById(visits.findAll().stream().map(Visit::getCustomerId).toList()); }`)}
//- performance.yaml
version: 1
database: { tables: { visit: { rows: 40 } } }
`,
  },
});

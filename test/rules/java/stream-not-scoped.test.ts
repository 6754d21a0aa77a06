import { streamNotScoped } from "../../../src/rules/java/stream-not-scoped.ts";
import { rule } from "../../harness/rule.ts";
import { visitService } from "./shop.ts";

const TRANSACTIONAL =
  "import org.springframework.transaction.annotation.Transactional;\nimport org.springframework.scheduling.annotation.Scheduled;";
const HINTED = `@QueryHints(@jakarta.persistence.QueryHint(name = "org.hibernate.fetchSize", value = "100"))
    Stream<Visit> streamAllBy();`;
const visits = (members: string, queries = HINTED): string =>
  visitService(queries, `    private VisitRepository visits;\n${members}`, TRANSACTIONAL);
const onPostgres = (queries: string): string =>
  visits("", queries).replace(
    "</dependencies>",
    "<dependency><groupId>org.postgresql</groupId><artifactId>postgresql</artifactId></dependency></dependencies>",
  );

const fixed = (member: string): string => `
//- src/main/java/shop/ShopService.java
package shop;

import java.util.*;
import org.springframework.data.domain.*;
${TRANSACTIONAL}
import java.util.stream.*;

class ShopService {
    private final CustomerRepository customers;
    private final OrderRepository orders;

    ShopService(CustomerRepository customers, OrderRepository orders) {
        this.customers = customers;
        this.orders = orders;
    }

    private VisitRepository visits;

${member}
}
`;

rule(streamNotScoped, {
  reports: {
    "consumed and left open": visits(`
    @Transactional
    public void print() {
        visits.streamAllBy().forEach(System.out::println);
      //^^^^^^^^^^^^^^^^^^^^ 💡 VisitRepository.streamAllBy gives a stream that is not closed
    }`),
    "consumed in a line of its own": visits(`
    @Transactional
    public void print() {
        visits.streamAllBy()
      //^^^^^^^^^^^^^^^^^^^^ 💡 VisitRepository.streamAllBy gives a stream that is not closed
            .forEach(System.out::println);
    }`),
    "collected and returned": visits(`
    @Transactional
    public List<String> cities() {
        return visits.streamAllBy()
             //^^^^^^^^^^^^^^^^^^^^ 💡 VisitRepository.streamAllBy gives a stream that is not closed
            .map(Visit::getCity)
            .toList();
    }`),
    "a variable": visits(`
    @Transactional
    public long count() {
        Stream<Visit> all = visits.streamAllBy();
                          //^^^^^^^^^^^^^^^^^^^^ VisitRepository.streamAllBy gives a stream that is not closed
        return all.filter(visit -> visit.getCity() != null).count();
    }`),
    "passed on by another method": visits(`
    Stream<String> cities() { return visits.streamAllBy().map(Visit::getCity); }
                                   //~~~~~~~~~~~~~~~~~~~~ VisitRepository.streamAllBy is returned here

    @Transactional
    public void print() {
        cities().forEach(System.out::println);
      //^^^^^^^^ 💡 VisitRepository.streamAllBy gives a stream that is not closed
    }`),
    "where no transaction is": visits(`
    @Scheduled(cron = "0 0 3 * * *")
    public void print() {
        try (Stream<Visit> all = visits.streamAllBy()) {
                               //^^^^^^^^^^^^^^^^^^^^ VisitRepository.streamAllBy is streamed where no transaction keeps its connection
            all.forEach(System.out::println);
        }
    }`),
    "no fetch size on PostgreSQL": onPostgres(`Stream<Visit> streamByCity(String city);
                //^^^^^^^^^^^^ 💡 VisitRepository.streamByCity sets no fetch size: PostgreSQL's driver reads all rows before the first`),
  },
  ignores: {
    // RegardsOss/regards-backend: the way from the entry leads through an interface
    "a transaction of the project's own, behind an interface that a job calls": `${visits("").trimEnd()}
//- src/main/java/shop/Printing.java
package shop;
interface Printing { void print(); }
//- src/main/java/shop/Whole.java
package shop;
import org.springframework.transaction.annotation.Transactional;
@Transactional @interface Whole {}
//- src/main/java/shop/PrintingOfVisits.java
package shop;
import java.util.stream.Stream;
@Whole class PrintingOfVisits implements Printing {
    private VisitRepository visits;
    public void print() { try (Stream<Visit> all = visits.streamAllBy()) { all.forEach(System.out::println); } }
}
//- src/main/java/shop/PrintingJob.java
package shop;
import org.springframework.scheduling.annotation.Scheduled;
class PrintingJob {
    private Printing printing;
    @Scheduled(cron = "0 0 3 * * *") void run() { printing.print(); }
}
`,
    "a try that closes it": visits(`
    @Transactional
    public void print() {
        try (Stream<Visit> all = visits.streamAllBy()) { all.forEach(System.out::println); }
        try (Stream<String> cities = visits.streamAllBy().map(Visit::getCity)) { cities.forEach(System.out::println); }
    }`),
    "closed by hand": visits(`
    @Transactional
    public void print() {
        Stream<Visit> all = visits.streamAllBy();
        try { all.forEach(System.out::println); } finally { all.close(); }
    }`),
    "the caller closes it": visits(`
    Stream<Visit> all() { return visits.streamAllBy(); }
    Iterator<Visit> each() { return visits.streamAllBy().iterator(); }
    void hand(java.util.function.Consumer<Stream<Visit>> to) { to.accept(visits.streamAllBy()); }`),
    "a list's stream": visits(`
    @Transactional
    public void print() { visits.findAll().stream().forEach(System.out::println); }`),
    "a transaction of a template": visits(`
    private org.springframework.transaction.support.TransactionTemplate transactions;

    @Scheduled(cron = "0 0 3 * * *")
    public void print() {
        transactions.executeWithoutResult(status -> {
            try (Stream<Visit> all = visits.streamAllBy()) { all.forEach(System.out::println); }
        });
    }`),
    "a fetch size of the statement": onPostgres(HINTED),
    "a fetch size for all statements": `${onPostgres("Stream<Visit> streamByCity(String city);")}
//- src/main/resources/application.properties
spring.jpa.properties.hibernate.jdbc.fetch_size=200
`,
    "another database": visits("", "Stream<Visit> streamByCity(String city);"),
    "a few rows at most": onPostgres("Stream<Visit> findTop10ByCity(String city);"),
  },
  fixes: {
    "consumed and left open": fixed(`    @Transactional
    public void print() {
        try (Stream<Visit> stream = visits.streamAllBy()) {
            stream.forEach(System.out::println);
        }
    }`),
    "consumed in a line of its own": fixed(`    @Transactional
    public void print() {
        try (Stream<Visit> stream = visits.streamAllBy()) {
            stream.forEach(System.out::println);
        }
    }`),
    "collected and returned": fixed(`    @Transactional
    public List<String> cities() {
        try (Stream<Visit> stream = visits.streamAllBy()) {
            return stream
                .map(Visit::getCity)
                .toList();
        }
    }`),
    "no fetch size on PostgreSQL": `
//- src/main/java/shop/VisitRepository.java
package shop;

import jakarta.persistence.QueryHint;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.*;

public interface VisitRepository extends JpaRepository<Visit, Long> {
    @QueryHints(@QueryHint(name = "org.hibernate.fetchSize", value = "100"))
    Stream<Visit> streamByCity(String city);
}
`,
  },
});

import { lazyAccessInLoop } from "../../../../src/rules/java/lazy-access-in-loop.ts";
import { rule } from "../../../harness/rule.ts";

/** Accounts of two kinds, the savings account with lazy pockets, a lazy branch for both, and a service whose body is given. */
const bank = (body: string, { savings = "", more = "" } = {}): string => `
//- src/Account.java
import jakarta.persistence.*;
@Entity @Inheritance abstract class Account {
  @Id Long id;
  @ManyToOne(fetch = FetchType.LAZY) private Branch branch;
  Branch getBranch() { return branch; }
  abstract String describe();
}
//- src/Savings.java
import jakarta.persistence.*;
import java.util.List;
@Entity class Savings extends Account {
  @OneToMany(mappedBy = "savings") private List<Pocket> pockets;
  List<Pocket> getPockets() { return pockets; }
  String describe() { return ${savings || 'pockets.size() + " pockets"'}; }
}
//- src/Giro.java
import jakarta.persistence.*;
@Entity class Giro extends Account { String note; String describe() { return note; } }
//- src/Pocket.java
import jakarta.persistence.*;
@Entity class Pocket { @Id Long id; @ManyToOne(fetch = FetchType.LAZY) Savings savings; }
//- src/Branch.java
import jakarta.persistence.*;
@Entity class Branch { @Id Long id; String city; String getCity() { return city; } }
//- src/AccountRepository.java
import java.util.*;
interface AccountRepository extends org.springframework.data.jpa.repository.JpaRepository<Account, Long> {
  List<Account> findByHolder(String holder);
}
//- src/Row.java
class Row { Row(String text) {} }
//- src/Bank.java
import java.util.*;
import java.util.stream.*;
class Bank {
  private AccountRepository accounts;
  private Mapper<Account, Row> mapper;
  private AccountMapper accountMapper;
${body}
  private void print(String text) {}
}
//- src/Mapper.java
import java.util.*;
interface Mapper<E, D> {
  D map(E entity);
  default List<D> mapAll(Collection<E> entities) { return entities.stream().map(this::map).toList(); }
}
//- src/AccountMapper.java
class AccountMapper extends Rows<Account> implements Mapper<Account, Row> {
  public Row map(Account account) { return new Row(account.getBranch().getCity()); }
}
//- src/Rows.java
import java.util.*;
abstract class Rows<E> {
  public abstract Row map(E entity);
  List<Row> rows(Iterable<E> entities) {
    List<Row> rows = new ArrayList<>();
    for (E entity : entities) rows.add(map(entity));
    return rows;
  }
}
//- src/PocketMapper.java
class PocketMapper extends Rows<Pocket> {
  public Row map(Pocket pocket) { return new Row(pocket.savings.getBranch().getCity()); }
}
${more}`;

const BRANCH = "Account.branch is loaded per element of AccountRepository.findByHolder";
const POCKETS = "Savings.pockets is loaded per element of AccountRepository.findByHolder";

rule(lazyAccessInLoop, {
  reports: {
    "a mapper that is called by its generic interface": bank(`
  List<Row> all(String holder) {
    return accounts.findByHolder(holder).stream().map(mapper::map).toList();
                                                    //^^^^^^^^^^^ 💡 ${BRANCH}
  }`),
    "a generic interface's own loop": bank(`
  List<Row> all(String holder) {
    return mapper.mapAll(accounts.findByHolder(holder));
         //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 ${BRANCH}
  }`),
    "a generic superclass's loop": bank(`
  List<Row> all(String holder) {
    return accountMapper.rows(accounts.findByHolder(holder));
         //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 ${BRANCH}
  }`),
    "what a class below looks into": bank(`
  void all(String holder) {
    for (Account account : accounts.findByHolder(holder)) print(account.describe());
                                                              //^^^^^^^^^^^^^^^^^^ ${POCKETS}
  }`),
    "an association of a class below, after a cast": bank(`
  void all(String holder) {
    for (Account account : accounts.findByHolder(holder)) {
      if (account instanceof Savings) print("" + ((Savings) account).getPockets().size());
                                               //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ${POCKETS}
    }
  }`),
    "an association of a class below, by a pattern": bank(`
  void all(String holder) {
    for (Account account : accounts.findByHolder(holder)) {
      if (account instanceof Savings savings) print("" + savings.getPockets().size());
                                                       //^^^^^^^^^^^^^^^^^^^^ ${POCKETS}
    }
  }`),
  },
  ignores: {
    "a class below that looks into nothing": bank(
      `
  void all(String holder) {
    for (Account account : accounts.findByHolder(holder)) print(account.describe());
  }`,
      { savings: '"savings"' },
    ),
    "a mapper of other entities": bank(`
  private PocketMapper pocketMapper;
  List<Row> none(List<Pocket> pockets) { return pocketMapper.rows(pockets); }
  void all(String holder) {
    for (Account account : accounts.findByHolder(holder)) print("" + account.id);
  }`),
    "a generic method that only keeps them": bank(`
  List<Account> all(String holder) { return sorted(accounts.findByHolder(holder)); }
  private <T> List<T> sorted(List<T> all) { return new ArrayList<>(all); }`),
  },
});

import { lazyAccessInLoop } from "../../../../src/rules/java/lazy-access-in-loop.ts";
import { rule } from "../../../harness/rule.ts";

/** Transfers with the entry that they made, the account of that entry, and the mandate that they belong to. */
const bank = (use: string, query: string, { account = "String holder;", migration = "" } = {}): string => `
//- src/Transfer.java
import jakarta.persistence.*;
@Entity class Transfer {
  @Id Long id;
  boolean undone;
  @ManyToOne @JoinColumn(name = "entry_id") Entry entry;
  @ManyToOne @JoinColumn(name = "mandate_id") Mandate mandate;
  @ManyToOne(fetch = FetchType.LAZY) @JoinColumn(name = "account_id") Account account;
  @ManyToOne(fetch = FetchType.LAZY) @JoinColumn(name = "other_id") Account other;
  Entry getEntry() { return entry; }
  Account getAccount() { return account; }
  Account getOther() { return other; }
}
//- src/Entry.java
import jakarta.persistence.*;
@Entity class Entry {
  @Id Long id;
  @ManyToOne @JoinColumn(name = "account_id") Account account;
  Account getAccount() { return account; }
}
//- src/Mandate.java
import jakarta.persistence.*;
@Entity class Mandate {
  @Id Long id;
  @ManyToOne @JoinColumn(name = "payer_id") Account payer;
  @ManyToOne @JoinColumn(name = "payee_id") Account payee;
}
//- src/Account.java
import jakarta.persistence.*;
import java.util.*;
@Entity class Account {
  @Id Long id;
  String number;
  @Enumerated(EnumType.STRING) Country country;
  ${account}
  @OneToMany(mappedBy = "account") List<Entry> entries;
  List<Entry> getEntries() { return entries; }
  String getNumber() { return number; }
}
//- src/Country.java
enum Country { AT, FI }
//- src/TransferRepository.java
import java.util.*;
import org.springframework.data.jpa.repository.*;
interface TransferRepository extends JpaRepository<Transfer, Long> {
  ${query}
}
//- src/main/resources/db/migration/V1__accounts.sql
create table account (id bigint primary key, number text not null, country text not null, holder text);
${migration}
//- src/Transfers.java
import java.util.*;
import jakarta.persistence.EntityManager;
class Transfers {
  private TransferRepository transfers;
  private EntityManager em;
  void undo(Long id, String number) {
    ${use}
  }
}
`;

const loop = (query: string, body: string): string => `for (Transfer transfer : ${query}) {
      ${body}
    }`;

rule(lazyAccessInLoop, {
  reports: {
    "a reference whose other side is asked for by what many have": bank(
      `for (Transfer transfer : transfers.findByAccountHolder(number)) {
      transfer.getAccount().getNumber();
    //^^^^^^^^^^^^^^^^^^^^^ 💡 Transfer.account is loaded per element of TransferRepository.findByAccountHolder
    }`,
      "List<Transfer> findByAccountHolder(String holder);",
    ),
    "a reference beside the one whose key is asked for": bank(
      `for (Transfer transfer : transfers.findByAccountNumber(number)) {
      transfer.getOther().getNumber();
    //^^^^^^^^^^^^^^^^^^^ 💡 Transfer.other is loaded per element of TransferRepository.findByAccountNumber
    }`,
      "List<Transfer> findByAccountNumber(String number);",
      { migration: "create unique index account_number on account (number);" },
    ),
    "a key of which only one part is asked for": bank(
      `for (Transfer transfer : transfers.findByAccountNumber(number)) {
      transfer.getAccount().getNumber();
    //^^^^^^^^^^^^^^^^^^^^^ 💡 Transfer.account is loaded per element of TransferRepository.findByAccountNumber
    }`,
      "List<Transfer> findByAccountNumber(String number);",
      { migration: "create unique index account_number on account (number, holder);" },
    ),
    "a collection behind another reference than the one that is asked for": bank(
      `for (Transfer transfer : transfers.findOf(id)) {
      transfer.getOther().getEntries().size();
    //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 Transfer.other is loaded per element of TransferRepository.findOf
    }`,
      '@Query("select t from Transfer t where t.mandate.payer.id = :id") List<Transfer> findOf(Long id);',
    ),
    // ccd-definition-store-api: the newest version of each, in a subquery beside the table.
    "SQL that joins a subquery by what is unique": bank(
      `for (Transfer transfer : transfers.findOf()) {
      transfer.getAccount().getNumber();
    //^^^^^^^^^^^^^^^^^^^^^ Transfer.account is loaded per element of TransferRepository.findOf
    }`,
      `@Query(nativeQuery = true, value = "select t.* from transfer t join account a on a.id = t.account_id join (select max(number) as number from account) m on a.number = m.number")
  List<Transfer> findOf();`,
      { migration: "create unique index account_number on account (number);" },
    ),
    "one side of an OR asks for something else": bank(
      `for (Transfer transfer : transfers.findOf(id)) {
      transfer.getEntry().getAccount().getEntries().size();
    //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 Account.entries is loaded per element of TransferRepository.findOf
    }`,
      '@Query("select t from Transfer t where t.mandate.payer.id = :id or t.undone = true") List<Transfer> findOf(Long id);',
    ),
  },
  ignores: {
    "the other side is asked for by what the schema says is unique": bank(
      loop("transfers.findByAccountNumber(number)", "transfer.getAccount().getNumber();"),
      "List<Transfer> findByAccountNumber(String number);",
      { migration: "create unique index account_number on account (number);" },
    ),
    "the other side is asked for by what the mapping says is unique, and what lies below it is looked into": bank(
      loop("transfers.findByAccountHolder(number)", "transfer.getAccount().getEntries().size();"),
      "List<Transfer> findByAccountHolder(String holder);",
      { account: "@Column(unique = true) String holder;" },
    ),
    // digitraffic-road: presets of a station, whose number is unique among the stations of one kind.
    "the rest of the unique key has few values": bank(
      loop("transfers.findByAccount_Number(number)", "transfer.getAccount().getNumber();"),
      "List<Transfer> findByAccount_Number(String number);",
      { migration: "create unique index account_number on account (country, number);" },
    ),
    "a text in the body asks for it": bank(
      loop(
        'em.createQuery("select t from Transfer t where t.account.number = :number", Transfer.class).getResultList()',
        "transfer.getAccount().getNumber();",
      ),
      "",
      { migration: "create unique index account_number on account (number);" },
    ),
    // fineract: transfers of a loan, the transactions that they made, and the loan of these.
    "whose rows are asked for by another way": bank(
      loop("transfers.findOf(id)", "transfer.getEntry().getAccount().getEntries().size();"),
      '@Query("select t from Transfer t where t.mandate.payer.id = :id") List<Transfer> findOf(Long id);',
    ),
    "whose rows are asked for by one of two ways": bank(
      loop("transfers.findOf(id)", "transfer.getEntry().getAccount().getEntries().size();"),
      '@Query("select t from Transfer t where t.mandate.payer.id = :id or t.mandate.payee.id = :id") List<Transfer> findOf(Long id);',
    ),
  },
});

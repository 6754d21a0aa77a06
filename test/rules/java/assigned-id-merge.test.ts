import { assignedIdMerge } from "../../../src/rules/java/assigned-id-merge.ts";
import { rule } from "../../harness/rule.ts";

const shop = (
  body: string,
  entity = `class Voucher {\n  @Id private String code;\n  int percent;\n  Voucher(String code, int percent) { }\n}`,
): string => `
//- src/shop/VoucherRepository.java
package shop;
import java.util.*;
import org.springframework.data.jpa.repository.JpaRepository;
interface VoucherRepository extends JpaRepository<Voucher, String> { }
//- src/shop/Voucher.java
package shop;
import jakarta.persistence.*;
import org.hibernate.annotations.*;
import org.springframework.data.domain.Persistable;
@Entity
${entity}
//- src/shop/Vouchers.java
package shop;
import java.util.*;
class Vouchers {
  private final VoucherRepository vouchers;
  Vouchers(VoucherRepository vouchers) { this.vouchers = vouchers; }
${body}
}
`;

const creates = `
  void create(String code) { vouchers.save(new Voucher(code, 10)); }`;

rule(assignedIdMerge, {
  reports: {
    "a new object, at once and through a local variable": shop(`
  void create(String code) { vouchers.save(new Voucher(code, 10)); }
                           //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Voucher has an assigned key: VoucherRepository.save selects the row before it inserts it
  void create(String code, int percent) {
    Voucher voucher = new Voucher(code, percent);
    vouchers.save(voucher);
  //~~~~~~~~~~~~~~~~~~~~~~ VoucherRepository.save merges here, too
  }
  void build(String code) { vouchers.save(Voucher.builder().code(code).build()); }
                          //~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ VoucherRepository.save merges here, too`),
    "lists of new objects": shop(`
  void create(List<String> codes) {
    vouchers.saveAll(codes.stream().map(code -> new Voucher(code, 10)).toList());
  //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    List<Voucher> made = new ArrayList<>();
    for (String code : codes) made.add(new Voucher(code, 5));
    vouchers.saveAll(made);
  //~~~~~~~~~~~~~~~~~~~~~~ VoucherRepository.saveAll merges here, too
  }`),
    "a key that the object gives itself, in a class above": `${shop(
      `
  void create() { vouchers.save(new Voucher()); }
                //^^^^^^^^^^^^^^^^^^^^^^^^^^^^`,
      "@EntityListeners(AuditingEntityListener.class)\nclass Voucher extends Base { }",
    )}
//- src/shop/Base.java
package shop;
import jakarta.persistence.*;
@MappedSuperclass
abstract class Base implements java.io.Serializable {
  @Id @Column(name = "id") private UUID id = UUID.randomUUID();
                                      //~~ the key of Voucher is assigned, and nothing says that the object is new
}
`,
    "a key of two parts": shop(
      `${creates}
                           //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`,
      `@IdClass(VoucherKey.class)
class Voucher {
  @Id private String code;
  @Id @ManyToOne private Shop shop;
  Voucher(String code, int percent) { }
}`,
    ),
    "a key that is an object of its own": shop(
      `${creates}
                           //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`,
      "class Voucher {\n  @EmbeddedId @AttributeOverrides({}) private VoucherKey key;\n  Voucher(String code, int percent) { }\n}",
    ),
    "a generated key that is set by hand": shop(
      `
  void create() {
    Voucher voucher = new Voucher();
    voucher.setCode(UUID.randomUUID());
    vouchers.save(voucher);
  //^^^^^^^^^^^^^^^^^^^^^^ Voucher has its generated key set by hand: VoucherRepository.save selects the row before it inserts it
  }
  void build() { vouchers.save(Voucher.builder().code(UUID.randomUUID()).build()); }
               //~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ VoucherRepository.save merges here, too`,
      "class Voucher { @Id @GeneratedValue(strategy = GenerationType.UUID) private UUID code; }",
    ),
  },
  ignores: {
    "a generated key that says which row is meant": shop(
      `
  void create(UUID code) {
    Voucher voucher = new Voucher();
    voucher.setCode(code);
    vouchers.save(voucher);
  }`,
      "class Voucher { @Id @GeneratedValue private UUID code; }",
    ),
    "a key of which a part is generated": shop(
      creates,
      "@IdClass(VoucherKey.class)\nclass Voucher { @Id @GeneratedValue private Long number; @Id private String shop; }",
    ),
    "keys that are made when the row is inserted": shop(creates, "class Voucher { @Id @GeneratedValue Long id; }"),
    "a generator of a library": shop(creates, "class Voucher { @Id @Tsid Long id; }"),
    "a key that a callback makes": shop(creates, "class Voucher { @Id String id; @PrePersist void key() { id = Keys.next(); } }"),
    "a version, which tells new objects": shop(creates, "class Voucher { @Id String code; @Version Integer version; }"),
    "an entity that says itself whether it is new": shop(creates, "class Voucher implements Persistable<String> { @Id String code; }"),
    "a class above that is not known": shop(creates, "class Voucher extends LibraryEntity { @Id String code; }"),
    "a key of several parts that comes from other rows": shop(
      creates,
      'class Voucher { @EmbeddedId VoucherKey key; @MapsId("shop") @ManyToOne Shop shop; }',
    ),
    "what was read, or is handed in": shop(`
  void close(String code) {
    Voucher voucher = vouchers.findById(code).orElseThrow();
    vouchers.save(voucher);
  }
  void take(Voucher voucher) { vouchers.save(voucher); }
  void takeAll(List<Voucher> all) { vouchers.saveAll(all); }
  void either(String code) {
    Voucher voucher = new Voucher(code, 1);
    if (vouchers.existsById(code)) voucher = vouchers.getReferenceById(code);
    vouchers.save(voucher);
  }`),
  },
});

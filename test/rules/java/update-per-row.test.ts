import { updatePerRow } from "../../../src/rules/java/update-per-row.ts";
import { rule } from "../../harness/rule.ts";

const shop = (body: string, entity = "@Getter @Setter\nclass Token {"): string => `
//- src/shop/TokenRepository.java
package shop;
import java.util.*;
import org.springframework.data.domain.*;
import org.springframework.data.jpa.repository.JpaRepository;
interface TokenRepository extends JpaRepository<Token, Long> {
  List<Token> findByFamily(String family);
  List<Token> findByFamily(String family, Pageable page);
  List<Token> findTop10ByRevoked(boolean revoked);
}
//- src/shop/Token.java
package shop;
import jakarta.persistence.*;
import java.time.Instant;
@Entity
${entity}
  @Id @GeneratedValue Long id;
  String family;
  boolean revoked;
  Instant closed;
  int tries;
}
//- src/shop/Tokens.java
package shop;
import java.time.Instant;
import java.util.*;
import org.springframework.transaction.annotation.Transactional;
class Tokens {
  private final TokenRepository tokens;
  Tokens(TokenRepository tokens) { this.tokens = tokens; }
${body}
}
`;

const revokes = `
  @Transactional void revoke(String family) {
    for (Token token : tokens.findByFamily(family)) token.setRevoked(true);
  }`;

rule(updatePerRow, {
  reports: {
    "elements that a stream gives on to be saved": shop(`
  void revoke(String family) {
    List<Token> all = tokens.findByFamily(family).stream().distinct().map(token -> { token.setRevoked(true); return token; }).toList();
                    //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ TokenRepository.findByFamily loads its rows only to set revoked to the same value in each
    tokens.saveAll(all);
  }`),
    "the same through a method, and saved at once": shop(`
  void revoke(String family) {
    tokens.saveAll(tokens.findByFamily(family).stream().map(this::revoked).collect(Collectors.toList()));
                 //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ TokenRepository.findByFamily loads its rows only to set revoked to the same value in each
  }
  private Token revoked(Token token) {
    token.setRevoked(true);
    return token;
  }`),
    "a constant, and the time": shop(`
  @Transactional void revoke(String family, boolean yes) {
    for (Token token : tokens.findByFamily(family)) {
  //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ TokenRepository.findByFamily loads its rows only to set revoked, closed to the same value in each
      token.setRevoked(yes);
      token.setClosed(Instant.now());
    }
  }`),
    "a counted loop and an iterator, with a variable and without one": shop(`
  @Transactional void revoke(String family) {
    List<Token> all = tokens.findByFamily(family);
    for (int i = 0; i < all.size(); i++) {
  //^^^^^^^^^^^^^^^^^^^^^^^ TokenRepository.findByFamily loads its rows only to set revoked to the same value in each
      Token token = all.get(i);
      token.setRevoked(true);
    }
  }
  void close(String family) {
    List<Token> all = tokens.findByFamily(family);
    for (int i = 0; i < all.size(); i++) {
  //^^^^^^^^^^^^^^^^^^^^^^^ TokenRepository.findByFamily loads its rows only to set closed to the same value in each
      all.get(i).setClosed(Instant.now());
      tokens.save(all.get(i));
    }
  }
  void reset(String family) {
    Iterator<Token> it = tokens.findByFamily(family).iterator();
  //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ TokenRepository.findByFamily loads its rows only to set tries to the same value in each
    while (it.hasNext()) {
      Token token = it.next();
      token.setTries(0);
      tokens.save(token);
    }
  }`),
    "rows that are saved together or one by one": shop(`
  int revoke(String family) {
    List<Token> all = tokens.findByFamily(family);
    all.forEach(token -> token.setRevoked(true));
  //^^^^^^^^^^^ TokenRepository.findByFamily loads its rows only to set revoked to the same value in each
    tokens.saveAll(all);
    return all.size();
  }
  void reset() {
    for (Token token : tokens.findAll()) {
  //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      token.setTries(0);
      tokens.save(token);
    }
  }`),
    "a reference that the rows hold themselves": shop(
      `
  @Transactional void orphan(String family, Token heir) {
    for (Token token : tokens.findByFamily(family)) token.setParent(null);
  //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ TokenRepository.findByFamily loads its rows only to set parent to the same value in each
    tokens.findByFamily(family).forEach(token -> token.setParent(heir));
  //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  }`,
      "@Getter @Setter\nclass Token {\n  @ManyToOne(fetch = FetchType.LAZY) Token parent;",
    ),
    "a setter that keeps the key beside the reference": shop(
      `
  @Transactional void orphan(String family) {
    for (Token token : tokens.findByFamily(family)) token.setParent(null);
  //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ TokenRepository.findByFamily loads its rows only to set parent to the same value in each
  }`,
      `class Token {
  @ManyToOne(fetch = FetchType.LAZY) Token parent;
  Long parentId;
  void setParent(Token parent) {
    this.parent = parent;
    if (parent != null) this.parentId = parent.getId();
  }
  Long getId() { return id; }`,
    ),
    "dates that auditing keeps, which a statement can set as well": shop(
      revokes.replace("token.setRevoked(true);", "token.setRevoked(true);\n  //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^"),
      "@EntityListeners(AuditingEntityListener.class)\nclass Token {",
    ),
  },
  ignores: {
    "the place of a row in its list, and a value out of another list": shop(`
  @Transactional void number(String family, List<Integer> tries) {
    List<Token> all = tokens.findByFamily(family);
    for (int i = 0; i < all.size(); i++) {
      Token token = all.get(i);
      token.setTries(i);
    }
    for (int i = 0; i < all.size(); i++) all.get(i).setTries(tries.get(i));
  }`),
    "what a stream gives is used for something else, too": shop(`
  List<Token> revoke(String family) {
    List<Token> all = tokens.findByFamily(family).stream().map(this::revoked).toList();
    tokens.saveAll(all);
    return all;
  }
  private Token revoked(Token token) {
    token.setRevoked(true);
    return token;
  }`),
    "a step that gives something else": shop(`
  void revoke(String family) {
    tokens.saveAll(tokens.findByFamily(family).stream().map(token -> { token.setRevoked(true); return new Token(token); }).toList());
  }`),
    "rows that a test in memory has chosen": shop(`
  void revoke(String family) {
    tokens.saveAll(tokens.findByFamily(family).stream().filter(Token::isOld).map(this::revoked).toList());
  }
  private Token revoked(Token token) {
    token.setRevoked(true);
    return token;
  }`),
    "a reference that the other side holds": shop(
      `
  @Transactional void orphan(String family) {
    for (Token token : tokens.findByFamily(family)) token.setNext(null);
  }`,
      '@Getter @Setter\nclass Token {\n  @OneToOne(mappedBy = "previous") Token next;\n  @OneToOne Token previous;',
    ),
    "values of each row, conditions and other work": shop(`
  @Transactional void count(String family) {
    for (Token token : tokens.findByFamily(family)) token.setTries(token.getTries() + 1);
    for (Token token : tokens.findByFamily(family)) if (token.getTries() > 3) token.setRevoked(true);
    for (Token token : tokens.findByFamily(family)) {
      token.setRevoked(true);
      publish(token);
    }
  }
  void publish(Token token) { }`),
    "rows that are used afterwards": shop(`
  @Transactional List<Token> revoke(String family) {
    List<Token> all = tokens.findByFamily(family);
    for (Token token : all) token.setRevoked(true);
    return all;
  }`),
    "a part of the rows": shop(`
  @Transactional void some(String family) {
    for (Token token : tokens.findByFamily(family, PageRequest.of(0, 100))) token.setRevoked(true);
    for (Token token : tokens.findTop10ByRevoked(false)) token.setRevoked(true);
    tokens.findByFamily(family).stream().filter(token -> token.tries > 3).forEach(token -> token.setRevoked(true));
  }`),
    "what is handed in, and what nobody saves": shop(`
  @Transactional void revoke(List<Token> all) { for (Token token : all) token.setRevoked(true); }
  void shown(String family) { for (Token token : tokens.findByFamily(family)) token.setRevoked(true); }`),
    "versions and listeners, which a statement passes by": shop(revokes, "class Token {\n  @Version int version;"),
    "a listener of one's own": shop(revokes, "@EntityListeners(TokenHistory.class)\nclass Token {"),
    "a setter that does more": shop(
      revokes,
      "class Token {\n  void setRevoked(boolean revoked) { this.revoked = revoked; this.closed = Instant.now(); }",
    ),
  },
});

import assert from "node:assert/strict";
import { keyDerivedPerCall } from "../../../src/rules/java/key-derived-per-call.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { parseFixture } from "../../harness/fixture.ts";
import { rule } from "../../harness/rule.ts";

const vault = (members: string, head = "class Vault"): string => `
//- src/main/java/safe/Vault.java
package safe;
import java.security.spec.KeySpec;
import javax.crypto.*;
import javax.crypto.spec.*;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.crypto.encrypt.Encryptors;
${head} {
    private static final String SALT = "pepper";
    private static final int ROUNDS = 65_536;
    @Value("\${vault.password}") private String password;
    private SecretKey kept;
${members}
}
`;

rule(keyDerivedPerCall, {
  reports: {
    "a configured password and a constant salt": vault(`
    byte[] seal(byte[] text) throws Exception {
        KeySpec spec = new PBEKeySpec(password.toCharArray(), SALT.getBytes(), ROUNDS, 256);
                     //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Vault.seal derives the same key at each call, in 65,536 rounds
        SecretKey key = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec);
        return crypt(key, text);
    }`),
    "a helper that is given constants": vault(`
    byte[] seal(byte[] text) throws Exception { return crypt(derive(password, SALT), text); }
    byte[] open(byte[] text) throws Exception { return crypt(derive(password, SALT), text); }
    private SecretKey derive(String password, String salt) throws Exception {
        return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA1").generateSecret(new PBEKeySpec(password.toCharArray(), salt.getBytes(), 1000, 256));
                                                                               //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Vault.derive derives the same key at each call, in 1,000 rounds
    }`),
    "an encryptor of Spring Security": vault(`
    String seal(String text) { return Encryptors.text(password, "5c0744940b5c369b").encrypt(text); }
                                    //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Vault.seal derives the same key at each call, in 1,024 rounds`),
  },
  ignores: {
    "a salt of its own for each text": vault(`
    byte[] seal(byte[] text, byte[] salt) throws Exception {
        byte[] fresh = new byte[16];
        new java.security.SecureRandom().nextBytes(fresh);
        crypt(SecretKeyFactory.getInstance("PBKDF2").generateSecret(new PBEKeySpec(password.toCharArray(), fresh, ROUNDS, 256)), text);
        return crypt(SecretKeyFactory.getInstance("PBKDF2").generateSecret(new PBEKeySpec(password.toCharArray(), salt, ROUNDS, 256)), text);
    }`),
    // Homepage-Back-R2, fineract: what a password is checked with.
    "a password that somebody types": vault(`
    boolean matches(String typed) throws Exception {
        return same(SecretKeyFactory.getInstance("PBKDF2").generateSecret(new PBEKeySpec(typed.toCharArray(), SALT.getBytes(), ROUNDS, 256)));
    }`),
    "a key that is kept": vault(`
    SecretKey key() throws Exception {
        if (kept == null) {
            kept = SecretKeyFactory.getInstance("PBKDF2").generateSecret(new PBEKeySpec(password.toCharArray(), SALT.getBytes(), ROUNDS, 256));
        }
        return kept;
    }`),
    "made once, by a constructor, start-up code or a bean": vault(`
    Vault() throws Exception { kept = derive(); }
    @jakarta.annotation.PostConstruct void fill() throws Exception { kept = derive(); }
    @org.springframework.context.annotation.Bean SecretKey bean() throws Exception { return derive(); }
    private SecretKey derive() throws Exception {
        return SecretKeyFactory.getInstance("PBKDF2").generateSecret(new PBEKeySpec(password.toCharArray(), SALT.getBytes(), ROUNDS, 256));
    }`),
    "a field that is filled when the class is made": vault(`
    private final SecretKey key = derive();
    private static SecretKey derive() {
        return generated(new PBEKeySpec("secret".toCharArray(), SALT.getBytes(), ROUNDS, 256));
    }`),
    "few rounds, or none that are known": vault(`
    byte[] seal(byte[] text) throws Exception {
        KeySpec few = new PBEKeySpec(password.toCharArray(), SALT.getBytes(), 19, 256);
        return crypt(SecretKeyFactory.getInstance("PBEWithMD5AndDES").generateSecret(few), text);
    }
    byte[] open(byte[] text) throws Exception {
        return crypt(SecretKeyFactory.getInstance("PBEWithMD5AndDES").generateSecret(new PBEKeySpec(password.toCharArray())), text);
    }`),
  },
});

describe("java/key-derived-per-call, ranked by what reaches it", () => {
  const rankOf = async (head: string, more = ""): Promise<string> => {
    const workspace = new TestWorkspace([keyDerivedPerCall]);
    const source = `${vault('    public String seal(String text) { return Encryptors.text(password, "5c0744940b5c369b").encrypt(text); }', head)}${more}`;
    await workspace.put(parseFixture(source).files);
    return workspace
      .findings()
      .map(({ severity, certainty }) => `${severity} ${certainty}`)
      .join();
  };

  it("is a warning at a request, and for each value of a column", async () => {
    const desk = `
//- src/main/java/safe/Desk.java
package safe;
import org.springframework.web.bind.annotation.*;
@RestController class Desk { private Vault vault; @PostMapping("/seal") String seal(@RequestBody String text) { return vault.seal(text); } }
`;
    assert.equal(await rankOf("class Vault", desk), "warning proven");
    assert.equal(await rankOf("class Vault implements AttributeConverter<String, String>"), "warning proven");
  });

  it("is information where nothing is known to come", async () => {
    assert.equal(await rankOf("class Vault"), "information likely");
  });
});

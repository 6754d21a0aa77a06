package com.example.ticketchain.ticket;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import com.example.ticketchain.TicketChainProperties;
import com.example.ticketchain.common.Refusal;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Makes and checks tokens of the form {@code code.signature}, so that a guessed code reaches no query. */
@Component
public class TicketSigner {

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    public TicketSigner(TicketChainProperties properties) {
        key = new SecretKeySpec(properties.ticketSecret().getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    public String sign(String code) {
        return code + '.' + signatureOf(code);
    }

    /** The code of a token that this signer has made. */
    public String verify(String token) {
        int dot = token.lastIndexOf('.');
        String code = token.substring(0, Math.max(dot, 0));
        byte[] expected = signatureOf(code).getBytes(StandardCharsets.US_ASCII);
        if (dot < 1 || !MessageDigest.isEqual(expected, token.substring(dot + 1).getBytes(StandardCharsets.UTF_8))) {
            throw new Refusal(HttpStatus.BAD_REQUEST, "This is no ticket of ours");
        }
        return code;
    }

    private String signatureOf(String code) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return Base64.getUrlEncoder().withoutPadding()
                    .encodeToString(mac.doFinal(code.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException error) {
            throw new IllegalStateException(error);
        }
    }
}

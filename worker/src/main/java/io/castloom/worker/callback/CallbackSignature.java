package io.castloom.worker.callback;

import io.castloom.service.accounts.Account;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Proves that a request is ours and new. For each of the account's tokens one signature, so that
 * tokens can be exchanged without a gap: {@code <token's name>=<hex>}, separated by commas. It is
 * HMAC-SHA-256 (RFC 2104) over {@code <timestamp>.<body>}; the key is the text of the SHA-256 of
 * the token's secret, the part after the dot, in lower-case hexadecimal.
 */
final class CallbackSignature {

  private static final String ALGORITHM = "HmacSHA256";

  private CallbackSignature() {}

  static String of(List<Account.Token> tokens, Instant timestamp, String body) {
    String signed = timestamp.getEpochSecond() + "." + body;
    return tokens.stream()
        .map(token -> token.name() + "=" + hmac(token.sha256(), signed))
        .collect(Collectors.joining(", "));
  }

  static String hmac(String key, String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }
}

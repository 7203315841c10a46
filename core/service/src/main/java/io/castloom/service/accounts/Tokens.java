package io.castloom.service.accounts;

import io.castloom.domain.account.AccountId;
import io.castloom.domain.media.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * Tokens: {@code <account>.<43 characters>}, the latter 32 random bytes in URL-safe base64. The
 * account's name in front finds the document to compare with.
 *
 * <p>Kept is only the SHA-256 of the secret. A slow hash (PBKDF2, bcrypt) exists to make guessing
 * weak passwords costly; 256 random bits cannot be guessed at any speed, and a fast hash keeps a
 * flood of wrong tokens cheap to refuse.
 */
final class Tokens {

  private static final int SECRET_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Tokens() {}

  record Parsed(AccountId account, String secret) {}

  static String fresh(AccountId account) {
    byte[] secret = new byte[SECRET_BYTES];
    RANDOM.nextBytes(secret);
    return account + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
  }

  /** Empty for what cannot be a token. */
  static Optional<Parsed> parse(String token) {
    int dot = token.indexOf('.');
    if (dot < 0 || token.length() > 200) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Parsed(new AccountId(token.substring(0, dot)), token.substring(dot + 1)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  static String digest(String secret) {
    return Sha256.of(secret.getBytes(StandardCharsets.UTF_8)).hex();
  }

  /** Takes as long for a wrong token as for a right one. */
  static boolean matches(Account.Token token, String secret) {
    return MessageDigest.isEqual(
        token.sha256().getBytes(StandardCharsets.US_ASCII),
        digest(secret).getBytes(StandardCharsets.US_ASCII));
  }
}

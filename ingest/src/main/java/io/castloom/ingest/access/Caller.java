package io.castloom.ingest.access;

import io.castloom.domain.account.AccountId;
import io.castloom.domain.media.Profile;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Who asks.
 *
 * @param operator whether he may see and change what concerns all accounts
 * @param profiles the profiles that he may ask for, by name, in the order in which they are shown
 * @param defaults what he gets when he asks for none; names of {@code profiles}
 */
public record Caller(
    AccountId account, boolean operator, Map<String, Profile> profiles, List<String> defaults) {
  public Caller {
    Objects.requireNonNull(account);
    profiles = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(profiles));
    defaults = List.copyOf(defaults);
  }
}

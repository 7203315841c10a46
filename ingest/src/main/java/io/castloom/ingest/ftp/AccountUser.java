package io.castloom.ingest.ftp;

import io.castloom.service.accounts.Account;
import java.util.List;
import org.apache.ftpserver.ftplet.Authority;
import org.apache.ftpserver.ftplet.AuthorizationRequest;
import org.apache.ftpserver.ftplet.User;
import org.apache.ftpserver.usermanager.impl.ConcurrentLoginPermission;
import org.apache.ftpserver.usermanager.impl.WritePermission;
import org.jspecify.annotations.Nullable;

/** An account that has logged in. */
record AccountUser(Account account) implements User {
  private static final int IDLE_SECONDS = 300;
  private static final int LOGINS = 50;

  @Override
  public String getName() {
    return account.id().value();
  }

  @Override
  public @Nullable String getPassword() {
    return null;
  }

  @Override
  public List<? extends Authority> getAuthorities() {
    return List.of(new WritePermission(), new ConcurrentLoginPermission(LOGINS, LOGINS));
  }

  @Override
  public List<? extends Authority> getAuthorities(Class<? extends Authority> type) {
    return getAuthorities().stream().filter(type::isInstance).toList();
  }

  @Override
  public @Nullable AuthorizationRequest authorize(AuthorizationRequest request) {
    AuthorizationRequest granted = request;
    boolean known = false;
    for (Authority authority : getAuthorities()) {
      if (authority.canAuthorize(granted)) {
        known = true;
        granted = authority.authorize(granted);
        if (granted == null) {
          return null;
        }
      }
    }
    return known ? granted : null;
  }

  @Override
  public int getMaxIdleTime() {
    return IDLE_SECONDS;
  }

  @Override
  public boolean getEnabled() {
    return true;
  }

  @Override
  public String getHomeDirectory() {
    return "/";
  }
}

package io.castloom.ingest.ftp;

import io.castloom.ingest.access.LoginLimit;
import io.castloom.service.accounts.Account;
import io.castloom.service.accounts.Accounts;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;
import org.apache.ftpserver.ftplet.Authentication;
import org.apache.ftpserver.ftplet.AuthenticationFailedException;
import org.apache.ftpserver.ftplet.User;
import org.apache.ftpserver.ftplet.UserManager;
import org.apache.ftpserver.usermanager.UsernamePasswordAuthentication;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accounts as FTP's users: the password is a token. Users are not managed over FTP. */
final class TokenUsers implements UserManager {
  private static final Logger LOG = LoggerFactory.getLogger(TokenUsers.class);

  private final Accounts accounts;
  private final LoginLimit limit;

  TokenUsers(Accounts accounts, LoginLimit limit) {
    this.accounts = accounts;
    this.limit = limit;
  }

  @Override
  public User authenticate(Authentication authentication) throws AuthenticationFailedException {
    if (!(authentication instanceof UsernamePasswordAuthentication login)
        || login.getPassword() == null) {
      throw new AuthenticationFailedException("an account's name and token are needed");
    }
    InetAddress from = login.getUserMetadata().getInetAddress();
    String address = from == null ? "unknown" : from.getHostAddress();
    if (limit.wait(address).isPositive()) {
      throw new AuthenticationFailedException("too many wrong tokens came from " + address);
    }
    Optional<Account> account;
    try {
      account = accounts.authenticate(login.getUsername(), login.getPassword());
    } catch (IOException e) {
      LOG.error("a login could not be checked: {}", e.toString());
      throw new AuthenticationFailedException("the storage does not answer; try again", e);
    }
    if (account.isEmpty()) {
      limit.wrong(address);
      throw new AuthenticationFailedException("wrong account or token");
    }
    return new AccountUser(account.get());
  }

  /** Asked before the password, too: whether an account exists is told to nobody. */
  @Override
  public @Nullable User getUserByName(String name) {
    return null;
  }

  @Override
  public String[] getAllUserNames() {
    return new String[0];
  }

  @Override
  public void delete(String name) {
    throw new UnsupportedOperationException("accounts are not managed over FTP");
  }

  @Override
  public void save(User user) {
    throw new UnsupportedOperationException("accounts are not managed over FTP");
  }

  @Override
  public boolean doesExist(String name) {
    return false;
  }

  @Override
  public String getAdminName() {
    return "";
  }

  @Override
  public boolean isAdmin(String name) {
    return false;
  }
}

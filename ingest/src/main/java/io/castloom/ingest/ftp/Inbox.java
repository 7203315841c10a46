package io.castloom.ingest.ftp;

import io.castloom.domain.account.AccountId;
import io.castloom.domain.media.Profile;
import io.castloom.ingest.intake.ShowUploads;
import io.castloom.ingest.intake.UploadRequest;
import io.castloom.service.accounts.Account;
import java.io.IOException;
import java.util.List;

/** What becomes of a file by where it is put: a job, in a show's folder an episode as well. */
final class Inbox {
  private final ShowUploads shows;

  Inbox(ShowUploads shows) {
    this.shows = shows;
  }

  /** The shows that an account can send to. */
  List<String> shows(AccountId account) throws IOException {
    return shows.shows(account);
  }

  boolean isShow(AccountId account, String show) throws IOException {
    return shows.formats(account, show).isPresent();
  }

  /** The job that a file asks for: in the show's formats, else in the account's defaults. */
  UploadRequest request(Account account, InPath path) throws IOException {
    List<Profile> profiles = account.defaults();
    UploadRequest.EpisodeOf episode = null;
    String show = path.show();
    if (show != null) {
      episode = new UploadRequest.EpisodeOf(show, null, null);
      profiles =
          shows.formats(account.id(), show).orElse(List.of()).stream()
              .flatMap(name -> account.profile(name).stream())
              .toList();
    }
    return new UploadRequest(
        account.id(),
        path.name(),
        profiles.isEmpty() ? account.defaults() : profiles,
        account.priority(),
        null,
        null,
        null,
        episode);
  }
}

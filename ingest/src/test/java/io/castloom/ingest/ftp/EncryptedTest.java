package io.castloom.ingest.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.ingest.FakeTools;
import io.castloom.ingest.TestKeys;
import io.castloom.ingest.access.TlsKeys;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPSClient;
import org.apache.commons.net.util.TrustManagerUtils;
import org.junit.jupiter.api.Test;

class EncryptedTest extends FtpSide {
  @Override
  TlsKeys tls() throws Exception {
    return TestKeys.in(folder);
  }

  @Test
  void a_file_travels_encrypted() throws Exception {
    for (String protocol : new String[] {"TLSv1.3", "TLSv1.2"}) {
      FTPSClient ftp = new FTPSClient(protocol, false);
      ftp.setTrustManager(TrustManagerUtils.getAcceptAllTrustManager());
      ftp.setEnabledProtocols(new String[] {protocol});
      ftp.connect("127.0.0.1", server.port());
      ftp.execPBSZ(0);
      ftp.execPROT("P");
      assertThat(ftp.login("demo", world.token)).as(ftp.getReplyString()).isTrue();
      ready(ftp);
      byte[] bytes = FakeTools.recording(3 * MIB, protocol.hashCode());
      assertThat(store(ftp, "/in/" + protocol + ".wav", bytes)).as(ftp.getReplyString()).isTrue();
      assertThat(ftp.getReplyString()).contains("it is job");
      ftp.disconnect();
    }
  }

  @Test
  void nobody_logs_in_without_encryption() throws Exception {
    FTPClient ftp = new FTPClient();
    ftp.connect("127.0.0.1", server.port());
    assertThat(ftp.login("demo", world.token)).isFalse();
    assertThat(ftp.getReplyCode()).isEqualTo(530);
    ftp.disconnect();
  }
}

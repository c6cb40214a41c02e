package io.orderworkflow.application;

import static io.orderworkflow.application.Shop.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderworkflow.platform.postgres.ThrowawayPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A real Axon Server with the settings for production: only who shows the token, through TLS, gets in. */
@ExtendWith(RealAxonServer.JarRequired.class)
class AxonServerSecurityIT {

    private static final String TOKEN = "the-token-of-the-programs-0123456789";
    private static final String PASSWORD = "of-the-key-store";
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private static Path folder;

    private static Path certificate;
    private static RealAxonServer axonServer;

    @BeforeAll
    static void startAxonServer() throws Exception {
        Path keyStore = folder.resolve("tls.p12");
        certificate = folder.resolve("tls.crt");
        Path key = folder.resolve("tls.key");
        makeCertificate(keyStore, certificate, key);
        Path data = Files.createDirectory(folder.resolve("axonserver"));
        Path settings = Path.of("..", "axonserver", "axonserver-production.properties")
                .toAbsolutePath()
                .normalize();
        axonServer = RealAxonServer.start(
                data,
                "--spring.config.additional-location=file:" + settings,
                "--axoniq.axonserver.accesscontrol.token=" + TOKEN,
                "--axoniq.axonserver.accesscontrol.admin-token=" + TOKEN + "-admin",
                "--axoniq.axonserver.ssl.cert-chain-file=" + certificate,
                "--axoniq.axonserver.ssl.private-key-file=" + key,
                "--server.ssl.key-store=" + keyStore,
                "--server.ssl.key-store-password=" + PASSWORD,
                "--axoniq.axonserver.event.storage=" + data.resolve("events"),
                "--axoniq.axonserver.snapshot.storage=" + data.resolve("events"),
                "--axoniq.axonserver.controldb-path=" + data.resolve("control"),
                "--axoniq.axonserver.controldb-backup-location=" + data,
                "--axoniq.axonserver.pid-file-location=" + data);
    }

    @AfterAll
    static void stopAxonServer() {
        if (axonServer != null) {
            axonServer.close();
        }
    }

    @Test
    void letsAProgramInThatShowsItsTokenThroughTls() throws IOException {
        try (RunningProgram program = program("let-in", "--axon.axonserver.token=" + TOKEN, tls(), trusted())) {
            program.awaitReady();

            assertThat(program.shop()
                            .sells("A", "9.90", 10)
                            .order("order-1", "tok_ok", line("A", 1))
                            .expect(201)
                            .body()
                            .get("status")
                            .asString())
                    .isEqualTo("CONFIRMED");
        }
    }

    @Test
    void keepsAProgramOutWithAnotherToken() throws IOException {
        try (RunningProgram program = program("wrong-token", "--axon.axonserver.token=another", tls(), trusted())) {
            expectKeptOut(program);
        }
    }

    @Test
    void keepsAProgramOutThatDoesNotUseTls() throws IOException {
        try (RunningProgram program = program("no-tls", "--axon.axonserver.token=" + TOKEN)) {
            expectKeptOut(program);
        }
    }

    /** It lives, and is not ready. */
    private static void expectKeptOut(RunningProgram program) {
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> program.shop().get("/actuator/health/liveness").status() == 200
                        && program.shop().get("/actuator/health/readiness").status() == 503);
        await().during(Duration.ofSeconds(5)).atMost(Duration.ofSeconds(20)).until(() -> !program.isReady());
    }

    private static String tls() {
        return "--axon.axonserver.ssl-enabled=true";
    }

    private static String trusted() {
        return "--axon.axonserver.cert-file=" + certificate;
    }

    private static RunningProgram program(String name, String... settings) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(settings));
        arguments.addAll(List.of(
                "--spring.profiles.active=axonserver",
                "--spring.datasource.url=" + ThrowawayPostgres.newDatabase(),
                "--axon.axonserver.servers=" + axonServer.address()));
        return RunningProgram.begin(
                Files.createDirectory(folder.resolve(name)),
                RunningProgram.freePort(),
                List.of("-XX:+UseSerialGC", "-jar", RunningProgram.JAR.toString()),
                arguments);
    }

    private static void makeCertificate(Path keyStore, Path certificate, Path key)
            throws IOException, InterruptedException, GeneralSecurityException {
        Process keytool = new ProcessBuilder(
                        Path.of(RunningProgram.JAVA).resolveSibling("keytool").toString(),
                        "-genkeypair",
                        "-alias",
                        "axonserver",
                        "-keyalg",
                        "RSA",
                        "-keysize",
                        "2048",
                        "-validity",
                        "2",
                        "-dname",
                        "CN=axonserver",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keyStore.toString(),
                        "-storepass",
                        PASSWORD)
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore made = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keyStore)) {
            made.load(in, PASSWORD.toCharArray());
        }
        writePem(certificate, "CERTIFICATE", made.getCertificate("axonserver").getEncoded());
        writePem(
                key,
                "PRIVATE KEY",
                made.getKey("axonserver", PASSWORD.toCharArray()).getEncoded());
    }

    private static void writePem(Path file, String what, byte[] content) throws IOException {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        Files.writeString(file, "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n".formatted(what, lines));
    }
}

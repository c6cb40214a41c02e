package io.orderworkflow.platform.postgres;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Under which account the server runs. PostgreSQL refuses to run as root, so a program that runs as root has to find it
 * another one; an ordinary user's is used as it is.
 */
final class ServerAccount {

    /** The account without rights, by the number that every Linux gives it. */
    private static final int NOBODY = 65534;

    private static final int ROOT = 0;

    /** What the server will need: not to be root, an account with a name, access to the folder and to its program. */
    private static final String TRIAL = """
            [ "$(id -u)" != 0 ] || { echo still root; exit 1; }
            id -un >/dev/null && cd "$1" && exec "$2" --version
            """;

    private final List<String> prefix;
    private final @Nullable Integer owner;

    /** The command that changes the account, and who must own the data then if not the program's own user. */
    private ServerAccount(List<String> prefix, @Nullable Integer owner) {
        this.prefix = prefix;
        this.owner = owner;
    }

    /** Finds the first way that works here, by trying it. */
    static ServerAccount choose(PostgresBinaries binaries, Path folder, Path cluster)
            throws IOException, InterruptedException {
        int self = ownUser(folder);
        Optional<Integer> clusterOwner = Files.exists(cluster) ? Optional.of(owner(cluster)) : Optional.empty();
        if (self != ROOT && clusterOwner.isPresent() && clusterOwner.get() != self) {
            throw new EmbeddedPostgresException(
                    "The data folder %s belongs to another user (%s)."
                            .formatted(folder, Files.getOwner(cluster).getName()),
                    "Run the program as that user, or give it a folder of its own"
                            + " with --order-workflow.postgres.data-directory=<folder>.");
        }
        List<String> objections = new ArrayList<>();
        for (ServerAccount account : self == ROOT ? otherThanRoot(clusterOwner.orElse(ROOT)) : ordinary()) {
            Optional<String> objection = account.objection(binaries, folder);
            if (objection.isEmpty()) {
                return account;
            }
            objections.add(objection.get());
        }
        throw new EmbeddedPostgresException(
                (self == ROOT
                                ? "PostgreSQL refuses to run as root, and no other account can be used here: "
                                : "PostgreSQL does not run here: ")
                        + String.join("; ", objections) + ".",
                "Run the program as an ordinary user, or set spring.datasource.url to a PostgreSQL of your own.");
    }

    private static List<ServerAccount> ordinary() {
        // Containers run under user numbers without a name, which initdb does not accept; in a namespace it is nobody.
        return List.of(new ServerAccount(List.of(), null), userNamespace());
    }

    private static List<ServerAccount> otherThanRoot(int clusterOwner) {
        if (clusterOwner != ROOT) {
            // An ordinary user began this folder, perhaps, and shall be able to go on with it.
            return changesOfUser(clusterOwner);
        }
        List<ServerAccount> accounts = new ArrayList<>();
        // First, because the files stay root's own and may lie where only root can go. Containers often forbid it.
        accounts.add(userNamespace());
        accounts.addAll(changesOfUser(NOBODY));
        return accounts;
    }

    private static ServerAccount userNamespace() {
        return new ServerAccount(List.of("unshare", "--user"), null);
    }

    private static List<ServerAccount> changesOfUser(int user) {
        return List.of(
                new ServerAccount(List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups"), user),
                new ServerAccount(List.of("chroot", "--groups=", "--userspec=+%1$d:+%1$d".formatted(user), "/"), user));
    }

    /** Why this account will not do, found out by trying. */
    private Optional<String> objection(PostgresBinaries binaries, Path folder) throws InterruptedException {
        String name = prefix.isEmpty() ? "as it is" : prefix.get(0);
        try {
            Command.Answer answer = Command.run(
                    command(List.of("sh", "-c", TRIAL, "sh", folder.toString(), binaries.program("postgres"))));
            if (answer.succeeded()) {
                return Optional.empty();
            }
            String reason = answer.output().isEmpty() ? "exit code " + answer.exitCode() : answer.output();
            return Optional.of("%s (%s)".formatted(name, reason));
        } catch (IOException noSuchProgram) {
            return Optional.of(name + " (not installed)");
        }
    }

    /** The command to be run under this account. Each wrapper becomes the command, so the process stays the same one. */
    ProcessBuilder command(List<String> command) {
        List<String> words = new ArrayList<>(prefix);
        words.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(words);
        // What a person set for psql, or for another installation, is not meant for this server.
        builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.equals("LD_LIBRARY_PATH"));
        builder.environment().put("LC_ALL", "C");
        return builder;
    }

    /** Gives a folder to this account. The folder itself comes last, so that a hand-over cut short is done again. */
    void handOver(Path folder) throws IOException {
        if (owner == null || owner(folder) == owner) {
            return;
        }
        UserPrincipal principal =
                folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(Integer.toString(owner));
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.setOwner(file, principal);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.setOwner(directory, principal);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Who this program is, told by whom its files belong to; exact where names and environment are not. */
    private static int ownUser(Path folder) throws IOException {
        Path probe = Files.createTempFile(folder, "account-", null);
        try {
            return owner(probe);
        } finally {
            Files.delete(probe);
        }
    }

    private static int owner(Path path) throws IOException {
        return (Integer) Files.getAttribute(path, "unix:uid");
    }
}

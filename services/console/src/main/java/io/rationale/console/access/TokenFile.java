package io.rationale.console.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The file of static tokens: a line each, {@code #} begins a comment. It holds hashes only. A token is 256 random bits, so
 * nobody can try them all, and a plain SHA-256 keeps them as safe as a slow password hash would keep words that people
 * choose.
 */
public final class TokenFile {
    private static final Pattern NOTHING = Pattern.compile("\\s*(?:#.*)?");
    private static final Set<PosixFilePermission> OURS = PosixFilePermissions.fromString("rw-------");

    private final Path path;

    public TokenFile(Path path) {
        this.path = path;
    }

    /**
     * What stands in it.
     *
     * @param entries of the good lines, in their order
     * @param faults  a sentence for each other line, which names its number and nothing that it says
     */
    public record Content(List<TokenEntry> entries, List<String> faults) {
        public Content {
            entries = List.copyOf(entries);
            faults = List.copyOf(faults);
        }
    }

    /** Reads it. */
    public Content read() throws IOException {
        List<TokenEntry> entries = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        List<String> lines = lines();
        for (int i = 0; i < lines.size(); i++) {
            if (NOTHING.matcher(lines.get(i)).matches()) {
                continue;
            }
            try {
                entries.add(TokenEntry.parse(lines.get(i)));
            } catch (IllegalArgumentException e) {
                faults.add("Line " + (i + 1) + " of " + path + " is no token: " + e.getMessage() + ".");
            }
        }
        return new Content(entries, faults);
    }

    /** Not by a decoder that gives up: a stray byte is a fault of its own line. */
    private List<String> lines() throws IOException {
        return new String(Files.readAllBytes(path), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    /** Adds a line; makes the file, for its owner only, where there is none. */
    public void add(TokenEntry entry) throws IOException {
        if (Files.notExists(path)) {
            Files.createFile(path, ownersOnly(path));
        }
        byte[] there = Files.readAllBytes(path);
        String between = there.length == 0 || there[there.length - 1] == '\n' ? "" : "\n";
        Files.writeString(path, between + entry.line() + "\n", StandardOpenOption.APPEND);
    }

    /** Takes out the lines of a name. @return how many there were */
    public int remove(String name) throws IOException {
        List<String> lines = lines();
        List<String> kept = lines.stream().filter(not(name)).toList();
        if (kept.size() < lines.size()) {
            replace(kept);
        }
        return lines.size() - kept.size();
    }

    private static Predicate<String> not(String name) {
        return line -> NOTHING.matcher(line).matches()
                || !line.strip().split("\\s+")[0].equals(name);
    }

    /** In one step, so that a console that reads meanwhile finds either the old or the new. */
    private void replace(List<String> lines) throws IOException {
        Path real = path.toRealPath();
        Path next = Files.createTempFile(real.getParent(), real.getFileName() + ".", ".new", ownersOnly(real));
        try {
            Files.writeString(next, lines.isEmpty() ? "" : String.join("\n", lines) + "\n");
            if (isPosix(real)) {
                Files.setPosixFilePermissions(next, Files.getPosixFilePermissions(real));
            }
            Files.move(next, real, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(next);
        }
    }

    private static FileAttribute<?>[] ownersOnly(Path path) {
        return isPosix(path)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OURS)}
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path path) {
        try {
            Path folder = path.toAbsolutePath().getParent();
            return Files.getFileStore(folder).supportsFileAttributeView("posix");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}

package io.rationale.local.verify.count;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Facts on disk, the events of each note in one of many files, in their order: so that the notes of one file at a time are
 * counted in memory, however many there are. The files go when it is closed. Used by one thread.
 */
final class Spill implements AutoCloseable {
    static final int FILES = 128;
    private static final int BUFFER = 16 * 1024;

    private final Path folder;
    private final List<DataOutputStream> files = new ArrayList<>();

    Spill() {
        try {
            folder = Files.createTempDirectory("rationale-verify");
            for (int i = 0; i < FILES; i++) {
                files.add(new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file(i)), BUFFER)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(int number) {
        return folder.resolve(String.valueOf(number));
    }

    void add(Facts facts) {
        try {
            facts.write(files.get((int) Math.floorMod(facts.note().low(), (long) FILES)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Shows the facts of that file in the order in which they were added. */
    void read(int number, Consumer<Facts> visitor) {
        try {
            files.get(number).flush();
            try (DataInputStream in =
                    new DataInputStream(new BufferedInputStream(Files.newInputStream(file(number)), BUFFER))) {
                while (true) {
                    visitor.accept(Facts.read(in));
                }
            }
        } catch (EOFException e) {
            // All of them.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            for (int i = 0; i < FILES; i++) {
                files.get(i).close();
                Files.deleteIfExists(file(i));
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

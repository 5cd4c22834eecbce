package io.rationale.local.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A directory that is written to. */
final class OutDirectory {
    private OutDirectory() {}

    /**
     * Makes it and tries to write, before anything costs time.
     *
     * @param directory null when none is asked for
     */
    static Optional<Path> of(Path directory) {
        return of(directory, "--out");
    }

    /** The same for another option. */
    static Optional<Path> of(Path directory, String option) {
        if (directory == null) {
            return Optional.empty();
        }
        try {
            Files.createDirectories(directory);
            Files.delete(Files.createTempFile(directory, ".rationale", ".tmp"));
            return Optional.of(directory);
        } catch (IOException e) {
            throw new UsageException("The directory " + directory + " cannot be written ("
                    + e.getClass().getSimpleName().replace("Exception", "") + "). Name another with " + option + ".");
        }
    }
}

package io.rationale.local.erase;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Files that are replaced as a whole: whoever is interrupted leaves either the old one or the new one. */
final class WholeFiles {
    /** Of a file that is not finished. */
    static final String SUFFIX = ".erasing";

    private WholeFiles() {}

    /** Opens the file that is to take the other's place. */
    static FileChannel begin(Path file) throws IOException {
        return FileChannel.open(
                beside(file),
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
    }

    /** Puts it there. */
    static void end(Path file) throws IOException {
        Files.move(beside(file), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Both, with these octets, which are on the disk before the old ones go. */
    static void replace(Path file, byte[] octets) throws IOException {
        try (FileChannel channel = begin(file)) {
            ByteBuffer left = ByteBuffer.wrap(octets);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        }
        end(file);
    }

    /** Deletes a folder with all that is in it, if it is there. */
    static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> walk = Files.walk(folder)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : all) {
            Files.deleteIfExists(each);
        }
    }

    private static Path beside(Path file) {
        return file.resolveSibling(file.getFileName() + SUFFIX);
    }
}

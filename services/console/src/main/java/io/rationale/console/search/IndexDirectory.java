package io.rationale.console.search;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexFileNames;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.LockObtainFailedException;
import org.jboss.logging.Logger;

/**
 * Opens the index's folder whatever state it is in: the index only repeats what the audit holds, so what cannot be used
 * is built anew. Files that are not Lucene's stay untouched.
 */
final class IndexDirectory {
    private static final Logger LOG = Logger.getLogger(IndexDirectory.class);
    private static final Pattern OTHERS = Pattern.compile("segments.*|pending_segments.*");

    private final Path path;

    IndexDirectory(Path path) {
        this.path = path;
    }

    /**
     * @param anew whether what is there is known to be damaged, although it opens
     * @throws IOException when the folder cannot be written, the disk is full, and the like
     */
    OpenIndex open(boolean anew) throws IOException {
        try {
            return open(path, false, anew);
        } catch (LockObtainFailedException e) {
            Path own = Files.createTempDirectory("rationale-search");
            LOG.warnf(
                    "Another process uses the search index, so this one builds its own;"
                            + " set rationale.search.directory to a folder for each; directory=%s own=%s",
                    path, own);
            return open(own, true, false);
        }
    }

    private static OpenIndex open(Path folder, boolean temporary, boolean anew) throws IOException {
        Directory directory = FSDirectory.open(Files.createDirectories(folder));
        try {
            if (anew) {
                clearUnlocked(directory);
            }
            return open(folder, temporary, directory);
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    private static OpenIndex open(Path folder, boolean temporary, Directory directory) throws IOException {
        try {
            if (isOfAnotherFormat(directory)) {
                LOG.infof("The search index is of another version and is built anew; directory=%s", folder);
                clearUnlocked(directory);
            }
            return new OpenIndex(folder, temporary, directory);
        } catch (IOException | IllegalArgumentException e) {
            if (!isDamage(e)) {
                throw e;
            }
            LOG.warnf("The search index is damaged and is built anew; directory=%s fault=%s", folder, e.toString());
            clearUnlocked(directory);
            return new OpenIndex(folder, temporary, directory);
        }
    }

    private static boolean isOfAnotherFormat(Directory directory) throws IOException {
        return DirectoryReader.indexExists(directory)
                && !CommitData.isOfThisFormat(
                        SegmentInfos.readLatestCommit(directory).getUserData());
    }

    /** Whether the files are at fault, and not the machine. */
    private static boolean isDamage(Throwable fault) {
        return isDamageInUse(fault) || fault instanceof IllegalArgumentException;
    }

    /** The same of a fault that came while the index was open. */
    static boolean isDamageInUse(Throwable fault) {
        return fault instanceof CorruptIndexException
                || fault instanceof IndexFormatTooOldException
                || fault instanceof IndexFormatTooNewException
                || fault instanceof EOFException
                || fault instanceof FileNotFoundException
                || fault instanceof NoSuchFileException;
    }

    /** Not while another process has it. */
    private static void clearUnlocked(Directory directory) throws IOException {
        directory.obtainLock("write.lock").close();
        clear(directory);
    }

    /** Deletes Lucene's files. */
    static void clear(Directory directory) throws IOException {
        for (String file : directory.listAll()) {
            if (IndexFileNames.CODEC_FILE_PATTERN.matcher(file).matches()
                    || OTHERS.matcher(file).matches()) {
                directory.deleteFile(file);
            }
        }
    }
}

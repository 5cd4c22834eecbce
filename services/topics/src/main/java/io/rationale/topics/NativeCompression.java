package io.rationale.topics;

import net.jpountz.lz4.LZ4Factory;
import org.jboss.logging.Logger;

/**
 * Has Kafka compress by native code. It would not by itself: the library takes it only where the JVM's own class loader
 * has loaded it, which is not so in these services, or where it is loaded already.
 */
public final class NativeCompression {
    private static final Logger LOG = Logger.getLogger(NativeCompression.class);

    private NativeCompression() {}

    /** Loads it. Where that cannot be, as without a folder for temporary files, Java compresses. */
    public static void load() {
        try {
            LZ4Factory.nativeInstance();
        } catch (LinkageError | RuntimeException | AssertionError e) {
            LOG.debugf("Java compresses: %s", e.toString());
        }
    }
}

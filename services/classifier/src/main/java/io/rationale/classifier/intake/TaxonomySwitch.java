package io.rationale.classifier.intake;

import io.rationale.classifier.classify.BatchClassifier;
import io.rationale.classifier.classify.Dispatcher;
import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.core.taxonomy.TaxonomyVersions;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.jboss.logging.Logger;

/**
 * Has notes judged under the version that is active, whenever the taxonomies topic changes; and by as many levels as the
 * model's context makes necessary, which is known only when a server was asked. Thread safe.
 */
final class TaxonomySwitch {
    private static final Logger LOG = Logger.getLogger(TaxonomySwitch.class);

    private final Taxonomy configured;
    private final Function<Taxonomy, BatchClassifier> classifiers;
    private final IntSupplier contextTokens;
    private final Dispatcher dispatcher;
    private final ReentrantLock changing = new ReentrantLock();
    private volatile Taxonomy current;
    private volatile int context;

    /**
     * @param configured  counts where nothing was ever activated, and at first
     * @param classifiers for the context of now
     */
    TaxonomySwitch(
            Taxonomy configured,
            Function<Taxonomy, BatchClassifier> classifiers,
            IntSupplier contextTokens,
            Dispatcher dispatcher) {
        this.configured = configured;
        this.classifiers = classifiers;
        this.contextTokens = contextTokens;
        this.dispatcher = dispatcher;
        this.current = configured;
        this.context = contextTokens.getAsInt();
    }

    /** The version under which notes that come now are judged. */
    Taxonomy current() {
        return current;
    }

    /** @param published all that the topic holds, by key */
    void changed(Map<String, Taxonomy> published) {
        changing.lock();
        try {
            Taxonomy active = new TaxonomyVersions(configured, published).active();
            if (!active.ref().equals(current.ref()) || !active.saysTheSameAs(current)) {
                LOG.infof("Notes are judged under another taxonomy taxonomy=%s before=%s", active.ref(), current.ref());
                judgeUnder(active);
            }
        } finally {
            changing.unlock();
        }
    }

    /** Cheap while it has not. Never waits: whoever calls may hold what another change waits for. */
    void contextMayHaveChanged() {
        if (contextTokens.getAsInt() != context && changing.tryLock()) {
            try {
                adjust();
            } finally {
                changing.unlock();
            }
        }
    }

    private void adjust() {
        int now = contextTokens.getAsInt();
        if (now != context) {
            context = now;
            BatchClassifier adjusted = classifiers.apply(current);
            if (adjusted.hasLevels() != dispatcher.current().hasLevels()) {
                LOG.infof(
                        "Notes are judged %s under taxonomy=%s, for the model's context has tokens=%d",
                        adjusted.hasLevels() ? "level by level" : "at once", current.ref(), now);
                dispatcher.judgeBy(adjusted);
            }
        }
    }

    private void judgeUnder(Taxonomy taxonomy) {
        context = contextTokens.getAsInt();
        dispatcher.judgeBy(classifiers.apply(taxonomy));
        current = taxonomy;
    }
}

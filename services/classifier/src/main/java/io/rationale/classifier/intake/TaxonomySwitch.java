package io.rationale.classifier.intake;

import io.rationale.classifier.classify.BatchClassifier;
import io.rationale.classifier.classify.Dispatcher;
import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.core.taxonomy.TaxonomyVersions;
import java.util.Map;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Has notes judged under the version that is active, whenever the taxonomies topic changes. */
final class TaxonomySwitch {
    private static final Logger LOG = Logger.getLogger(TaxonomySwitch.class);

    private final Taxonomy configured;
    private final Function<Taxonomy, BatchClassifier> classifiers;
    private final Dispatcher dispatcher;

    /** @param configured counts where nothing was ever activated */
    TaxonomySwitch(Taxonomy configured, Function<Taxonomy, BatchClassifier> classifiers, Dispatcher dispatcher) {
        this.configured = configured;
        this.classifiers = classifiers;
        this.dispatcher = dispatcher;
    }

    /** Called by one thread at a time. @param published all that the topic holds, by key */
    void changed(Map<String, Taxonomy> published) {
        Taxonomy active = new TaxonomyVersions(configured, published).active();
        Taxonomy current = dispatcher.current().taxonomy();
        if (!active.ref().equals(current.ref()) || !active.saysTheSameAs(current)) {
            dispatcher.judgeBy(classifiers.apply(active));
            LOG.infof("Notes are judged under another taxonomy taxonomy=%s before=%s", active.ref(), current.ref());
        }
    }
}

package io.rationale.it;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** The tests are skipped, with a line that says why, where Docker does not answer or these images are missing. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ImagesPresent.class)
@interface NeedsImages {
    /** The services whose images are needed. */
    String[] value();

    /** Whether a Kafka image is, too. */
    boolean kafka() default false;
}

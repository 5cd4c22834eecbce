package io.rationale.it;

import com.github.dockerjava.api.exception.NotFoundException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.DockerClientFactory;

/** Looks whether Docker answers and has the images; pulls nothing. */
final class ImagesPresent implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        NeedsImages needs = context.getElement()
                .map(element -> element.getAnnotation(NeedsImages.class))
                .orElse(null);
        if (needs == null) {
            return ConditionEvaluationResult.enabled("a test of a class that runs");
        }
        String name = context.getRequiredTestClass().getSimpleName();
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            return skipped(name, "Docker does not answer");
        }
        List<String> missing = Stream.concat(
                        Arrays.stream(needs.value()).map(Deployment::image),
                        needs.kafka() ? Stream.of(Deployment.kafkaImage()) : Stream.of())
                .filter(image -> !isPresent(image))
                .toList();
        return missing.isEmpty()
                ? ConditionEvaluationResult.enabled("Docker has the images")
                : skipped(
                        name, "there is no image " + String.join(", ", missing) + " (./rationale images builds them)");
    }

    static boolean isPresent(String image) {
        try {
            DockerClientFactory.instance().client().inspectImageCmd(image).exec();
            return true;
        } catch (NotFoundException e) {
            return false;
        }
    }

    private static ConditionEvaluationResult skipped(String name, String why) {
        System.err.println("[WARNING] " + name + " is SKIPPED: " + why + ".");
        return ConditionEvaluationResult.disabled(why);
    }
}

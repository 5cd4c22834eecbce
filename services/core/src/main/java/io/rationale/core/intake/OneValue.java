package io.rationale.core.intake;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import io.rationale.core.json.Json;

/** JSON of exactly one value: what follows it is a fault rather than lost without a word. */
final class OneValue {
    static final ObjectReader READER = Json.mapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private OneValue() {}
}

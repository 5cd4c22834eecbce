package io.rationale.core.taxonomy;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * One category.
 *
 * @param id         stable name in events: lower-case letters, digits and hyphens
 * @param parent     id of the category above it in the tree, or null at the top
 * @param name       for people
 * @param definition what belongs here
 * @param notThis    what does not, and where it belongs instead, or null
 * @param examples   two or three quotes as people write them
 * @param remedy     what to do about it, or null
 * @param colour     {@code #rrggbb}, or null for one chosen by the page
 */
public record Category(
        String id,
        String parent,
        String name,
        String definition,
        @JsonProperty("notThis") String notThis,
        List<String> examples,
        String remedy,
        String colour) {
    public Category {
        name = name == null ? id : name;
        examples = examples == null ? List.of() : List.copyOf(examples);
    }
}

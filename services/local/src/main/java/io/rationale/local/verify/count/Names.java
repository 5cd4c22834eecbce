package io.rationale.local.verify.count;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers in place of names that come again and again: labels, sources, models. Used by one thread. */
public final class Names {
    /** In place of no name. */
    public static final int NONE = -1;

    private final Map<Object, Integer> numbers = new HashMap<>();
    private final List<Object> names = new ArrayList<>();

    /** The number of a name; {@link #NONE} for null. */
    public int of(Object name) {
        if (name == null) {
            return NONE;
        }
        return numbers.computeIfAbsent(name, any -> {
            names.add(name);
            return names.size() - 1;
        });
    }

    /** The name of a number; null for {@link #NONE}. */
    public Object name(int number) {
        return number == NONE ? null : names.get(number);
    }
}
